"""Muting the story of an alert: by /mute as a reply to it, or by a button."""

from typing import Final

from bot.domain.article import Article
from bot.telegram.calls import StaleButtonError
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.row_patch import patched
from bot.telegram.handlers.turn import Changes, Press, Reaction, Reply, Turn
from bot.texts.catalogue import Texts
from bot.texts.escape import joined
from bot.texts.letter import Button, Call, Letter
from bot.texts.parts import headline

_SET: Final = "story-set"
#: The same under the answer to /mute, whose text tells how it is.
_SET_AND_TELL: Final = "story-page"
_MUTE, _UNMUTE = "m", "n"


async def mute_answered(turn: Turn, example: str) -> Reply | None:
    """Mute the story of the alert that the message answers; None where it is no alert."""
    if turn.answered is None:
        return None
    article = await turn.services.stories.mute(turn.subscriber, turn.answered)
    if article is not None:
        return Reply(letter=_letter(turn, article, is_muted=True), outcome="story muted")
    if not await turn.services.why.of_message(turn.subscriber, turn.answered):
        return None
    letter = Letter(html=turn.texts.t("story.which", example=example))
    return Reply(letter=letter, outcome="unclear")


def story_button(
    texts: Texts, article_id: int, *, is_muted: bool = False, action: str = _SET
) -> Button:
    """Return the button that mutes a story, or takes that back."""
    key, target = ("story.unmute", _UNMUTE) if is_muted else ("story.mute", _MUTE)
    call = Call(action=action, arguments=(article_id, target))
    return Button(text=texts.plain(key), call=call)


def _letter(turn: Turn, article: Article, *, is_muted: bool) -> Letter:
    texts = turn.texts
    told = texts.t("story.muted" if is_muted else "story.unmuted")
    button = story_button(texts, article.id, is_muted=is_muted, action=_SET_AND_TELL)
    return Letter(html=joined("\n", [told, headline(article, texts)]), rows=((button,),))


async def set_story(turn: Turn, arguments: Arguments) -> Reaction:
    """Mute the article's story or take that back; the button then does the other."""
    article, is_muted = await _set(turn, arguments)
    if article is None:
        return _gone(turn)
    button = story_button(turn.texts, article.id, is_muted=is_muted)
    rows = patched(turn, (_SET,), article.id, ((button,),))
    return Reaction(rows=rows, toast=_toast(turn, is_muted=is_muted), outcome="changed")


async def set_and_tell(turn: Turn, arguments: Arguments) -> Reaction:
    """Do the same, and say in the message how it is now."""
    article, is_muted = await _set(turn, arguments)
    if article is None:
        return _gone(turn)
    letter = _letter(turn, article, is_muted=is_muted)
    return Reaction(letter=letter, toast=_toast(turn, is_muted=is_muted), outcome="changed")


async def _set(turn: Turn, arguments: Arguments) -> tuple[Article | None, bool]:
    article_id, target = arguments.number(), arguments.word()
    if target not in (_MUTE, _UNMUTE):
        raise StaleButtonError
    stories, is_muted = turn.services.stories, target == _MUTE
    act = stories.mute_of if is_muted else stories.unmute
    return await act(turn.subscriber, article_id), is_muted


def _gone(turn: Turn) -> Reaction:
    return Reaction(toast=turn.texts.plain("button.article-gone"), outcome="gone")


def _toast(turn: Turn, *, is_muted: bool) -> str:
    return turn.texts.plain("toast.story-muted" if is_muted else "toast.story-unmuted")


PRESSES: Final = {
    _SET: Press(set_story, Changes.ALWAYS),
    _SET_AND_TELL: Press(set_and_tell, Changes.ALWAYS),
}
