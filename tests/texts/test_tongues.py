"""Languages by name."""

import pytest

from bot.texts.tongues import find_language, own_name


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("korean", "ko"),
        ("Korean", "ko"),
        ("한국어", "ko"),
        ("KO", "ko"),
        ("ko-KR", "ko"),
        (" english ", "en"),
        ("영어", "en"),
        ("en_US", "en"),
        ("koreanisch", "ko"),  # the reader's Telegram is German
        ("klingon", None),
        ("is", None),
        ("íslenska", None),
        ("", None),
        ("k", None),
        ("x" * 4_000, None),
        ("\u202e<b>", None),
    ],
)
def test_a_language_is_found_by_its_tag_and_its_names(typed: str, language: str | None) -> None:
    assert find_language(typed, "de") == language


def test_a_language_calls_itself_by_its_own_name() -> None:
    assert [own_name(one) for one in ("en", "ko")] == ["English", "한국어"]
