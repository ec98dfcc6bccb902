"""Results that are committed together."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.services.committing import Commits
from bot.services.ports import Records
from bot.storage.database import Database


class Ledger:
    """Notes which results were written together; refuses those that say so."""

    def __init__(self) -> None:
        self.written: list[list[str]] = []

    async def write(self, _records: Records, results: Sequence[str]) -> None:
        if "refuse" in results:
            raise RuntimeError("nobody foresaw this")
        self.written.append(list(results))


async def test_results_that_come_during_a_transaction_share_the_next_one(store: Database) -> None:
    ledger = Ledger()
    commits = Commits(store, ledger.write)
    first = asyncio.create_task(commits.commit("first"))
    await first
    await asyncio.gather(*(commits.commit(f"{number}") for number in range(20)))

    assert ledger.written == [["first"], [f"{number}" for number in range(20)]]


async def test_a_fault_that_nobody_foresaw_is_told_to_everyone_in_the_batch(
    store: Database,
) -> None:
    """Nobody waits for ever, and what comes behind is written."""
    ledger = Ledger()
    commits = Commits(store, ledger.write)
    results = await asyncio.gather(
        *(commits.commit(one) for one in ("a", "refuse", "b")), return_exceptions=True
    )
    await commits.commit("later")

    assert [type(one) for one in results] == [RuntimeError] * 3
    assert ledger.written == [["later"]]


async def test_who_is_cancelled_while_it_waits_takes_nothing_from_the_others(
    store: Database,
) -> None:
    ledger = Ledger()
    commits = Commits(store, ledger.write)
    impatient = asyncio.create_task(commits.commit("impatient"))
    patient = asyncio.create_task(commits.commit("patient"))
    await asyncio.sleep(0)
    impatient.cancel()
    await patient
    with pytest.raises(asyncio.CancelledError):
        await impatient

    assert ledger.written == [["impatient", "patient"]]
