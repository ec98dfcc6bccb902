"""Markdown as CommonMark has it: a list of links, in the reader's language."""

import re
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from bot.domain.reading_list import SavedArticle
from bot.domain.topic import TopicKind
from bot.texts.catalogue import Texts
from bot.texts.clip import clean
from bot.texts.dates import format_published
from bot.texts.exports import fields

#: Whatever may mean something to CommonMark or to one of its many extensions.
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&=$:@^\"'])")
_BREAK: Final = "  \n  "
_DOT: Final = " · "


def markdown(items: Sequence[SavedArticle], zone: tzinfo, language: str) -> str:
    texts = Texts(language)
    entries = [_entry(item, zone, language, texts) for item in items]
    return f"# {_escaped(texts.plain('export.title'))}\n\n" + "\n".join(entries) + "\n"


def _entry(item: SavedArticle, zone: tzinfo, language: str, texts: Texts) -> str:
    article = item.article
    headline = clean(article.headline) or texts.plain("article.untitled")
    about = [
        ", ".join(fields.names(article, TopicKind.AUTHOR)),
        *fields.names(article, TopicKind.SECTION, TopicKind.LABEL),
        format_published(article.published, zone, language),
    ]
    lines = [
        f"- [{_escaped(headline)}](<{_address(article.url)}>)",
        _escaped(fields.dek(article)),
        _escaped(_DOT.join(part for part in about if part)),
    ]
    return _BREAK.join(line for line in lines if line)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _address(url: str) -> str:
    return re.sub(r"([\\<>&])", r"\\\1", clean(url))
