"""Every answer and every failing connection, on every kind of call: `tests.aids.faults.table`.

All rows run in one program. Its time-outs and pauses are shortened, since each row that needs one
would cost 20 to 60 s; that they are what they should be is asserted where they are measured without
waiting (test_messenger, test_lane, test_poller, test_delivery).
"""

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from shutil import copy
from typing import Final

import pytest
import pytest_asyncio

from bot.telegram.timeouts import Timeouts
from tests.aids.faults.audience import Audience
from tests.aids.faults.catalogue import Family
from tests.aids.faults.drivers import DRIVERS
from tests.aids.faults.log import Log
from tests.aids.faults.row import Call, Happened, Row
from tests.aids.faults.table import TABLE
from tests.aids.play import Play, open_play
from tests.e2e.conftest import LIBRARIES

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

#: Long enough for a machine that is busy, short enough to be waited for.
_TIMEOUT: Final = 1.0


def _hurry(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("bot.telegram.lane.CHAT_INTERVAL", 0.01)
    patch.setattr("bot.telegram.outage.LONGEST_PAUSE", 0.05)
    patch.setattr("bot.telegram.messenger._READ_SECONDS", _TIMEOUT)
    patch.setattr("bot.telegram.request.Timeouts", partial(Timeouts, read=_TIMEOUT))
    patch.setattr("bot.telegram.application._POLLING_GRACE", _TIMEOUT)
    patch.setattr("bot.telegram.poller._POLL", timedelta(seconds=1))
    patch.setattr("bot.telegram.poller._CONFLICT_PAUSE", 0.05)
    patch.setattr("bot.domain.delivery._LONGEST_PAUSE", timedelta(seconds=0.05))
    patch.setattr("bot.services.editing._NAP", 0.05)
    patch.setattr("bot.app.schedule._CALENDAR_INTERVAL", timedelta(seconds=0.3))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def play(
    tmp_path_factory: pytest.TempPathFactory, migrated_file: Path
) -> AsyncIterator[Play]:
    """The one program in which all rows are played."""
    path = Path(copy(migrated_file, tmp_path_factory.mktemp("faults") / "dekbot.db"))
    with pytest.MonkeyPatch.context() as patch:
        _hurry(patch)
        async with open_play(path) as play:
            yield play


@pytest_asyncio.fixture(loop_scope="module")
async def audience(play: Play) -> AsyncIterator[Audience]:
    audience = Audience(play)
    yield audience
    play.server.faults.clear()
    await audience.leave()


@pytest.fixture(autouse=True)
def quiet_libraries(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No library that the bot stands on logs an error."""
    yield
    errors = [one for one in caplog.get_records("call") if one.levelno >= logging.ERROR]
    assert [one.getMessage() for one in errors if one.name.startswith(LIBRARIES)] == []


@pytest.mark.parametrize(
    ("call", "family", "row"),
    [
        pytest.param(call, family, row, id=f"{call.value}, {family.name.lower()}")
        for (call, family), row in TABLE.items()
    ],
)
async def test_what_must_happen_happens(
    play: Play, audience: Audience, call: Call, family: Family, row: Row
) -> None:
    log = Log(play)

    played = await DRIVERS[call](play, audience, family)

    expected = [(fault.name, _copied(row, once_more=fault.taken)) for fault, _ in played]
    assert [(fault.name, happened) for fault, happened in played] == expected, row.because
    secret = play.server.token.partition(":")[2]
    told = [str(one) for one in log.events]
    assert [line for line in told if secret in line or "Traceback" in line] == []
    assert [one for one in log.events if "exc_info" in one] == []


def _copied(row: Row, *, once_more: bool) -> Happened:
    copies = row.happens.copies + (row.once_more and once_more)
    return replace(row.happens, copies=copies)
