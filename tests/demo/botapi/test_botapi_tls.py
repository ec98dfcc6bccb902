"""The stand-in over TLS."""

import ssl
from pathlib import Path

import aiohttp
import pytest
import trustme

from bot.demo.botapi import StandIn
from bot.settings import Settings
from tests.aids.process import dekbot, variables_of

HOST = "127.0.0.1"


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certified(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    return context


async def test_whoever_trusts_its_authority_is_answered(
    authority: trustme.CA, certified: ssl.SSLContext, http: aiohttp.ClientSession
) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    async with StandIn(host=HOST, ssl_context=certified) as server:
        url = f"{server.url}/bot{server.token}/getMe"
        async with http.get(url, ssl=trusting) as response:
            answer = await response.json()

        assert server.url.startswith("https://")
        assert answer["result"]["username"] == "dekbot"


async def test_whoever_does_not_says_nothing_to_it(
    certified: ssl.SSLContext, http: aiohttp.ClientSession
) -> None:
    async with StandIn(host=HOST, ssl_context=certified) as server:
        with pytest.raises(aiohttp.ClientConnectorCertificateError):
            await http.get(f"{server.url}/bot{server.token}/getMe")

        assert server.calls == []


@pytest.mark.e2e
@pytest.mark.parametrize("trusts", [True, False])
async def test_the_program_trusts_what_ssl_cert_file_names(
    *,
    trusts: bool,
    authority: trustme.CA,
    certified: ssl.SSLContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That is how a benchmark's bot speaks to the stand-in over TLS, with no setting of its own."""
    file = tmp_path / "authority.pem"
    other = authority if trusts else trustme.CA()
    other.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    async with StandIn(host=HOST, ssl_context=certified) as server:
        settings = Settings(
            bot_token=server.token,
            telegram_api_url=server.url,
            database_url=f"sqlite+aiosqlite:///{tmp_path / 'dekbot.db'}",
        )
        await dekbot(tmp_path, "check", **variables_of(settings))

        assert ("getMe" in {call.method for call in server.calls}) is trusts
