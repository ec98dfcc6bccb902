import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.reading_list import SavedArticle
from bot.texts.exports import Format, exported, format_named
from tests.aids.examples import examples
from tests.aids.prose import saved_articles
from tests.texts.exports.test_ris import SEOUL


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("csv", Format.CSV),
        (" Markdown ", Format.MARKDOWN),
        ("md", Format.MARKDOWN),
        (".bib", Format.BIBTEX),
        ("BibTeX", Format.BIBTEX),
        ("RIS", Format.RIS),
        ("pdf", None),
        ("", None),
        ("csv ris", None),
    ],
)
def test_a_format_is_named_by_its_name_or_its_files_ending(
    typed: str, wanted: Format | None
) -> None:
    assert format_named(typed) is wanted


@given(st.sampled_from(Format), saved_articles)
@settings(max_examples=examples(20))
def test_every_format_is_utf_8_whatever_the_text(wanted: Format, items: list[SavedArticle]) -> None:
    content = exported(wanted, items, zone=SEOUL, language="en", site="NK News")

    assert "\x00" not in content.decode()
