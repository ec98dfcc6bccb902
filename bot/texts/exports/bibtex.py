r"""BibTeX for LaTeX and for reference managers, in UTF-8.

An entry is an `@online` one, with the `date` of biblatex and the `year` and `month` of the older
styles. A title stands in braces of its own, so that no style changes its capitals. Braces in a
text are written by name, since BibTeX counts those that it meets, escaped or not.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from bot.domain.article import Article
from bot.domain.reading_list import SavedArticle
from bot.domain.topic import TopicKind
from bot.texts.clip import clean
from bot.texts.exports import fields

_ESCAPED: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)
#: What LaTeX would join to another character where it stands twice.
_JOINED: Final = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[?!])(?=`)")
#: An address is not read as LaTeX, but its braces are counted.
_IN_ADDRESS: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
#: A name that BibTeX would part at the wrong place.
_ODD_NAME: Final = re.compile(r",|\band\b|^others$", re.IGNORECASE)
_WORD: Final = re.compile(r"[a-z0-9]+")
_NAMELESS: Final = "article"


def bibtex(items: Sequence[SavedArticle], zone: tzinfo, site: str) -> str:
    keys = _keys([item.article for item in items], zone)
    entries = [_entry(item, keys[item.article.id], zone, site) for item in items]
    return "\n".join(entries)


def _entry(item: SavedArticle, key: str, zone: tzinfo, site: str) -> str:
    article = item.article
    day = fields.day(article.published, zone)
    keywords = fields.names(article, TopicKind.SECTION, TopicKind.LABEL)
    values = {
        "author": " and ".join(map(_name, fields.names(article, TopicKind.AUTHOR))),
        "title": f"{{{_latex(clean(article.headline))}}}",
        "organization": _latex(clean(site)),
        "date": day.isoformat(),
        "year": f"{day.year:04}",
        "url": clean(article.url).translate(_IN_ADDRESS),
        "urldate": item.saved_at.astimezone(zone).date().isoformat(),
        "abstract": _latex(fields.dek(article)),
        "keywords": ", ".join(_latex(word).replace(",", "{,}") for word in keywords),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
    lines.append(f"  month = {_MONTHS[day.month - 1]},")
    return "\n".join([f"@online{{{key},", *lines, "}\n"])


def _latex(text: str) -> str:
    """Return the text escaped; the breaks come last, for they are LaTeX themselves."""
    return _JOINED.sub("{}", text.translate(_ESCAPED))


def _name(name: str) -> str:
    """Return the name; kept whole in braces where BibTeX would part it.

    A name with commands in it is no person's, and some readers part it wrongly, too.
    """
    latex = _latex(name)
    return f"{{{latex}}}" if _ODD_NAME.search(name) or "\\" in latex else latex


def _keys(articles: Sequence[Article], zone: tzinfo) -> dict[int, str]:
    """Return a key for each article; the oldest of several alike keeps it as it is.

    So the keys of a list stay as they are when younger articles are saved.
    """
    taken: dict[str, int] = {}
    keys: dict[int, str] = {}
    for article in sorted(articles, key=lambda one: one.id):
        key = _plain_key(article, zone)
        taken[key] = number = taken.get(key, 0) + 1
        keys[article.id] = key if number == 1 else f"{key}-{number}"
    return keys


def _plain_key(article: Article, zone: tzinfo) -> str:
    """Return such as "lindqvist2026harbour"."""
    authors = fields.names(article, TopicKind.AUTHOR)
    surname = _words(authors[0])[-1:] if authors else []
    year = fields.day(article.published, zone).year
    return "".join([*(surname or [_NAMELESS]), str(year), *_words(article.headline)[:1]])


def _words(text: str) -> list[str]:
    """Return the words in plain ASCII letters; those of other scripts are left out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.findall(plain.lower().replace("'", ""))
