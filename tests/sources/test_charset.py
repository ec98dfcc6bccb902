import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.charset import decode

TEXT = "Brasília’s harbour – “calm”"
KOREAN = "부산항에 안개가 끼었다. 배가 기다린다."


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=latin-1"),
        (TEXT.encode("utf-16"), "text/html"),
        (TEXT.encode("utf-32"), "text/html"),
        (TEXT.encode(), "text/html; charset=utf-8"),
        (TEXT.encode(), "text/html"),
        (TEXT.encode(), "text/html; charset=ISO-8859-1"),
        (TEXT.encode(), "text/html; charset=no-such-thing"),
        (TEXT.encode(), "text/html; charset=base64"),
        (TEXT.encode("cp1252"), "text/html; charset=iso-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset=us-ascii"),
    ],
)
def test_text_is_read_whatever_the_server_calls_it(body: bytes, content_type: str) -> None:
    assert decode(body, content_type) == TEXT


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="euc-kr"?>',
        "<html><meta charset=euc-kr>",
        '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">',
    ],
)
def test_the_documents_own_declaration_is_believed(head: str) -> None:
    assert decode((head + KOREAN).encode("euc-kr"), "text/html").endswith(KOREAN)


def test_the_declaration_counts_when_the_servers_word_does_not_decode() -> None:
    body = f"<meta charset=euc-kr>{KOREAN}".encode("euc-kr")

    assert decode(body, "text/html; charset=utf-8").endswith(KOREAN)


def test_what_nobody_declares_is_guessed() -> None:
    assert KOREAN in decode((KOREAN * 20).encode("cp949"))


@given(st.binary(max_size=300), st.text(max_size=60))
def test_no_bytes_and_no_header_make_it_raise(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type), str)
