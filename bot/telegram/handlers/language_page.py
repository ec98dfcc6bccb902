"""/language: what the bot speaks in this chat."""

from dataclasses import replace
from typing import Final

from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import (
    Changes,
    Command,
    Press,
    Reaction,
    Reply,
    Turn,
    menu_language,
)
from bot.texts.catalogue import Texts
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.tongues import find_language, own_name
from bot.texts.translations import languages, spoken

#: What a button says for "as Telegram tells it"; no language has this tag.
_USUAL: Final = "usual"
_LONGEST_TYPED: Final = 40


async def language(turn: Turn) -> Reply:
    """Say which language is spoken; with another behind the command, speak that."""
    if not turn.typed:
        return Reply(letter=_page(turn), outcome="shown")
    wanted = _wanted(turn)
    if wanted is None:
        typed = isolated(clip(clean(turn.typed), _LONGEST_TYPED))
        line = turn.texts.t("language.unknown", typed=typed)
        return Reply(letter=_page(turn, line), outcome="unclear")
    after = await _set(turn, wanted)
    menu = menu_language(turn.subscriber, after.subscriber)
    return Reply(letter=_page(after), outcome=_outcome(turn, after), menu=menu)


async def open_page(turn: Turn, _arguments: Arguments) -> Reaction:
    return Reaction(letter=_page(turn), outcome="shown")


async def choose(turn: Turn, arguments: Arguments) -> Reaction:
    wanted = arguments.word()
    if wanted not in (_USUAL, *languages()):
        raise StaleButtonError
    after = await _set(turn, wanted)
    toast = after.texts.plain("toast.language", language=own_name(_spoken(after)))
    menu = menu_language(turn.subscriber, after.subscriber)
    return Reaction(letter=_page(after), toast=toast, outcome=_outcome(turn, after), menu=menu)


def language_line(turn: Turn) -> Html:
    """Return which language is spoken, for the page of all settings."""
    return turn.texts.t("settings.language", language=own_name(_spoken(turn)))


def _spoken(turn: Turn) -> str:
    """Return the language of the chat's texts; whoever sets up a channel may read another."""
    return Texts(turn.subscriber.language).language


def _wanted(turn: Turn) -> str | None:
    """Return the tag of what was typed, or the word for "as usual"; None where it is neither."""
    typed = clean(turn.typed).casefold()
    for texts in (turn.texts, Texts("")):
        if typed in texts.plain("language.usual-words").casefold().split(", "):
            return _USUAL
    return find_language(typed, turn.language)


async def _set(turn: Turn, wanted: str) -> Turn:
    """Have the chat speak the language; return its turn in that language.

    Where Telegram tells the same language with a region, as in "en-US", that is kept for dates.
    """
    usual = turn.usual_language
    is_chosen = wanted != _USUAL
    tag = wanted if is_chosen and spoken(usual) != wanted else usual
    subscriber = await turn.services.subscriptions.set_language(
        turn.subscriber, tag, chosen=is_chosen
    )
    texts = Texts(tag) if turn.private is None else turn.texts
    return replace(turn, subscriber=subscriber, texts=texts)


def _outcome(before: Turn, after: Turn) -> str:
    return "unchanged" if before.subscriber == after.subscriber else "changed"


def _page(turn: Turn, *before: Html) -> Letter:
    spoken_now = own_name(_spoken(turn))
    now = turn.texts.t(_now_key(turn), language=spoken_now)
    html = joined("\n\n", [*before, now, turn.texts.t("language.how")])
    return Letter(html=html, rows=_rows(turn))


def _now_key(turn: Turn) -> str:
    if turn.subscriber.language_chosen:
        return "language.chosen"
    if spoken(turn.usual_language) is None:
        return "language.instead"
    return "language.of-site" if turn.subscriber.kind.is_shared else "language.of-telegram"


def _rows(turn: Turn) -> Rows:
    chosen = _spoken(turn) if turn.subscriber.language_chosen else _USUAL
    choices = [_choice(own_name(one), one, chosen) for one in languages()]
    key = "language.like-site" if turn.subscriber.kind.is_shared else "language.like-telegram"
    usual = _choice(turn.texts.plain(key), _USUAL, chosen)
    return (*buttons.laid_out(choices), (usual,), buttons.settings_row(turn.texts))


def _choice(text: str, tag: str, chosen: str) -> Button:
    call = Call(action="language-set", arguments=(tag,))
    return buttons.marked(text, call, is_chosen=tag == chosen)


COMMANDS: Final = {"language": Command(language, Changes.WITH_ARGUMENT)}
PRESSES: Final = {
    "language": Press(open_page),
    "language-set": Press(choose, Changes.ALWAYS),
}
