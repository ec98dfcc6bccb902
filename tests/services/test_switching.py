"""Sources switched off and on: what reads them, and what is told of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.article import Teaser
from bot.domain.backoff import readable_at
from bot.domain.condition import Condition
from bot.services.records import SourceRecord
from bot.services.source_control import SourceControl, SourceView
from bot.services.watch import Watch
from bot.storage.database import Database
from tests.aids.articles import ECONOMY, teaser
from tests.aids.messenger import FakeMessenger
from tests.aids.newsdesk import NewsDesk
from tests.aids.rounds import FakeRounds
from tests.aids.telling import administrators

ADA = 41


@pytest.fixture
async def desk(store: Database) -> NewsDesk:
    made = NewsDesk(store)
    await made.open(ECONOMY)
    made.clock.pass_time(minutes=1)
    return made


@pytest.fixture
def control(desk: NewsDesk) -> SourceControl:
    rounds = FakeRounds(desk.clock)
    feed = desk.feed
    return SourceControl(desk.store, desk.clock, [(feed.url, feed.kind)], lambda: rounds)


async def view(control: SourceControl) -> SourceView:
    (one,) = await control.every()
    return one


async def switch(control: SourceControl, *, on: bool) -> bool:
    return await control.switch(await view(control), on=on, by=ADA)


async def record(desk: NewsDesk) -> SourceRecord:
    async with desk.store.reading() as records:
        found = await records.sources.find(desk.feed.url, desk.feed.kind)
    assert found
    return found


async def alerted(desk: NewsDesk, *told: Teaser) -> int:
    """Have the feed show these articles; return how many alerts came of them."""
    before = len(desk.messenger.chats())
    desk.clock.pass_time(minutes=5)
    await desk.shows(*told)
    return len(desk.messenger.chats()) - before


def fresh(desk: NewsDesk, slug: str) -> Teaser:
    return teaser(slug, sections=[ECONOMY], published=desk.clock())


async def test_what_is_switched_off_is_read_by_nobody(
    desk: NewsDesk, control: SourceControl
) -> None:
    asked = len(desk.feed.asked)
    await switch(control, on=False)

    planned = await desk.poller.poll(desk.feed)
    by_hand = await desk.poller.poll_now(desk.feed)

    assert planned is None
    assert (by_hand.outcome, by_hand.fault) == ("switched off", "")
    assert len(desk.feed.asked) == asked
    assert ((await view(control)).condition, (await view(control)).next_reading) == (
        Condition.OFF,
        None,
    )


async def test_switched_on_it_alerts_what_is_not_too_old(
    desk: NewsDesk, control: SourceControl
) -> None:
    await switch(control, on=False)
    old = fresh(desk, "old")
    desk.clock.pass_time(hours=25)
    young = fresh(desk, "young")
    await switch(control, on=True)

    assert await alerted(desk, old, young) == 1
    async with desk.store.reading() as records:
        assert await records.articles.count() == 2


async def test_switching_twice_changes_and_logs_it_once(
    desk: NewsDesk, control: SourceControl
) -> None:
    with capture_logs() as logs:
        changed = [await switch(control, on=on) for on in (False, False, True, True)]

    assert changed == [True, False, True, False]
    assert [log["event"] for log in logs] == ["source_switched_off", "source_switched_on"]


async def test_switched_on_a_failing_source_is_due_at_once_unless_its_server_asked_for_patience(
    desk: NewsDesk, control: SourceControl
) -> None:
    for _ in range(9):
        desk.feed.fails("http-500")
        await desk.poller.poll_now(desk.feed)
    assert (await record(desk)).due_at == desk.clock() + timedelta(hours=6)
    await switch(control, on=False)
    await switch(control, on=True)
    assert (await record(desk)).due_at is None

    desk.feed.fails("http-429", retry_after=7_200)
    await desk.poller.poll_now(desk.feed)
    await switch(control, on=False)
    await switch(control, on=True)

    wished = desk.clock() + timedelta(hours=2)
    assert ((await record(desk)).due_at, (await record(desk)).retry_at) == (wished, wished)
    desk.clock.pass_time(hours=2)
    assert await alerted(desk, fresh(desk, "back")) == 1
    assert (await record(desk)).retry_at is None


async def test_nobody_is_told_of_a_source_that_is_off_and_its_hour_begins_anew_when_it_is_on(
    desk: NewsDesk, control: SourceControl
) -> None:
    messenger = FakeMessenger()
    watch = Watch(
        desk.store,
        administrators(desk.store, messenger, [ADA]),
        desk.clock,
        [(desk.feed.url, desk.feed.kind)],
    )
    desk.feed.fails("http-500")
    await desk.poller.poll_now(desk.feed)
    await switch(control, on=False)
    told = [await after(desk, watch, messenger, hours=3)]
    await switch(control, on=True)
    told.append(await after(desk, watch, messenger, minutes=59))
    told.append(await after(desk, watch, messenger, minutes=1))
    desk.feed.says_nothing_new()
    await switch(control, on=False)
    told.append(await after(desk, watch, messenger, hours=3))
    await switch(control, on=True)
    await desk.poller.poll_now(desk.feed)
    told.append(await after(desk, watch, messenger, minutes=1))

    assert told == [[], [], ["<b>A source has failed for an hour</b>"], [], [BACK]]


BACK = "<b>The source is back</b>"


async def after(
    desk: NewsDesk, watch: Watch, messenger: FakeMessenger, **length: float
) -> Sequence[str]:
    """Return the first lines of what is told by then."""
    desk.clock.pass_time(**length)
    before = len(messenger.told)
    await watch.turn()
    return [letter.html.splitlines()[0] for _, letter in messenger.told[before:]]


NOW = datetime.fromisoformat("2026-03-04T12:00:00+09:00")


def seconds(number: float) -> datetime:
    return NOW + timedelta(seconds=number)


@pytest.mark.parametrize(
    ("begun", "wished", "allowed"),
    [
        (None, None, None),
        (seconds(-29), None, seconds(1)),
        (seconds(-30), None, None),
        (None, seconds(60), seconds(60)),
        (seconds(-1), seconds(5), seconds(29)),
        (seconds(-1), seconds(-1), seconds(29)),
        (seconds(40), None, None),  # the clock was put back
    ],
)
def test_when_a_source_may_be_read_on_request(
    begun: datetime | None, wished: datetime | None, allowed: datetime | None
) -> None:
    assert readable_at(NOW, begun, wished) == allowed
