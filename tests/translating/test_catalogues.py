"""The files of the languages follow the English texts, and lose nothing that was translated."""

from babel.messages.catalog import Catalog, Message

from bot.texts.catalogue import Entry
from translating.catalogues import begun, read, unfinished, updated, written

TEXTS: dict[str, Entry] = {
    "gate.open": "The gate is open",
    "gate.ships": {"one": "{count} ship", "other": "{count} ships"},
}


def german(texts: dict[str, Entry] | None = None) -> Catalog:
    catalog = updated(begun("de"), texts or TEXTS, {"gate.open": "of a harbour"})
    entry(catalog, "gate.open").string = "Das Tor ist offen"
    entry(catalog, "gate.ships").string = ("{count} Schiff", "{count} Schiffe")
    return catalog


def entry(catalog: Catalog, key: str) -> Message:
    return next(message for message in catalog if message.context == key)


def test_a_new_language_has_every_text_and_no_translation() -> None:
    catalog = updated(begun("ru"), TEXTS, {})

    assert unfinished(catalog) == ["gate.open", "gate.ships"]
    assert b"msgstr[2]" in written(catalog)


def test_a_file_reads_back_and_is_written_the_same_again() -> None:
    file = written(german())

    assert unfinished(read(file)) == []
    assert written(updated(read(file), TEXTS, {"gate.open": "of a harbour"})) == file


def test_a_file_holds_no_day_and_no_place() -> None:
    head, first, *_ = written(german()).decode().split("\n\n")

    assert head.splitlines() == [
        'msgid ""',
        'msgstr ""',
        '"Language: de\\n"',
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
    ]
    assert first.splitlines() == [
        "#. of a harbour",
        'msgctxt "gate.open"',
        'msgid "The gate is open"',
        'msgstr "Das Tor ist offen"',
    ]


def test_entries_stand_in_the_order_of_the_texts() -> None:
    turned = dict(reversed(TEXTS.items()))

    after = updated(german(), turned, {})

    assert [message.context for message in after if message.id] == list(turned)
    assert unfinished(after) == []


def test_what_is_new_waits_for_its_translation_and_what_is_gone_goes() -> None:
    after = updated(german(), {"gate.shut": "The gate is shut"}, {})

    assert [message.context for message in after if message.id] == ["gate.shut"]
    assert unfinished(after) == ["gate.shut"]


def test_a_changed_text_keeps_its_translation_marked_as_fuzzy() -> None:
    changed = {**TEXTS, "gate.open": "The gate stands open"}
    once = read(written(updated(german(), changed, {})))
    again = updated(once, changed, {})
    back = updated(once, TEXTS, {})

    assert written(again) == written(once)
    for catalog in (once, again, back):
        assert unfinished(catalog) == ["gate.open"]
        assert entry(catalog, "gate.open").string == "Das Tor ist offen"


def test_a_text_that_begins_or_ceases_to_depend_on_a_number_keeps_its_words() -> None:
    swapped: dict[str, Entry] = {
        "gate.open": {"one": "{count} gate", "other": "{count} gates"},
        "gate.ships": "ships",
    }

    after = read(written(updated(german(), swapped, {})))

    assert unfinished(after) == ["gate.open", "gate.ships"]
    assert entry(after, "gate.open").string == ("Das Tor ist offen", "Das Tor ist offen")
    assert entry(after, "gate.ships").string == "{count} Schiffe"


def test_a_translators_comment_stays() -> None:
    catalog = german()
    entry(catalog, "gate.open").user_comments = ["a sluice"]

    assert entry(updated(catalog, TEXTS, {}), "gate.open").user_comments == ["a sluice"]
