"""The oracle of `make chaos` finds what it is there to find."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from bot.demo.botapi.messages import Message
from bot.demo.newsroom import SiteArticle
from bot.demo.newsroom.article import SECTIONS
from chaos.audience import Wishes
from chaos.oracle import Pair, Run, Verdict, judge, owed_pairs
from chaos.witness import Arrival

SITE: Final = "http://site.example"
CRANES: Final = SiteArticle(
    headline="Cranes idle",
    dek="Three ports report fewer ships",
    sections=SECTIONS[:1],
    authors=("Ida Holm",),
    published=datetime(2026, 3, 4, tzinfo=UTC),
)
PATH: Final = CRANES.path


def message(headline: str, chat_id: int = 1, path: str = PATH) -> Message:
    """Return an alert as it stands in the chat."""
    link = {"type": "text_link", "offset": 0, "length": len(headline), "url": SITE + path}
    sender: dict[str, Any] = {}
    return Message(
        id=1, chat={"id": chat_id}, date=0, sender=sender, text=headline, entities=[link]
    )


def arrival(
    headline: str = "Cranes idle", *, life: int = 1, by_now: str | None = None, chat_id: int = 1
) -> Arrival:
    """Return an alert that showed the headline as it came, and shows another one by now."""
    standing = message(headline if by_now is None else by_now, chat_id)
    return Arrival(life=life, at=0.0, message=standing, shown={PATH: headline})


def verdict(
    *arrivals: Arrival,
    headline: str = "Cranes idle",
    owed: frozenset[Pair] = frozenset({(1, PATH)}),
    unsettled: Mapping[int, frozenset[Pair]] | None = None,
) -> Verdict:
    article = replace(CRANES, headline=headline, slug=CRANES.slug)
    return judge(
        Run(
            owed=owed,
            articles={PATH: article},
            arrivals=arrivals,
            unsettled=unsettled or {},
            address=SITE,
        )
    )


GHOST: Final = {1: frozenset({(1, PATH)})}


def test_what_came_once_and_is_right_is_fine() -> None:
    assert verdict(arrival()) == Verdict()


def test_what_never_came_is_lost() -> None:
    assert verdict().lost == [(1, PATH)]


def test_what_was_not_owed_is_a_stranger() -> None:
    assert verdict(arrival(), arrival(chat_id=2)).strangers == [(2, PATH)]


def test_what_comes_twice_though_it_was_settled_is_doubled() -> None:
    found = verdict(arrival(), arrival(life=2))

    assert (found.doubled, found.repeated.total()) == ([(1, PATH)], 0)
    assert found.stories[1, PATH].count("'Cranes idle', now 'Cranes idle'") == 2


def test_what_comes_twice_because_its_sender_was_killed_is_repeated_by_that_one() -> None:
    found = verdict(arrival(), arrival(life=2), unsettled=GHOST)

    assert (found.doubled, dict(found.repeated)) == ([], {1: 1})


def test_what_comes_twice_because_no_answer_came_is_told_apart() -> None:
    pair = (1, PATH)
    run = Run(
        owed=frozenset({pair}),
        articles={PATH: CRANES},
        arrivals=[arrival(), arrival()],
        unsettled={},
        unanswered=frozenset({pair}),
        address=SITE,
    )

    found = judge(run)

    assert (found.unanswered, found.doubled) == ([pair], [])


def test_a_ghost_is_the_last_message_of_its_sender_only() -> None:
    assert verdict(arrival(), arrival(), unsettled=GHOST).doubled == [(1, PATH)]


def test_what_does_not_show_the_correction_is_outdated_unless_it_is_a_ghost() -> None:
    stale, right = arrival(), arrival("Cranes busy", life=2)

    assert verdict(stale, headline="Cranes busy").outdated == [(1, PATH)]
    assert verdict(arrival(by_now="Cranes busy"), headline="Cranes busy") == Verdict()
    assert verdict(stale, right, headline="Cranes busy", unsettled=GHOST).outdated == []


def test_a_retraction_comes_once_more_and_what_came_before_shows_it_too() -> None:
    retracted = "Retraction: Cranes idle"
    edited, second = arrival(by_now=retracted), arrival(retracted, life=2)

    assert verdict(edited, second, headline=retracted) == Verdict()
    assert verdict(edited, headline=retracted).unretracted == [(1, PATH)]
    assert verdict(arrival(), second, headline=retracted).outdated == [(1, PATH)]
    assert verdict(edited, second, second, headline=retracted).doubled == [(1, PATH)]
    assert verdict(second, headline=retracted) == Verdict()


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"follows": SECTIONS[:1]}, True),
        ({"follows": SECTIONS[1:2]}, False),
        ({"searches": ("ports ship",)}, True),
        ({"searches": ("ferries",)}, False),
        ({"searches": ("ports",), "mutes": SECTIONS[:1]}, False),
        ({"searches": ('author:"Ida Holm"',)}, True),
    ],
)
def test_owed_is_what_follows_and_searches_bring_and_no_mute_keeps_away(
    changes: dict[str, Any], wanted: bool
) -> None:
    wishes = Wishes(
        chat_id=1,
        follows=(),
        mutes=(),
        searches=(),
        urgency=None,
        timezone="UTC",
        editions=None,
        quiet=None,
    )

    owed = owed_pairs([replace(wishes, **changes)], [CRANES])

    assert owed == ({(1, PATH)} if wanted else set())
