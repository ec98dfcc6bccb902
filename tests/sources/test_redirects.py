from collections.abc import Sequence

import aiohttp
import pytest
from aiohttp import web

from bot.domain.errors import SourceError
from bot.sources.fetch import Fetcher
from bot.sources.fetched import Fetched
from bot.sources.redirects import RedirectRules, resolve
from tests.aids.servers import Handler, Serve

ADDRESSES = {
    "public.example": ["93.184.216.34"],
    "also-public.example": ["2606:2800:220:1:248:1893:25c8:1946"],
    "inside.example": ["10.0.0.7"],
    "two-faced.example": ["93.184.216.34", "127.0.0.1"],
    "mapped.example": ["::ffff:192.168.0.1"],
    "link-local.example": ["fe80::1%eth0"],
}


async def known(host: str) -> Sequence[str]:
    return ADDRESSES.get(host, [])


def redirecting(targets: dict[str, tuple[int, str]]) -> Handler:
    """Return a handler that redirects these paths and serves all others."""

    async def answer(request: web.Request) -> web.Response:
        if request.path in targets:
            status, location = targets[request.path]
            return web.Response(status=status, headers={"Location": location} if location else {})
        return web.Response(text=f"at {request.path_qs}")

    return answer


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 307), False), ((303,), False)],
)
async def test_redirects_are_followed_and_lasting_ones_reported(
    serve: Serve, fetcher: Fetcher, statuses: tuple[int, ...], moved: bool
) -> None:
    url = await serve(
        redirecting({f"/{at}": (status, f"/{at + 1}#x") for at, status in enumerate(statuses)})
    )

    fetched = await fetcher.fetch(f"{url}/0")

    end = f"{url}/{len(statuses)}"
    assert isinstance(fetched, Fetched)
    assert (fetched.url, fetched.moved_to) == (end, end if moved else None)
    assert fetched.body.decode() == f"at /{len(statuses)}"


@pytest.mark.parametrize(
    ("targets", "kind"),
    [
        ({"/": (302, "/")}, "redirect-loop"),
        ({"/": (301, "/a"), "/a": (301, "/")}, "redirect-loop"),
        ({"/": (302, "")}, "bad-redirect"),
        ({"/": (302, "ftp://127.0.0.1/")}, "bad-redirect"),
        ({"/": (302, "file:///etc/hostname")}, "bad-redirect"),
        ({"/": (302, "http://[::1")}, "bad-redirect"),
        (
            {"/": (302, "/0"), **{f"/{n}": (302, f"/{n + 1}") for n in range(9)}},
            "too-many-redirects",
        ),
    ],
)
async def test_redirects_that_lead_nowhere_are_refused(
    serve: Serve, fetcher: Fetcher, targets: dict[str, tuple[int, str]], kind: str
) -> None:
    url = await serve(redirecting(targets))

    with pytest.raises(SourceError) as caught:
        await fetcher.fetch(f"{url}/")

    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("origin", "target", "allowed"),
    [
        ("public.example", "also-public.example", True),
        ("public.example", "unknown.example", True),
        ("public.example", "inside.example", False),
        ("public.example", "two-faced.example", False),
        ("public.example", "mapped.example", False),
        ("public.example", "link-local.example", False),
        ("inside.example", "mapped.example", True),
        ("inside.example", "public.example", True),
    ],
)
async def test_nobody_is_led_from_the_public_net_into_a_private_one(
    origin: str, target: str, allowed: bool
) -> None:
    rules = RedirectRules(5, known)
    seen = [f"https://{origin}/feed"]

    if allowed:
        assert await rules.follow(seen, f"https://{target}/x") == f"https://{target}/x"
    else:
        with pytest.raises(SourceError, match="private network"):
            await rules.follow(seen, f"https://{target}/x")


async def test_this_machine_may_redirect_to_itself(
    session: aiohttp.ClientSession, serve: Serve
) -> None:
    end = await serve(redirecting({}))
    start = await serve(redirecting({"/": (302, end.replace("127.0.0.1", "localhost") + "/x")}))

    fetched = await Fetcher(session, "x").fetch(f"{start}/")

    assert isinstance(fetched, Fetched)
    assert fetched.body == b"at /x"


async def test_a_name_that_cannot_be_has_no_address() -> None:
    assert await resolve("a..b") == ()
