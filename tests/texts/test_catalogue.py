"""The English texts are whole: nothing missing, nothing left over, every placeholder filled."""

import ast
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from bot.demo.botapi.html import parse_html
from bot.texts import english
from bot.texts.catalogue import Entry, Texts, locale_of
from bot.texts.english import ENGLISH, NOTES
from bot.texts.escape import Html
from bot.texts.menu import sorry

BOT = Path(__file__).resolve().parents[2] / "bot"
SOURCES = [path for path in BOT.rglob("*.py") if "english" not in path.parts]

TREES = [ast.parse(path.read_text()) for path in SOURCES]


def literals() -> set[str]:
    return {
        node.value
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def asked_for(*methods: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the keys that the sources ask for by name, with the names of their values."""
    for tree in TREES:
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in methods or not node.args:
                continue
            key, values = node.args[0], {one.arg for one in node.keywords if one.arg}
            if node.func.attr == "n":
                values.add("count")
            if isinstance(key, ast.Constant) and isinstance(key.value, str) and "." in key.value:
                yield key.value, values


def forms(entry: Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_no_key_stands_in_two_modules_and_every_module_is_gathered() -> None:
    names = [one.name for one in pkgutil.iter_modules(english.__path__)]
    modules = [import_module(f"{english.__name__}.{name}") for name in names]
    counted = sum(len(one.TEXTS) for one in modules)

    assert len(ENGLISH) == counted


def test_a_text_that_depends_on_a_number_has_a_singular_and_a_plural() -> None:
    plural = {key: set(entry) for key, entry in ENGLISH.items() if not isinstance(entry, str)}

    assert {key for key, forms in plural.items() if forms != {"one", "other"}} == set()


def test_notes_are_on_texts_that_there_are() -> None:
    assert NOTES.keys() <= ENGLISH.keys()


def test_every_key_in_the_sources_is_in_the_catalogue() -> None:
    asked = {key for key, _ in asked_for("t", "n", "plain")}

    assert len(asked) > 40
    assert asked - set(ENGLISH) == set()


def test_every_key_of_the_catalogue_is_used() -> None:
    assert set(ENGLISH) - literals() == set()


def test_every_placeholder_gets_a_value_by_name() -> None:
    wrong = [
        (key, values)
        for key, values in asked_for("t", "n", "plain")
        for form in forms(ENGLISH[key])
        if not placeholders(form) <= values
    ]

    assert wrong == []


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_every_text_is_html_that_telegram_takes(key: str) -> None:
    for form in forms(ENGLISH[key]):
        parsed, _ = parse_html(form)

        assert parsed.strip() == parsed
        assert parsed


def test_texts_without_markup_hold_none() -> None:
    plain = {key for key, _ in asked_for("plain")}
    buttons = {key for key in ENGLISH if key.startswith(("menu.", "kind.", "toast.", "button."))}

    for key in plain | buttons:
        for form in forms(ENGLISH[key]):
            assert "<" not in form, key
            assert "&" not in form, key


def test_values_are_escaped_unless_they_are_html() -> None:
    texts = Texts("en")

    assert "&lt;b&gt;" in texts.t("help.unknown", command="<b>")
    assert "<b>" in texts.t("help.unknown", command=Html("<b>x</b>"))


def test_braces_in_a_value_are_no_placeholders() -> None:
    assert "{site} {0}" in Texts("en").t("help.unknown", command="{site} {0}")


def test_a_number_chooses_the_plural_form() -> None:
    texts = Texts("en")

    assert texts.n("digest.title", 1) == "1 new article"
    assert texts.n("digest.title", 7) == "7 new articles"
    assert texts.n("digest.title", 1234) == "1,234 new articles"
    with pytest.raises(TypeError):
        texts.t("digest.title", count="many")


def test_an_unknown_language_reads_english() -> None:
    assert Texts("xx").plain("alert.mute") == Texts("en").plain("alert.mute")


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en", "en_GB"),
        ("en-US", "en_US"),
        ("zh-hans", "zh_Hans"),
        ("pt-br", "pt_BR"),
        ("ko", "ko"),
        ("de-xx-yy-zz", "de"),
        ("xx", "en_GB"),
        ("", "en_GB"),
        ("\u202e!", "en_GB"),
    ],
)
def test_dates_follow_the_readers_language(tag: str, locale: str) -> None:
    assert str(locale_of(tag)) == locale


def test_an_apology_is_plain_text() -> None:
    assert "<" not in sorry("en")
