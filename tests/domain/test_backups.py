from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.backups import backup_name, is_due, moment_of, newest_of, superfluous

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the zone follows


def names(*days: int) -> list[str]:
    return [backup_name("dekbot", datetime(2026, 3, day, tzinfo=UTC)) for day in days]


@given(moment=moments)
def test_a_name_tells_the_second_and_names_sort_by_time(moment: datetime) -> None:
    name = backup_name("dekbot", moment)

    assert moment_of(name, "dekbot") == moment.replace(microsecond=0)
    assert name < backup_name("dekbot", moment + timedelta(seconds=1))


def test_only_names_of_our_own_are_read() -> None:
    for name in (
        "dekbot.db",
        "dekbot-20260304.db",
        "dekbot-20260399T000000Z.db",
        "dekbot-20260304T050607Z.db-journal",
        "other-20260304T050607Z.db",
        "my-dekbot-20260304T050607Z.db",
        ".dekbot-20260304T050607Z.db.partial",
    ):
        assert moment_of(name, "dekbot") is None


def test_a_backup_is_due_an_interval_after_the_newest_and_a_restart_makes_none(
    now: datetime,
) -> None:
    assert is_due(None, None, now, DAY)
    assert not is_due(now - DAY + HOUR, None, now, DAY)
    assert is_due(now - DAY, None, now, DAY)


def test_a_failure_is_tried_again_within_the_hour_or_sooner_where_backups_are_more_often(
    now: datetime,
) -> None:
    assert not is_due(None, now - HOUR / 2, now, DAY)
    assert is_due(None, now - HOUR, now, DAY)
    assert is_due(None, now - timedelta(minutes=5), now, timedelta(minutes=5))


def test_a_backup_of_the_future_delays_nothing(now: datetime) -> None:
    """The clock was ahead when it was made."""
    assert newest_of([now + DAY, now - DAY], now) == now - DAY
    assert newest_of([now + DAY], now) is None


def test_all_but_the_newest_go_and_nothing_of_another_name() -> None:
    there = [*names(1, 2, 3, 4), "dekbot.db", "holiday.jpg", *names()]

    assert superfluous(there, "dekbot", 2, names(4)[0]) == names(1, 2)
    assert superfluous(there, "dekbot", 9, names(4)[0]) == []


@given(days=st.sets(st.integers(1, 28), min_size=1), keep=st.integers(1, 5), data=st.data())
def test_the_one_just_made_stays_whatever_lies_there(
    days: set[int], keep: int, data: st.DataObject
) -> None:
    made = data.draw(st.sampled_from(sorted(days)))

    gone = superfluous(names(*days), "dekbot", keep, names(made)[0])

    left = set(names(*days)) - set(gone)
    assert names(made)[0] in left
    assert all(name < names(made)[0] for name in gone)
    assert len([name for name in left if name <= names(made)[0]]) == min(
        keep, len([day for day in days if day <= made])
    )
