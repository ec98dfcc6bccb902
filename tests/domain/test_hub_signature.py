"""The signature under what a hub brings."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hub_signature import SignatureCheck

SECRET = "hush"
METHODS = ("sha1", "sha256", "sha384", "sha512")


def sign(method: str, body: bytes, secret: str = SECRET) -> str:
    return f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"


def is_right(header: str, *pieces: bytes) -> bool:
    check = SignatureCheck.of(header, SECRET)
    if check is None:
        return False
    for piece in pieces:
        check.take(piece)
    return check.is_right()


@given(st.sampled_from(METHODS), st.lists(st.binary()))
def test_the_right_signature_is_right_however_the_body_comes(
    method: str, pieces: list[bytes]
) -> None:
    header = sign(method, b"".join(pieces))

    assert is_right(header, *pieces)
    assert is_right(header.upper(), *pieces)


@given(st.sampled_from(METHODS), st.binary(), st.binary(min_size=1))
def test_another_body_or_another_secret_is_not(method: str, body: bytes, more: bytes) -> None:
    assert not is_right(sign(method, body), body, more)
    assert not is_right(sign(method, body, "other"), body)


@pytest.mark.parametrize(
    "header", ["md5=" + "0" * 32, "sha256", "sha256=", "sha256=xyz", "=00", "", "sha3_256=00"]
)
def test_what_the_recommendation_does_not_name_is_no_signature(header: str) -> None:
    assert SignatureCheck.of(header, SECRET) is None


@given(st.text())
def test_no_header_whatever_is_right_or_raises(header: str) -> None:
    assert not is_right(header, b"body")
