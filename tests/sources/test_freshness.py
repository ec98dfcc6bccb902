from datetime import timedelta

import pytest
from aiohttp import web

from bot.domain.reading import Validators
from bot.sources.fetch import Fetcher
from bot.sources.freshness import fresh_for
from tests.aids.servers import Serve


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "public, max-age=300"}, 300),
        ({"Cache-Control": 'Max-Age="60" , public'}, 60),
        ({"Cache-Control": "max-age=300", "Age": "120"}, 180),
        ({"Cache-Control": "max-age=300", "Age": "900"}, 0),
        ({"Cache-Control": "max-age=300", "Age": "soon"}, 300),
        ({"Cache-Control": "s-maxage=300"}, None),  # for caches that many share
        ({"Cache-Control": "no-cache, max-age=300"}, None),
        ({"Cache-Control": "max-age=-1"}, None),
        ({"Cache-Control": "max-age=" + "9" * 40}, 9_999_999_999),
        ({"Expires": "Wed, 21 Aug 2024 05:05:00 GMT"}, None),
    ],
)
def test_an_answer_is_fresh_for_what_its_age_leaves_of_max_age(
    headers: dict[str, str], seconds: int | None
) -> None:
    found = fresh_for(headers)

    assert found == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize("status", [200, 304])
async def test_every_answer_says_how_long_it_is_fresh(
    serve: Serve, fetcher: Fetcher, status: int
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Cache-Control": "max-age=90"})

    fetched = await fetcher.fetch(await serve(answer), Validators(etag='"1"'))

    assert fetched.fresh_for == timedelta(seconds=90)
