"""The site's RSS 2.0 feed, in the shape that WordPress gives it."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Final

from bot.demo.newsroom.article import SiteArticle

#: As many as the feed that is imitated holds.
FEED_LENGTH: Final = 300

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
\t<title>{title}</title>
\t<atom:link href="{url}/feed/" rel="self" type="application/rss+xml" />
{hub}\t<link>{url}/</link>
\t<description>Invented news for a demonstration</description>
\t<lastBuildDate>{built}</lastBuildDate>
\t<language>en-US</language>
"""


def feed_xml(
    articles: Iterable[SiteArticle],
    *,
    title: str,
    url: str,
    changed: datetime,
    hub: str | None = None,
) -> bytes:
    """Return the feed of these articles; the same articles give the same bytes."""
    link = f'\t<atom:link href="{escape(hub)}" rel="hub" />\n' if hub else ""
    built = format_datetime(changed)
    head = _HEAD.format(title=escape(title), url=url, built=built, hub=link)
    items = "".join(_item(article, url) for article in articles)
    return f"{head}{items}</channel>\n</rss>\n".encode()


def _item(article: SiteArticle, url: str) -> str:
    terms = [topic.name for topic in article.sections]
    terms += [term_of(topic.name) for topic in article.labels]
    categories = "".join(f"\t\t<category><![CDATA[{term}]]></category>\n" for term in terms)
    return (
        "\t<item>\n"
        f"\t\t<title>{escape(article.headline)}</title>\n"
        f"\t\t<link>{url}{article.path}</link>\n"
        f"{_creators(article.authors)}"
        f"\t\t<pubDate>{format_datetime(article.published)}</pubDate>\n"
        f"{categories}"
        f'\t\t<guid isPermaLink="false">{url}/?p={post_id(article)}</guid>\n'
        f"\t\t<description><![CDATA[<p>{escape(article.dek)}</p>]]></description>\n"
        "\t</item>\n"
    )


def _creators(authors: tuple[str, ...]) -> str:
    """Two authors share one element, three have one each: both are met in the wild."""
    joined = (" and ".join(authors),) if len(authors) == 2 else authors  # noqa: PLR2004 - a pair
    return "".join(f"\t\t<dc:creator><![CDATA[{name}]]></dc:creator>\n" for name in joined)


def term_of(label_name: str) -> str:
    """Return the term that stands for a label: NK PRO is `NK Pro`, COLUMN is `Column`."""
    return "NK Pro" if label_name == "NK PRO" else label_name.capitalize()


def post_id(article: SiteArticle) -> int:
    """Return a number that stays the article's own, as WordPress's post id does."""
    value = 0
    for char in article.slug.encode():
        value = (value * 131 + char) % 9_000_019
    return value + 1
