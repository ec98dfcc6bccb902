"""What readers are told to type works when they type it, in every language."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.editions_parser import parse_editions
from bot.domain.parse_fault import ParseFault
from bot.domain.pausing import parse_pause
from bot.domain.query_parser import parse_query
from bot.domain.quiet_parser import parse_quiet
from bot.domain.zones import find_zone
from bot.telegram.handlers import operators
from bot.telegram.handlers.alerts_line import Verb, read_order
from bot.telegram.handlers.table import COMMANDS
from bot.texts.catalogue import Texts
from bot.texts.english import ENGLISH
from bot.texts.places import zone_called
from bot.texts.tongues import find_language
from bot.texts.translations import languages
from tests.aids.catalogues import TRANSLATED

SEOUL: Final = ZoneInfo("Asia/Seoul")
NOW: Final = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
#: A command with what stands behind it: as code, or in italics (an example or what it stands for).
EXAMPLE: Final = re.compile(r"<code>/([a-z]+) ([^<]*)</code>|/([a-z]+) <i>([^<]*)</i>")
COMMAND: Final = re.compile(r"(?<![\w/<:.])/([a-z]+)\b(?!/)")

#: A row of the table of what can be typed, on a language's page.
ROW: Final = re.compile(r"^\| `/([a-z]+)` \| (.*) \|$", re.MULTILINE)
USUAL_WORDS: Final = "language.usual-words"
PAGES: Final = Path(__file__).resolve().parents[2] / "docs" / "languages"

each_language: Final = pytest.mark.parametrize("language", languages())


def told(language: str) -> Iterator[tuple[str, str]]:
    """Yield every text, its placeholders filled with something that can be typed."""
    texts = Texts(language)
    for key, entry in ENGLISH.items():
        forms = (entry,) if isinstance(entry, str) else entry.values()
        names = {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}
        values: dict[str, object] = dict.fromkeys(names, "crane") | {"count": 2, "number": 1}
        yield key, texts.plain(key, **values)


def examples(language: str) -> Iterator[tuple[str, str, str, bool]]:
    """Yield each example with its key, command and argument, and whether it is to be typed so."""
    for key, text in told(language):
        for found in EXAMPLE.finditer(text):
            in_code = found[1] is not None
            command, argument = (found[1], found[2]) if in_code else (found[3], found[4])
            yield key, command, html.unescape(argument), in_code


def is_timetable(argument: str) -> bool:
    return not isinstance(parse_editions(argument), ParseFault)


def is_quiet(argument: str) -> bool:
    return not isinstance(parse_quiet(argument), ParseFault)


def is_pause(argument: str) -> bool:
    return not isinstance(parse_pause(argument, NOW, SEOUL), ParseFault)


def is_zone(argument: str) -> bool:
    zones = available_timezones()
    called = (zone_called(argument, zones, language) for language in languages())
    return find_zone(argument, zones).name is not None or any(called)


def is_query(argument: str) -> bool:
    query = parse_query(argument, SEOUL)
    return bool(query.groups) and not query.problems


def is_language(argument: str) -> bool:
    usual = {word for one in languages() for word in Texts(one).plain(USUAL_WORDS).split(", ")}
    return argument in usual or find_language(argument, "en") is not None


def is_order(argument: str) -> bool:
    """A query, or a verb that found what it needs; an example in quotation marks may go on."""
    order = read_order(argument)
    return is_query(order.text.removesuffix("…")) if order.verb is Verb.ADD else bool(order.which)


READERS: Final[dict[str, Callable[[str], bool]]] = {
    "digest": is_timetable,
    "quiet": is_quiet,
    "pause": is_pause,
    "timezone": is_zone,
    "search": is_query,
    "alerts": is_order,
    "language": is_language,
}
#: Read in full where they stand in italics, too, and not only a word for what belongs there.
ALWAYS_READ: Final = {"digest", "quiet", "pause"}


@each_language
def test_every_example_reads_as_what_it_says(language: str) -> None:
    every = list(examples(language))
    wrong = [
        (key, command, argument)
        for key, command, argument, in_code in every
        if command in READERS and (in_code or command in ALWAYS_READ)
        if not READERS[command](argument)
    ]

    assert {command for _, command, _, _ in every} >= READERS.keys()
    assert wrong == []


@each_language
def test_every_command_that_is_named_exists(language: str) -> None:
    named = {command for _, text in told(language) for command in COMMAND.findall(text)}

    assert named <= {*COMMANDS, *operators.COMMANDS}
    assert len(named) > 20


@each_language
def test_a_translation_names_the_same_commands(language: str) -> None:
    """In the same number, so that no way that English tells is lost on the way."""
    english = dict(told("en"))
    wrong = [
        key
        for key, text in told(language)
        if sorted(COMMAND.findall(text)) != sorted(COMMAND.findall(english[key]))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_a_page_whose_examples_work(language: str) -> None:
    page = (PAGES / f"{language}.md").read_text(encoding="utf-8")
    wrong = [
        (command, argument)
        for command, told in ROW.findall(page)
        for argument in re.findall(r"`([^`]*)`", told)
        if not READERS[command](argument)
    ]

    assert "## Glossary" in page
    assert wrong == []
