"""A walk through the whole bot in every language: each command, then each kind of button.

Wherever it comes, everything that is said is in the language, and fits where it stands.
"""

import html
import re
from collections import Counter
from collections.abc import Collection
from typing import Final

import pytest
from structlog.testing import capture_logs

from bot.demo.botapi import Message, Reader
from bot.telegram.handlers.buttons import LONGEST
from bot.telegram.handlers.table import COMMANDS
from bot.texts.clip import width
from bot.texts.english import ENGLISH
from bot.texts.tongues import own_name
from bot.texts.translations import languages
from tests.aids.articles import ADA, BEOM, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO, teaser
from tests.aids.waiting import until
from tests.telegram.handlers.conftest import TRADE, Desk, State, reply, tap
from tests.telegram.handlers.test_every_command import INPUTS, TABLE, settled
from tests.telegram.handlers.test_moving import code

#: What stays as the site has it, or as the reader typed it.
NAMES: Final = [
    *(one.name for one in (ADA, BEOM, COLUMN, ECONOMY, FOREIGN, MILITARY, PRO, TRADE)),
    TRADE.description,
    "NK News",
    "Cranes",
    "@dekbot",
    "The wire",
    "ports",
    "Coyhaique",  # newer than the names of CLDR
    "Harbour crane number",
    "stands idle",
    "stands",  # where a button has no room for more
    teaser().headline,
    teaser().dek,
    teaser().dek[:40],
]
#: What is written alike in every language.
UNIVERSAL: Final = {
    *("UTC", "English", "Language", "ID"),
    *("CSV", "Markdown", "BibTeX", "LaTeX", "RIS", "Zotero", "EndNote"),
}
#: A part of a query, which filters write; cut where a button has no more room.
FIELD: Final = re.compile(r'\b(?:section|author|label|after|before):(?:"[^"…]*["…]|\S+)')
KEY: Final = re.compile(r"\b[a-z]+\.[a-z-]+\b")
#: Of buttons that differ in a number or a name only, so many are pressed.
OF_A_KIND: Final = 2
DELETES_EVERYTHING: Final = "1:stop:y:"
#: Where a question's two buttons stand.
YES, NO = 0, 1
SPEAKS: Final = "1:language-set:"


class Walk:
    """What a reader was shown, looked at as it comes."""

    def __init__(self, desk: Desk, language: str) -> None:
        self.desk, self.language = desk, language
        self.is_latin = own_name(language).isascii()
        self.pressed: Counter[str] = Counter()
        #: Searches show again what was typed before.
        self.typed: set[str] = set()

    async def ask(self, reader: Reader, text: str) -> Message:
        self.typed.update(text.split())
        self.desk.clock.pass_time(seconds=1)  # a walk is no flood
        message = await reader.ask(text)
        self.look_at(message)
        return message

    async def press_all(self, reader: Reader, message: Message) -> None:
        """Press one button after another, wherever they lead, until each kind was pressed."""
        while data := next(filter(self.is_new, self.calls(message)), None):
            self.pressed[kind_of(data)] += 1
            self.desk.clock.pass_time(seconds=1)
            with capture_logs() as logs:
                answer = await reader.press(data, message=message)
                await until(lambda logs=logs: bool(logs))  # type: ignore[misc] # mypy does not infer lambdas' defaults
            assert [log["event"] for log in logs if log["event"] != "update_handled"] == []
            self.look_at_text(answer.text)
            self.look_at(message)

    async def take(self, reader: Reader, question: Message, button: int) -> None:
        """Answer the question by one of its buttons, after which there are none."""
        answer = await tap(reader, question.labels[button], question)
        self.look_at_text(answer.text)
        self.look_at(question)
        assert question.labels == []

    def is_new(self, data: str) -> bool:
        leads_away = data.startswith(DELETES_EVERYTHING) or (
            data.startswith(SPEAKS) and data != f"{SPEAKS}{self.language}"
        )
        return not leads_away and self.pressed[kind_of(data)] < OF_A_KIND

    @staticmethod
    def calls(message: Message) -> list[str]:
        return [str(one["callback_data"]) for one in message.buttons if "callback_data" in one]

    def look_at(self, message: Message) -> None:
        self.look_at_text(html.unescape(re.sub(r"<code>.*?</code>|<[^>]*>", " ", message.html)))
        for label in message.labels:
            self.look_at_text(label)
            assert width(label) <= LONGEST, label

    def look_at_text(self, text: str) -> None:
        assert not [key for key in KEY.findall(text) if key in ENGLISH], text
        if not self.is_latin:
            assert foreign_words(text, self.typed) == [], text


