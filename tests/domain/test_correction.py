import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.correction import (
    Change,
    Part,
    Version,
    change_between,
    is_retraction,
    plain,
    version_of,
)
from bot.domain.topic import author, label, section

OLD = Version(
    headline="Ferry to reopen 'within weeks' - minister",
    dek="Officials name no date.",
    authors=("Ada Park", "Ben Osei"),
    labels=("ANALYSIS",),
)


def change(new: Version) -> Change:
    found = change_between(OLD, new)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("new", "parts"),
    [
        (replace(OLD, headline="Ferry to reopen within days"), ["headline"]),
        (
            replace(OLD, headline="Ferry to reopen within weeks - minister"),
            ["headline"],
        ),  # unquoted
        (replace(OLD, dek="Officials name a date."), ["dek"]),
        (replace(OLD, authors=("Ada Park",)), ["byline"]),
        (replace(OLD, labels=("ANALYSIS", "CORRECTED")), ["labels"]),
        (replace(OLD, dek="", headline="Ferry to sink"), ["headline"]),
        # typography
        (replace(OLD, headline="Ferry to reopen ‘within weeks’ — minister"), []),
        (replace(OLD, headline="Ferry to  reopen “within\u00a0weeks” – Minister."), []),
        (replace(OLD, dek="Officials name no\u200b date"), []),
        (replace(OLD, authors=("Ben Osei", "Ada Park")), []),
        (replace(OLD, labels=("Analysis",)), []),
    ],
)
def test_only_words_are_worth_an_edit(new: Version, parts: list[str]) -> None:
    found = change(new)

    assert found.parts == tuple(Part(part) for part in parts)
    assert found.is_worth_an_edit is bool(parts)


@pytest.mark.parametrize(
    "new",
    [OLD, Version(headline=OLD.headline), Version(headline="", dek=OLD.dek)],
)
def test_what_a_source_leaves_out_is_no_change(new: Version) -> None:
    assert change_between(OLD, new) is None


def test_what_was_missing_is_filled_in() -> None:
    bare = Version(headline=OLD.headline)
    found = change_between(bare, OLD)

    assert found is not None
    assert found.parts == (Part.DEK, Part.BYLINE, Part.LABELS)


def test_the_older_words_are_shown_where_the_newer_version_tells_none() -> None:
    found = change(Version(headline="Ferry sinks"))

    assert found.new == replace(OLD, headline="Ferry sinks")
    assert found.old_headline == OLD.headline


def test_a_headline_is_struck_through_only_where_its_words_differ() -> None:
    found = change(replace(OLD, headline=OLD.headline.upper(), dek="Another."))

    assert found.parts == (Part.DEK,)
    assert found.old_headline is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("$5", "€5"), ("10,000", "10.000"), ("US", "UK"), ("rise 5%", "fall 5%"), ("1.5", "15")],
)
def test_a_sign_may_be_all_that_is_corrected(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@given(st.text(max_size=60))
def test_taking_the_typography_off_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


PATTERNS = [re.compile(r"^correction\b", re.IGNORECASE), re.compile("retract", re.IGNORECASE)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Ferry sinks", "Correction: Ferry did not sink", True),
        ("Ferry sinks", "Ferry story retracted", True),
        ("Correction: Ferry sank", "Correction: Ferry did not sink", False),  # it was one already
        ("Correction: Ferry sank", "Correction retracted: Ferry sank", True),
        ("Ferry sinks", "Ferry sank", False),
    ],
)
def test_a_headline_turns_into_a_retraction_once(old: str, new: str, *, expected: bool) -> None:
    turned = is_retraction(Version(headline=old), Version(headline=new), PATTERNS)

    assert turned is expected


def test_a_version_names_authors_and_labels_and_no_section() -> None:
    topics = (section("Economy"), label("OPINION"), author("Ada Park"), author("Ben Osei"))

    assert version_of("H", "D", topics) == Version(
        headline="H", dek="D", authors=("Ada Park", "Ben Osei"), labels=("OPINION",)
    )
