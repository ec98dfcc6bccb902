"""The publisher corrects itself now and then, as newsrooms do."""

import asyncio

import pytest

from bot.demo.newsroom import Invention, Newsroom, Publisher
from bot.demo.newsroom.publisher import corrected_headline


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Ferry idles with 9 containers", "Ferry idles with 10 containers"),
        ("Winter begins with corn", "Winter begins with corn, residents say"),
    ],
)
def test_a_corrected_headline_says_something_else(headline: str, expected: str) -> None:
    assert corrected_headline(headline) == expected


async def test_of_so_many_articles_one_is_corrected() -> None:
    lines: list[str] = []
    async with Newsroom() as newsroom:
        publisher = Publisher(
            newsroom, Invention(), interval=0.001, corrects_every=2, on_event=lines.append
        )
        async with publisher, asyncio.timeout(10):
            while not any(line.startswith("corrected") for line in lines):  # noqa: ASYNC110 - a line sets no event
                await asyncio.sleep(0.001)

    assert [line.split()[0] for line in lines[:3]] == ["published", "published", "corrected"]
