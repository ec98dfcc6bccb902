"""/save: an article goes on the reading list, by its address or by the message that shows it.

Any message will do that links to articles: an alert, an edition, results, what somebody forwarded.
"""

from dataclasses import replace
from typing import Final

from bot.domain.article import Article
from bot.domain.reading_list import MOST_SAVED
from bot.services.reading_list import Candidate, SaveFault
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.links import typed_address
from bot.telegram.handlers.saving_button import change, number_button, refused, told, wanted
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.letters import save_button
from bot.texts.numbers import format_number
from bot.texts.parts import headline

_TOLD: Final = "save-told"
#: With headlines of 100 units a message holds so many, and the buttons are still looked through.
_MOST_ARTICLES: Final = 20
_LONGEST_HEADLINE: Final = 100


async def save(turn: Turn) -> Reply:
    if turn.typed:
        return await _of_address(turn)
    if turn.answered is None:
        return Reply(letter=_how(turn), outcome="explained")
    found = await turn.services.saved.shown_in(turn.subscriber, turn.answered, turn.links)
    if not found:
        return Reply(letter=_how(turn, "save.no-article"), outcome="no article")
    if len(found) > 1:
        return Reply(letter=_which(turn, found), outcome="offered")
    return await _save(turn, found[0].article)


async def _of_address(turn: Turn) -> Reply:
    try:
        article = await turn.services.saved.find(typed_address(turn.typed))
    except ValueError:
        return Reply(letter=_how(turn, "why.no-address"), outcome="explained")
    if article is None:
        told = turn.texts.t("absent.unknown", site=turn.services.site.name)
        return Reply(letter=Letter(html=told), outcome="unknown article")
    return await _save(turn, article)


async def _save(turn: Turn, article: Article) -> Reply:
    saving = await turn.services.saved.save(turn.subscriber, article.id)
    if saving.fault is SaveFault.FULL:
        html = turn.texts.t("save.full", most=format_number(MOST_SAVED, turn.language))
        return Reply(letter=Letter(html=html, rows=(list_row(turn),)), outcome="full")
    key = "save.done" if saving.changed else "save.there"
    outcome = "saved" if saving.changed else "unchanged"
    return Reply(letter=_letter(turn, article, key, is_saved=True), outcome=outcome)


def _how(turn: Turn, problem: str = "") -> Letter:
    how = turn.texts.t("save.how", url=turn.services.site.url)
    html = joined("\n\n", [turn.texts.t(problem) if problem else Html(""), how])
    return Letter(html=html, rows=(list_row(turn),))


def _letter(turn: Turn, article: Article, key: str, *, is_saved: bool) -> Letter:
    texts = turn.texts
    button = save_button(texts, article.id, is_saved=is_saved)
    call = Call(action=_TOLD, arguments=button.call.arguments if button.call else ())
    html = joined("\n", [texts.t(key), headline(article, texts)])
    return Letter(html=html, rows=((replace(button, call=call),), list_row(turn)))


def list_row(turn: Turn) -> tuple[Button, ...]:
    """Return the way to the list."""
    call = Call(action="saved", arguments=(0,))
    return (Button(text=turn.texts.plain("save.list"), call=call),)


def _which(turn: Turn, found: list[Candidate]) -> Letter:
    shown, rest = found[:_MOST_ARTICLES], len(found) - _MOST_ARTICLES
    entries = [
        turn.texts.t("save.entry", number=number, headline=_headline(turn, one))
        for number, one in enumerate(shown, 1)
    ]
    more = turn.texts.n("save.more", rest) if rest > 0 else Html("")
    html = joined("\n\n", [turn.texts.t("save.which"), joined("\n", entries), more])
    return Letter(html=html, rows=(*_numbers(shown), list_row(turn)))


def _headline(turn: Turn, one: Candidate) -> Html:
    return headline(one.article, turn.texts, _LONGEST_HEADLINE)


def _numbers(shown: list[Candidate]) -> Rows:
    leading = [
        number_button(number, one.article.id, is_saved=one.is_saved)
        for number, one in enumerate(shown, 1)
    ]
    return buttons.by_fives(leading)


async def set_and_tell(turn: Turn, arguments: Arguments) -> Reaction:
    """Save the article or take it off, and say in the message how it is now."""
    article_id, is_saved = arguments.number(), wanted(arguments)
    saving = await change(turn, article_id, is_saved=is_saved)
    if saving.fault or saving.article is None:
        return refused(turn, saving.fault or SaveFault.GONE)
    key = "save.done" if is_saved else "save.off"
    letter = _letter(turn, saving.article, key, is_saved=is_saved)
    return replace(told(turn, saving, is_saved=is_saved), letter=letter)


COMMANDS: Final = {"save": Command(save, Changes.WITH_OBJECT)}
PRESSES: Final = {_TOLD: Press(set_and_tell, Changes.ALWAYS)}
