"""Which sources an announced article is looked for in."""

import pytest

from bot.domain.announcement import PAUSES, reading_order

FEED, SECOND_FEED = ("https://a.example/feed/", "feed"), ("https://a.example/pro/feed/", "feed")
POSTS, PAGE = ("https://a.example/", "wordpress"), ("https://a.example/tag/b/", "page")


@pytest.mark.parametrize(
    ("sources", "first", "last"),
    [
        pytest.param([PAGE, POSTS, FEED], [FEED, POSTS], [FEED, POSTS, PAGE], id="feeds first"),
        pytest.param(
            [SECOND_FEED, FEED], [SECOND_FEED, FEED], [SECOND_FEED, FEED], id="as the profile has"
        ),
        pytest.param([PAGE], [PAGE], [PAGE], id="pages where there is nothing else"),
        pytest.param([], [], [], id="none"),
    ],
)
def test_what_lists_everything_is_read_first_and_pages_at_last(
    sources: list[tuple[str, str]], first: list[tuple[str, str]], last: list[tuple[str, str]]
) -> None:
    assert reading_order(sources) == first
    assert reading_order(sources, last_round=True) == last


def test_rounds_begin_at_once_become_rarer_and_have_an_end() -> None:
    assert PAUSES[0] == 0
    assert sorted(PAUSES) == list(PAUSES)
    assert sum(PAUSES) == 300
