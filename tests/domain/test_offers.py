"""Only filters that narrow are offered, and the ones that the page suggests."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.article import Article, Published
from bot.domain.offers import offered_topics, offers_recent
from bot.domain.query import Carries
from bot.domain.topic import Topic, TopicKind, author, label, section

NOW = datetime(2026, 3, 4, tzinfo=UTC)
TRADE = section("Trade", description="What crosses the border")
NEWS, PORTS = section("News"), section("Ports")
ADA, BEOM = author("Ada Lindqvist"), author("Beom O'Neill")


def articles(*carried: tuple[Topic, ...], days: float = 0) -> list[Article]:
    return [
        Article(
            id=number,
            url=f"https://www.example.org/{number}",
            headline="Crane",
            dek="",
            topics=topics,
            published=Published(at=NOW - timedelta(days=days)),
            seen_at=NOW,
        )
        for number, topics in enumerate(carried)
    ]


@pytest.mark.parametrize(
    ("carried", "more", "offered"),
    [
        # the most frequent of each kind; labels are not offered
        ([(PORTS, ADA), (NEWS, BEOM), (NEWS, ADA), (label("PRO"),)], False, [NEWS, ADA]),
        # of equals the first
        ([(PORTS, BEOM), (NEWS, ADA)], False, [PORTS, BEOM]),
        # of equals the one that is described
        ([(PORTS,), (TRADE,)], False, [TRADE]),
        # what all carry narrows nothing, unless more may come
        ([(PORTS, ADA), (PORTS, BEOM)], False, [ADA]),
        ([(PORTS, ADA), (PORTS, BEOM)], True, [PORTS, ADA]),
        ([()], True, []),
        ([], False, []),
    ],
)
def test_the_section_and_the_author_of_most_articles_are_offered(
    carried: list[tuple[Topic, ...]], *, more: bool, offered: list[Topic]
) -> None:
    assert offered_topics(articles(*carried), [], more=more) == offered


def test_what_is_asked_for_already_gives_way_to_the_next() -> None:
    found = articles((PORTS, ADA), (PORTS, NEWS, BEOM))
    active = [Carries(TopicKind.SECTION, "ports"), Carries(TopicKind.AUTHOR, "ada-lindqvist")]

    assert offered_topics(found, active, more=True) == [NEWS, BEOM]


@pytest.mark.parametrize(
    ("days", "more", "offered"),
    [
        ([1, 40], False, True),
        ([1, 2], True, True),  # older ones may come
        ([1, 2], False, False),  # it would take nothing away
        ([40, 50], True, False),  # it would leave nothing
        ([], False, False),
    ],
)
def test_the_last_days_are_offered_where_they_narrow(
    days: list[float], *, more: bool, offered: bool
) -> None:
    found = [one for age in days for one in articles((), days=age)]

    assert offers_recent(found, NOW - timedelta(days=30), more=more) is offered
