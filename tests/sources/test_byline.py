import pytest

from bot.sources.byline import MOST_AUTHORS, authors, looks_like_names, split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ida Holm", ("Ida Holm",)),
        ("By Ida Holm", ("Ida Holm",)),
        ("Reported by: Ida Holm", ("Ida Holm",)),
        ("Ida Holm | Tam O'Dell", ("Ida Holm", "Tam O'Dell")),
        ("Ida Holm and Tam O'Dell", ("Ida Holm", "Tam O'Dell")),
        ("Ida Holm & Tam O&#8217;Dell", ("Ida Holm", "Tam O’Dell")),
        ("Ida Holm, Tam O'Dell and Sandy Brand", ("Ida Holm", "Tam O'Dell", "Sandy Brand")),
        ("Ida Holm, Tam O'Dell, and Sandy Brand", ("Ida Holm", "Tam O'Dell", "Sandy Brand")),
        ("Ida Holm, Jr. and Ida Holm", ("Ida Holm, Jr", "Ida Holm")),
        ("desk@tidewater.example (Ida Holm)", ("Ida Holm",)),
        ("desk@tidewater.example", ()),
        ("Ida Holm | Ida Holm", ("Ida Holm",)),
        ("Byron Anders", ("Byron Anders",)),
        (" | ", ()),
        ("", ()),
    ],
)
def test_a_byline_is_parted_into_names(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    "text", ["Ida Holm", "Won-Gi Ahn", "Tide Pro", "Ludwig van Holm", "안상희", "A. B. Holm"]
)
def test_names_look_like_names(text: str) -> None:
    assert looks_like_names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ferries stay in port",
        "The harbour waits for word from the other side of the bay",
        "Will It Hold?",
        "Three Ships Wait Outside The Harbour Wall",
        "",
    ],
)
def test_sentences_do_not(text: str) -> None:
    assert not looks_like_names(text)


def test_authors_are_told_once_however_they_are_spelt() -> None:
    found = authors(["Tam O'Dell and Ida Holm", "Tam O’Dell", "!!!"])

    assert [topic.key for topic in found] == ["tam-odell", "ida-holm"]


def test_a_list_of_hundreds_is_cut() -> None:
    assert len(authors([" | ".join(f"Name {letter}" for letter in range(300))])) == MOST_AUTHORS
