"""Every language is whole: nothing missing, stale or left over, and everything in its place."""

from collections import Counter
from gettext import c2py
from html.parser import HTMLParser
from string import Formatter

import pytest
from babel import Locale

from bot.demo.botapi.html import parse_html
from bot.texts.catalogue import Texts
from bot.texts.clip import width
from bot.texts.english import ENGLISH, NOTES
from bot.texts.menu import about, commands, description, menu_languages
from bot.texts.translations import languages, spoken, translation
from tests.aids.catalogues import FOLDER, TRANSLATED, catalogue, entries
from translating.catalogues import as_tuple, ids_of, is_whole, read, updated, written

#: What a phone shows of a button, and what Telegram takes for a command's description.
LONGEST_BUTTON = 30
LONGEST_DESCRIPTION = 256

each_language = pytest.mark.parametrize("language", TRANSLATED)


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


class Tags(HTMLParser):
    """Counts the tags of a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.count = Counter[str]()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.count[tag] += 1


@each_language
def test_a_language_has_every_text_and_no_other(language: str) -> None:
    keys = [key for key, _ in entries(language)]

    assert keys == list(ENGLISH)


@each_language
def test_a_translation_is_of_what_english_says_now(language: str) -> None:
    stale = [key for key, one in entries(language) if one.id != ids_of(ENGLISH[key])]

    assert stale == []


@each_language
def test_no_translation_is_empty_or_fuzzy(language: str) -> None:
    plurals = catalogue(language).num_plurals
    found = [key for key, one in entries(language) if one.fuzzy or not is_whole(one, plurals)]

    assert found == []


@each_language
def test_the_file_is_as_make_texts_writes_it(language: str) -> None:
    file = (FOLDER / f"{language}.po").read_bytes()

    assert written(updated(read(file), ENGLISH, NOTES)) == file


@each_language
def test_a_translation_has_the_placeholders_of_the_text(language: str) -> None:
    """A form for one thing may leave its number out, in any language."""
    wrong = []
    for key, one in entries(language):
        wanted = placeholders(as_tuple(one.id)[-1])
        for form in as_tuple(one.string):
            optional = {"count"} if not isinstance(one.id, str) else set()
            missing = wanted - placeholders(form)
            if placeholders(form) - wanted or set(missing) - optional:
                wrong.append((key, form))

    assert wrong == []


@each_language
def test_a_translation_has_the_tags_of_the_text(language: str) -> None:
    wrong = [
        (key, form)
        for key, one in entries(language)
        for form in as_tuple(one.string)
        if Tags(form).count != Tags(as_tuple(one.id)[-1]).count or "&" in form
    ]

    assert wrong == []


@each_language
def test_a_translation_is_html_that_telegram_takes(language: str) -> None:
    for key, one in entries(language):
        for form in as_tuple(one.string):
            parsed, _ = parse_html(form)

            assert parsed.strip() == parsed, key


@each_language
def test_a_translation_begins_and_ends_as_the_text(language: str) -> None:
    """Arrows and marks are signs; paragraphs stay paragraphs."""
    signs = "←→↩✓✕🔔🔕🔇🗞⏸🌐…"
    wrong = [
        key
        for key, one in entries(language)
        for form in as_tuple(one.string)
        for text in as_tuple(one.id)[-1:]
        if [c for c in form if c in signs] != [c for c in text if c in signs]
        or form.count("\n") != text.count("\n")
    ]

    assert wrong == []


@each_language
def test_the_plural_forms_are_those_of_unicode(language: str) -> None:
    """One form for each category that whole numbers have in the language, and the same numbers."""
    catalog = catalogue(language)
    form_of = c2py(catalog.plural_expr)
    category_of = Locale.parse(language, sep="-").plural_form
    pairs = {(form_of(number), category_of(number)) for number in range(1_000)}

    assert len(pairs) == catalog.num_plurals
    assert len({form for form, _ in pairs}) == len({category for _, category in pairs})


@each_language
def test_what_fits_a_button_in_english_fits_it_in_every_language(language: str) -> None:
    """Which is every short text that is no sentence; in the width of Latin letters."""
    wide = []
    for key, one in entries(language):
        text = as_tuple(one.id)[-1]
        if text.endswith((".", ":", "?")) or key.startswith("menu.") or "<" in text:
            continue
        if width(bare(text)) <= LONGEST_BUTTON:
            wide += [form for form in as_tuple(one.string) if width(bare(form)) > LONGEST_BUTTON]

    assert wide == []


def bare(text: str) -> str:
    return "".join(literal for literal, _, _, _ in Formatter().parse(text))


@pytest.mark.parametrize("language", languages())
def test_the_menu_is_one_that_telegram_takes(language: str) -> None:
    menu = commands(language)

    assert len({command for command, _ in menu}) == len(menu)
    for command, told in menu:
        assert command.isascii()
        assert command.islower()
        assert 0 < len(told) <= LONGEST_DESCRIPTION


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("site", ["NK News", "x" * 600])
def test_what_the_bot_says_of_itself_is_as_long_as_telegram_takes(language: str, site: str) -> None:
    assert 0 < len(description(language, site)) <= 512
    assert 0 < len(about(language, site)) <= 120


def test_menus_are_set_by_codes_of_two_letters() -> None:
    menus = menu_languages()

    assert {"en": "en", "ko": "ko"}.items() <= menus.items()
    assert {len(code) for code in menus} == {2}


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("ko", "ko"),
        ("ko-KR", "ko"),
        ("KO_kr", "ko"),
        ("en-US", "en"),
        ("kok", None),
        ("is", None),
        ("", None),
        ("-", None),
        ("../ko", None),
    ],
)
def test_a_tag_stands_for_a_language_that_there_is(tag: str, language: str | None) -> None:
    assert spoken(tag) == language


def test_a_language_is_read_once() -> None:
    assert translation("ko") is translation("ko")


def test_a_number_chooses_no_form_where_the_language_has_one() -> None:
    texts = Texts("ko")

    assert texts.n("digest.title", 1) == "새 기사 1건"
    assert texts.n("digest.title", 7) == "새 기사 7건"
