"""The planner in SQL and the pure rules of timing agree on when and how a delivery comes."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.editions_parser import stored_editions
from bot.domain.quiet_parser import stored_quiet
from bot.domain.timing import Timing, when
from bot.domain.topic import Topic
from bot.domain.turns import turn
from bot.domain.urgency import Urgency, strongest
from bot.services.ports import Records
from bot.services.records import Dispatchable
from tests.aids.archive import claim, publish, subscribe, topic_number
from tests.aids.articles import ADA, ECONOMY, PRO, teaser
from tests.aids.examples import examples
from tests.aids.lab import Lab

EDITIONS = ["", "weekdays 08:00 18:00", "mon 09:00", "hourly", "daily 02:30"]
QUIET = ["", "22:00-07:00", "weekends", "mon-fri 12:00-13:00", "22:00-07:00; weekends"]
ZONES: list[tzinfo] = [UTC, ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York")]
FOREVER = timedelta(days=40)

urgencies = st.dictionaries(
    st.sampled_from([ECONOMY, PRO, ADA]), st.none() | st.sampled_from(Urgency), min_size=1
)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    editions=st.sampled_from(EDITIONS),
    quiet=st.sampled_from(QUIET),
    zone=st.sampled_from(ZONES),
    follows=urgencies,
    now=st.datetimes(
        datetime(2024, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
        datetime(2027, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
)
def test_planner_and_rules_agree_on_any_timing(
    lab: Lab,
    editions: str,
    quiet: str,
    zone: tzinfo,
    follows: dict[Topic, Urgency | None],
    now: datetime,
) -> None:
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    timing = Timing(zone=zone, quiet=stored_quiet(quiet), editions=stored_editions(editions))
    expected = when(strongest(follows.values(), timing.usual), timing, now)

    async def plan(records: Records) -> tuple[datetime | None, list[Dispatchable]]:
        one = await subscribe(records, 1, now, follows=list(follows))
        for topic, urgency in follows.items():
            number = await topic_number(records, topic)
            assert await records.timings.set_urgency(one.id, number, urgency)
        await records.timings.choose(
            one.id, editions=editions or None, quiet=quiet or None, timezone=None
        )
        await records.timings.turn([(one.id, turn(timing, now))])
        await publish(records, teaser(labels=[PRO], published=now), now)
        due_at = await records.outbox.next_due()
        return due_at, await claim(records, now + FOREVER)

    due_at, (planned,) = lab.find(plan)

    assert due_at == expected.at
    assert (planned.lot, planned.silent) == (expected.lot, expected.silent)