def kind_of(data: str) -> str:
    return re.sub(r"\d+", "0", data)


def foreign_words(text: str, typed: Collection[str]) -> list[str]:
    """Return the Latin words that nobody named."""
    text = re.sub(r"https?://\S+|/[a-z]+\b|x{8,}", " ", FIELD.sub(" ", text))
    for known in sorted((*NAMES, *typed), key=len, reverse=True):
        text = re.sub(
            rf"(?<![A-Za-z]){re.escape(known)}(?![A-Za-z])", " ", text, flags=re.IGNORECASE
        )
    return [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in UNIVERSAL]


@pytest.mark.parametrize("language", languages())
async def test_everything_is_said_in_the_readers_language(desk: Desk, language: str) -> None:
    mina = desk.reader("Mina", language)
    await settled(desk, mina, language=language)
    walk = Walk(desk, language)
    for command, row in TABLE.items():
        typed = ["", *(read(row)[0] for read in INPUTS.values()), row.right]
        for behind in dict.fromkeys(typed):
            await walk.ask(mina, f"/{command} {behind}".strip()[:4_096])
            if command == "language":  # where it was chosen, it stays
                await walk.ask(mina, f"/language {language}")
            await walk.press_all(mina, mina.last)

    assert set(TABLE) == set(COMMANDS)
    assert len(walk.pressed) > 60


@pytest.mark.parametrize("language", languages())
async def test_alerts_and_what_leads_on_from_them_are_in_the_readers_language(
    desk: Desk, language: str
) -> None:
    mina = desk.reader("Mina", language)
    walk = Walk(desk, language)
    await walk.ask(mina, "/follow economy")
    await walk.ask(mina, "/alerts ports")
    mina.skip()
    now = desk.clock()
    await desk.deliver(teaser("quay", sections=[ECONOMY], labels=[PRO], published=now))
    alert = await mina.next_message()
    walk.look_at(alert)
    await walk.press_all(mina, alert)
    for command in ("/why", "/mute", "/save"):
        answer = await reply(mina, command, alert)
        walk.look_at(answer)
        await walk.press_all(mina, answer)
    many = [teaser(f"pier-{n}", sections=[ECONOMY], published=now) for n in range(5)]
    await walk.ask(mina, "/unmute economy, nk pro")
    await walk.ask(mina, "/usual economy")
    mina.skip()
    await desk.deliver(*many)
    bundle = await mina.next_message()
    walk.look_at(bundle)
    for command in ("/why", "/save"):
        several = await reply(mina, command, bundle)
        walk.look_at(several)
        await walk.press_all(mina, several)


@pytest.mark.parametrize("language", languages())
async def test_moving_and_deleting_are_told_in_the_readers_language(
    desk: Desk, language: str
) -> None:
    old, new = desk.reader("Mina", language), desk.reader("Nari", language)
    await settled(desk, old, language=language)
    walk = Walk(desk, language)
    await walk.ask(old, "/pause")

    await walk.ask(old, f"/move {await code(old)}")
    await walk.ask(new, "/move AAAA-AAAA-AAAA")
    await walk.take(new, await walk.ask(new, f"/move {await code(old)}"), NO)
    for _ in range(2):  # the second time there is nothing left to be moved
        question = await walk.ask(new, f"/move {await code(old)}")
        old.skip()
        await walk.take(new, question, YES)
        await old.next_message()
    assert await desk.state(old.id) == State()
    for told in old.messages:
        walk.look_at(told)
    for button in (NO, YES):
        await walk.take(new, await walk.ask(new, "/stop"), button)


@pytest.mark.parametrize("language", languages())
async def test_a_channel_is_set_up_in_the_language_of_whoever_does_it(
    desk: Desk, language: str
) -> None:
    """Also what is told of it later; its posts speak its own."""
    mina = desk.reader("Mina", language)
    world = desk.server.world
    wire = world.channel("The wire", admins=[mina.person])
    walk = Walk(desk, language)
    await walk.ask(mina, f"/channel {wire.id}")
    await walk.press_all(mina, mina.last)
    for command in ("settings", "following", "language ko", "pause", "channel", "done", "channel"):
        await walk.ask(mina, f"/{command}")
        await walk.press_all(mina, mina.last)
    mina.skip()

    world.memberships.silence_bot(wire.id, by=mina.id)
    walk.look_at(await mina.next_message())
    world.memberships.remove_bot(wire.id, by=mina.id)
    walk.look_at(await mina.next_message())
    world.memberships.promote_bot(wire.id, by=mina.id)
    walk.look_at(await mina.next_message())
