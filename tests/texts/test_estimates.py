"""How often something comes, as readers read it."""

from datetime import timedelta

import pytest

from bot.domain.estimate import estimate
from bot.texts.catalogue import Texts
from bot.texts.estimates import how_often


@pytest.mark.parametrize(
    ("count", "days", "told"),
    [
        (52, 90, "about 4 a week; 52 in the last 90 days"),
        (13, 90, "about one a week; 13 in the last 90 days"),
        (360, 90, "about 4 a day; 360 in the last 90 days"),
        (10, 90, "about 3 a month; 10 in the last 90 days"),
        (2, 90, "less than one a month; 2 in the last 90 days"),
        (0, 30, "none in the last 30 days"),
        (40, 12, "about 3 a day; 40 in the last 12 days"),
        (3, 1, "about 3 a day; 3 in the last day"),
        (0, 1, "none in the last day"),
    ],
)
def test_a_number_is_told_at_the_pace_that_people_picture(count: int, days: int, told: str) -> None:
    assert how_often(estimate(count, timedelta(days=days)), Texts("en")) == told
