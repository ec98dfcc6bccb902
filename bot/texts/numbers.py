"""Numbers as readers write them."""

from babel.numbers import format_decimal

from bot.texts.catalogue import locale_of


def format_number(number: int, language: str) -> str:
    """Return such as "1,000"."""
    return format_decimal(number, locale=locale_of(language))
