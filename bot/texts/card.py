"""An article as a card to choose: plain text and a picture, and the message that it becomes."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from bot.domain.article import Article
from bot.texts import parts
from bot.texts.catalogue import Texts
from bot.texts.escape import is_openable, plain
from bot.texts.letter import Letter
from bot.texts.letters import shared_letter

_LONGEST_TITLE: Final = 200
_LONGEST_DEK: Final = 120
_MOST_AUTHORS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is chosen, and what is sent."""

    id: str
    title: str
    #: Dek, and below it label, authors and date.
    description: str
    #: Address of the picture.
    picture: str | None
    letter: Letter


def card(article: Article, zone: tzinfo, language: str) -> Card:
    texts = Texts(language)
    title = parts.shown(article.headline, _LONGEST_TITLE) or texts.plain("article.untitled")
    label = parts.label_names(article)[:1]
    below = parts.byline(article, zone, language, *label, most_authors=_MOST_AUTHORS)
    lines = [plain(parts.dek(article, _LONGEST_DEK)), plain(below)]
    picture = article.picture
    return Card(
        id=str(article.id),
        title=title,
        description="\n".join(line for line in lines if line),
        picture=picture if picture and is_openable(picture) else None,
        letter=shared_letter(article, zone=zone, language=language),
    )
