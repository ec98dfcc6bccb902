"""Every row of the table of source faults, in one program that reads them all."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, Final

import pytest

from bot.app import check
from bot.services.reports import Finding, Verdict
from bot.sources.fetch import Fetcher
from tests.aids.clock import FakeClock
from tests.aids.ill_site import CERTIFICATES, Illness, IllSite, headline
from tests.aids.play import OpenPlay, Play
from tests.aids.source_faults import ILLNESSES, expected
from tests.aids.waiting import until

pytestmark = pytest.mark.e2e

A_DAY: Final = timedelta(days=1)
#: Fifty sources are read as often.
POLL: Final = timedelta(seconds=1)
PATIENCE: Final = 60.0
#: For the resolver only: this machine's name stands for a host of the public net.
PUBLIC: Final = {"localhost": ["93.184.216.34"]}


async def resolve(host: str) -> Sequence[str]:
    return PUBLIC.get(host, [host])


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers have two seconds, sources are begun at once, and the tests' authority is trusted."""
    hurried = partial(
        Fetcher,
        timeout=timedelta(seconds=3),
        stall=timedelta(seconds=2),
        resolver=resolve,
    )
    monkeypatch.setattr("bot.app.parts.Fetcher", hurried)
    monkeypatch.setattr("bot.sources.pacing._LEAST", timedelta(0))
    trusting = ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusting)


@asynccontextmanager
async def flowing(clock: FakeClock) -> AsyncIterator[None]:
    """Have time pass, a hundred times as fast as it does."""

    async def flow() -> None:
        while True:
            clock.pass_time(seconds=1)
            await asyncio.sleep(0.01)

    flow_of_time = asyncio.create_task(flow())
    yield
    flow_of_time.cancel()


class Ward:
    """The program, its sources, and what was told of each."""

    def __init__(self, play: Play, site: IllSite) -> None:
        self.play = play
        self.site = site
        #: The headlines owed, and how long the log was when they were looked up.
        self._owed: list[str] = []
        self._looked_at = 0

    def events(self, row: Illness, name: str) -> list[Any]:
        source = self.site.source(row)
        return [one for one in self.play.events(name) if one["source"] == source]

    def alerted(self, row: Illness) -> list[str]:
        """Return the headlines that this source's readers are owed."""
        if len(self.play.logs) != self._looked_at:
            self._looked_at = len(self.play.logs)
            self._owed = [one.headline for one in self.play.owed()]
        return [one for one in self._owed if one.startswith(f"{row.id} tells ")]

    def is_ill(self, row: Illness) -> bool:
        """Return whether all has come that must come while the source is ill."""
        wanted = {headline(self.site.folder(row), slug) for slug in row.told}
        if not wanted <= set(self.alerted(row)):
            return False
        if row.code:
            return bool(self.events(row, "source_failed"))
        return bool(wanted or self.events(row, "source_unchanged"))

    def fails_again(self, row: Illness) -> bool:
        """Return whether it was tried again, unless its server asked for more patience."""
        failed = len(self.events(row, "source_failed"))
        return not row.code or failed > (0 if row.patience else 1)

    def is_mended(self, row: Illness) -> bool:
        return set(self.alerted(row)) >= expected(row, self.site.folder(row))

    async def until_all(self, done: Callable[[Illness], bool]) -> list[str]:
        """Return the rows for which it does not come true."""
        try:
            await until(lambda: all(map(done, ILLNESSES)), seconds=PATIENCE)
        except TimeoutError:
            return [row.id for row in ILLNESSES if not done(row)]
        return []


def test_the_table_names_each_row_once() -> None:
    assert max(Counter(row.id for row in ILLNESSES).values()) == 1


async def test_every_fault_is_named_waited_out_and_recovered_from(
    opened: OpenPlay, in_a_hurry: None
) -> None:
    clock = FakeClock(datetime.now(UTC))
    async with (
        IllSite(ILLNESSES) as site,
        opened(
            profile=lambda _: site.profile(), clock=clock, max_alert_age=A_DAY, poll_interval=POLL
        ) as play,
    ):
        ward = Ward(play, site)
        reader = await play.subscriber("Everything")
        site.turn_to("ill")
        found, late = await asyncio.gather(check(play.settings), ward.until_all(ward.is_ill))
        assert late == []
        clock.pass_time(minutes=5)
        assert await ward.until_all(ward.fails_again) == []
        site.turn_to("mended")
        clock.pass_time(hours=7)
        assert await ward.until_all(ward.is_mended) == []
        async with flowing(clock):  # what comes in a burst is bundled a minute later
            await play.settled(sum(len(row.told) + 1 for row in ILLNESSES))
        texts = "\n".join(message.text for message in reader.messages)

    wrong = {row.id: faults for row in ILLNESSES if (faults := _wrong(ward, row, found, texts))}
    assert wrong == {}
    assert [path for path in site.asked if path.endswith(("/entity", "/inside"))] == []


def _wrong(ward: Ward, row: Illness, found: Sequence[Finding], texts: str) -> list[str]:
    """Return what is not as the table says."""
    failed = ward.events(row, "source_failed")
    notes = [note for one in ward.events(row, "source_read") for note in one["notes"]]
    should = expected(row, ward.site.folder(row))
    (finding,) = [one for one in found if one.subject == ward.site.source(row)]
    faults = {
        "the log names another fault": {one["kind"] for one in failed}
        != ({row.code} if row.code else set()),
        "the fault has no sentence": not all(one["fault"] for one in failed),
        "it is no warning": any(one["log_level"] != "warning" for one in failed),
        "the note is missing": not any(row.note in note for note in notes or [""]),
        f"check says {finding.text}": not _is_found(finding, row),
        "the alerts are others": sorted(ward.alerted(row)) != sorted(should),
        "an alert came twice or never": any(texts.count(one) != 1 for one in should),
        "the back-off is wrong": not _backs_off(failed, row.patience),
    }
    return [fault for fault, is_so in faults.items() if is_so]


def _is_found(finding: Finding, row: Illness) -> bool:
    if row.check is None:
        return finding.verdict is Verdict.OK
    return finding.verdict is not Verdict.OK and finding.text.startswith(row.check)


def _backs_off(failed: Sequence[Any], patience: float) -> bool:
    """Return whether each reading kept to the time told before, and told one twice as far off."""
    told = [datetime.fromisoformat(one["next_reading"]) for one in failed]
    waits = [max(POLL * 2**number, timedelta(seconds=patience)) for number in range(len(told))]
    steps = [later - earlier for earlier, later in pairwise(told)]
    in_a_row = [one["failures"] for one in failed] == list(range(1, len(failed) + 1))
    return in_a_row and all(step >= wait for step, wait in zip(steps, waits[1:], strict=True))
