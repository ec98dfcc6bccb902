"""What an alert goes on with, and by which words one can tell."""

from typing import Final

from bot.domain.article import Article
from bot.telegram.handlers.turn import Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, italic
from bot.texts.parts import headline

_LONGEST_HEADLINE: Final = 100
_LONGEST_WORD: Final = 40


async def continuation(turn: Turn, article: Article) -> Html:
    """Return a sentence on the earlier article of the story; nothing where this is the first."""
    found = await turn.services.stories.goes_on(turn.subscriber, article)
    if found is None:
        return Html("")
    texts = turn.texts
    came_all_the_same = found.is_muted and not found.is_sure
    words = [italic(isolated(clip(clean(word), _LONGEST_WORD))) for word in found.words]
    return texts.t(
        "story.unsure" if came_all_the_same else "story.goes-on",
        headline=headline(found.article, texts, _LONGEST_HEADLINE),
        words=texts.listing(words),
    )
