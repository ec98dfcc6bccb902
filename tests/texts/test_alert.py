"""An alert as a reader sees it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import regex
from hypothesis import given, settings

from bot.demo.botapi.html import parse_html
from bot.domain.article import Article, Published
from bot.domain.topic import Topic, author, label, section
from bot.texts.alert import Correction, alert
from bot.texts.clip import clean, units
from bot.texts.letter import Preview
from bot.texts.letters import alert_letter, alert_rows
from tests.aids.examples import examples
from tests.aids.prose import articles, languages, prose

SEOUL = ZoneInfo("Asia/Seoul")
URL = "https://www.example.org/2024/08/harbour/"
FOREIGN = section("Foreign Relations", description="Dealings with other countries")
TOPICS = (
    section("Trade"),
    FOREIGN,
    label("NK PRO"),
    author("Ada Lindqvist"),
    author("Beom O'Neill"),
)


def article(
    headline: str = "Cranes <idle> & waiting",
    dek: str = "Three ports report fewer ships",
    topics: tuple[Topic, ...] = TOPICS,
    *,
    has_time: bool = True,
    url: str = URL,
) -> Article:
    moment = datetime(2024, 8, 21, 5, 5, tzinfo=UTC)
    return Article(
        id=7,
        url=url,
        headline=headline,
        dek=dek,
        topics=topics,
        published=Published(at=moment, has_time=has_time),
        seen_at=moment,
    )


def test_an_alert_reads_as_the_contract_has_it() -> None:
    assert alert(article(), SEOUL, "en").splitlines() == [
        "<b>FOREIGN RELATIONS · NK PRO</b>",
        f'<a href="{URL}"><b>Cranes &lt;idle&gt; &amp; waiting</b></a>',
        "Three ports report fewer ships",
        "<i>Ada Lindqvist and Beom O'Neill · 21 Aug 2024, 14:05</i>",
    ]


def test_what_is_missing_leaves_no_line() -> None:
    bare = article(dek="", topics=())

    assert alert(bare, SEOUL, "en").splitlines() == [
        f'<a href="{URL}"><b>Cranes &lt;idle&gt; &amp; waiting</b></a>',
        "<i>21 Aug 2024, 14:05</i>",
    ]


def test_a_date_without_a_time_stands_as_the_site_gave_it() -> None:
    late = article(has_time=False)
    west = ZoneInfo("America/Los_Angeles")

    assert alert(late, west, "en").endswith("Beom O'Neill · 21 Aug 2024</i>")


@pytest.mark.parametrize(
    ("language", "zone", "written"),
    [
        ("en", "America/New_York", "21 Aug 2024, 01:05"),
        ("en-US", "Asia/Seoul", "Aug 21, 2024, 2:05"),
        ("de", "Europe/Berlin", "21.08.2024, 07:05"),
        ("ko", "Asia/Seoul", "2024년 8월 21일 14:05"),
    ],
)
def test_the_date_is_in_the_readers_zone_and_language(
    language: str, zone: str, written: str
) -> None:
    assert written in alert(article(), ZoneInfo(zone), language)


def test_many_authors_are_counted() -> None:
    many = tuple(author(f"Author {number}") for number in range(7))

    assert "Author 0, Author 1, Author 2, Author 3 and 3 others ·" in alert(
        article(topics=many), SEOUL, "en"
    )


def test_a_label_that_is_the_section_too_stands_once() -> None:
    twice = (section("Opinion"), label("OPINION"))

    assert alert(article(topics=twice), SEOUL, "en").startswith("<b>OPINION</b>\n")


def test_a_dek_that_repeats_the_headline_is_left_out() -> None:
    assert alert(article(headline="Idle cranes", dek="Idle  cranes"), SEOUL, "en").count("dle") == 1


def test_a_corrected_alert_strikes_the_old_headline_and_tells_when() -> None:
    corrected = Correction(
        former_headline="Cranes <busy>", at=datetime(2024, 8, 21, 7, 0, tzinfo=UTC)
    )

    assert alert(article(), SEOUL, "en", corrected).splitlines() == [
        "<b>FOREIGN RELATIONS · NK PRO</b>",
        "<s>Cranes &lt;busy&gt;</s>",
        f'<a href="{URL}"><b>Cranes &lt;idle&gt; &amp; waiting</b></a>',
        "Three ports report fewer ships",
        "<i>Ada Lindqvist and Beom O'Neill · 21 Aug 2024, 14:05</i>",
        "<i>Updated 16:00</i>",
    ]


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Retraction: Cranes idle", "RETRACTED"),
        ("RETRACTED \u2014 Cranes idle", "RETRACTED"),
        ("Correction: Cranes not idle", "CORRECTION"),
    ],
)
def test_a_fresh_alert_on_a_correction_says_first_that_it_is_one(headline: str, kind: str) -> None:
    moment = datetime(2024, 8, 21, 7, 0, tzinfo=UTC)
    corrected = Correction(former_headline="Cranes idle", at=moment, afresh=True)

    written = alert(article(headline=headline), SEOUL, "en", corrected)

    assert written.startswith(f"<b>{kind} · FOREIGN RELATIONS · NK PRO</b>\n<s>Cranes idle</s>")


def test_an_article_without_a_headline_can_be_opened_all_the_same() -> None:
    parsed, entities = parse_html(alert(article(headline="\u200b"), SEOUL, "en"))

    assert "(without a headline)" in parsed
    assert URL in [entity.get("url") for entity in entities]


def test_a_letter_has_the_link_its_card_and_four_buttons() -> None:
    letter = alert_letter(article(), zone=SEOUL, language="en", silent=True)

    (row,) = letter.rows
    assert [button.text for button in row] == ["Open", "Save", "Mute…", "Why?"]
    assert row[0].url == letter.preview_url == URL
    assert row[1].call
    assert row[1].call.arguments == (7, "s")
    assert (letter.preview, letter.silent) == (Preview.LARGE, True)


def test_four_buttons_stand_two_by_two_where_a_word_is_too_long_for_a_phone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.texts.letters._LONGEST_OF_FOUR", 6)
    rows = {is_saved: alert_rows(7, "en", url=URL, is_saved=is_saved) for is_saved in (True, False)}

    assert [[button.text for button in row] for row in rows[True]] == [
        ["Open", "✓ Saved"],
        ["Mute…", "Why?"],
    ]
    assert [len(row) for row in rows[False]] == [2, 2]


def test_an_address_that_telegram_refuses_is_not_a_button() -> None:
    letter = alert_letter(article(url="http://localhost/a"), zone=SEOUL, language="en")

    assert [button.text for row in letter.rows for button in row] == ["Save", "Mute…", "Why?"]
    assert letter.preview is Preview.NONE
    assert "<a " not in letter.html


@given(articles(), languages)
@settings(max_examples=examples(30))
def test_any_article_yields_a_message_that_telegram_accepts(one: Article, language: str) -> None:
    markup = alert_letter(one, zone=SEOUL, language=language).html

    parsed, entities = parse_html(markup)

    assert 0 < units(parsed) <= 4096
    assert len(markup.encode()) <= 32_768
    assert len(entities) <= 100
    assert parsed == parsed.strip()
    assert "\n\n" not in parsed


@given(prose)
@settings(max_examples=examples(25))
def test_a_dek_of_any_length_ends_between_graphemes(dek: str) -> None:
    parsed, _ = parse_html(alert(article(dek=dek, topics=()), SEOUL, "en"))
    whole = clean(dek)
    ends = {0, *(grapheme.end() for grapheme in regex.finditer(r"\X", whole))}

    lines = parsed.splitlines()

    if len(lines) == 3:
        shown = lines[1].removeprefix("\u2068").removesuffix("\u2069")
        kept = shown if shown == whole else shown.removesuffix("…")
        assert whole.startswith(kept)
        assert ends & {len(kept), len(kept) + 1}
