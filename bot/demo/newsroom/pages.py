"""The site's HTML: front page, section pages and articles, marked up as WordPress themes do."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from bot.demo.newsroom.article import SECTIONS, SITE_ZONE, SiteArticle
from bot.demo.newsroom.look import STYLE
from bot.domain.topic import Topic, slug

#: Teasers on one section page.
PAGE_LENGTH: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds every page."""

    title: str
    url: str
    popular: Sequence[SiteArticle]


def section_page(frame: Frame, topic: Topic, articles: Sequence[SiteArticle], number: int) -> str:
    """Return page `number` (from 1) of a section."""
    shown = articles[(number - 1) * PAGE_LENGTH : number * PAGE_LENGTH]
    older = ""
    if number * PAGE_LENGTH < len(articles):
        href = f"{frame.url}/tag/{topic.key}/page/{number + 1}/"
        older = f'<nav class="pagination"><a href="{href}">Older articles</a></nav>'
    main = (
        f'<header class="archive"><h1>{escape(topic.name)}</h1>'
        f"<p>{escape(topic.description)}</p></header>\n"
        f"{''.join(_teaser(article, frame.url) for article in shown)}{older}"
    )
    return _document(frame, topic.name, main)


def front_page(frame: Frame, articles: Sequence[SiteArticle]) -> str:
    teasers = "".join(_teaser(article, frame.url) for article in articles[:PAGE_LENGTH])
    return _document(frame, "Latest", f"<h1>Latest</h1>\n{teasers}")


def article_page(frame: Frame, article: SiteArticle) -> str:
    """Return the article's own page, which says that nothing on it happened."""
    picture = frame.url + article.picture_path
    head = (
        f'<meta property="og:title" content="{escape(article.headline)}">\n'
        f'<meta property="og:description" content="{escape(article.dek)}">\n'
        f'<meta property="og:image" content="{picture}">\n'
        f'<link rel="canonical" href="{frame.url}{article.path}">\n'
    )
    main = (
        f'<article class="single">{_badges(article)}<h1>{escape(article.headline)}</h1>\n'
        f'<p class="dek">{escape(article.dek)}</p>\n{_byline(article, frame.url)}\n'
        f'<img class="lead" src="{picture}" alt="">\n'
        '<p class="invented">This article is invented for a demonstration. '
        "Nothing in it happened, and nobody in it exists.</p></article>"
    )
    return _document(frame, article.headline, main, head)


def _teaser(article: SiteArticle, url: str) -> str:
    href, headline = url + article.path, escape(article.headline)
    dek = f'<p class="post-excerpt">{escape(article.dek)}</p>' if article.dek else ""
    return (
        f'<div class="post type-post status-publish"><div class="row">\n'
        f'<div class="col-text"><h3 class="title-phone"><a href="{href}">{headline}</a></h3>\n'
        f'{_badges(article)}<h3 class="title-desktop"><a href="{href}">{headline}</a></h3>\n'
        f"{dek}</div>\n"
        f'<div class="col-picture"><a href="{href}"><img src="{url}{article.picture_path}" '
        f'alt="{headline}" loading="lazy" width="300" height="158"></a></div>\n'
        f"{_byline(article, url)}</div></div>\n"
    )


def _badges(article: SiteArticle) -> str:
    return "".join(
        f'<div class="badge badge-{topic.key}">{escape(topic.name)}</div>\n'
        for topic in article.labels
    )


def _byline(article: SiteArticle, url: str) -> str:
    """Each author's avatar comes first, its alternative text the name; then names and date."""
    avatars = "".join(
        f'<img class="avatar" src="{url}/avatars/{slug(name)}.svg" alt="{escape(name)}">'
        for name in article.authors
    )
    names = " | ".join(
        f'<a class="author" href="{url}/author/{slug(name)}/">{escape(name)}</a>'
        for name in article.authors
    )
    day = article.published.astimezone(SITE_ZONE)
    return (
        f'<div class="byline">{avatars}\n<span class="names">{names}</span> '
        f'<time datetime="{day:%Y-%m-%d}">{day:%B} {day.day}, {day.year}</time></div>'
    )


def _document(frame: Frame, title: str, main: str, head: str = "") -> str:
    sections = "".join(
        f'<li><a href="{frame.url}/tag/{topic.key}/">{escape(topic.name)}</a></li>'
        for topic in SECTIONS
    )
    popular = "".join(
        f'<li><a href="{frame.url}{article.path}">{escape(article.headline)}</a></li>'
        for article in frame.popular
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)} | {escape(frame.title)}</title>\n{head}"
        f'<link rel="alternate" type="application/rss+xml" href="{frame.url}/feed/">\n'
        f"<style>{STYLE}</style></head>\n<body>\n"
        f'<header class="site"><a class="logo" href="{frame.url}/">{escape(frame.title)}</a>'
        f'<nav><ul class="menu">{sections}</ul></nav></header>\n'
        f'<div class="columns"><main>{main}</main>\n'
        f'<aside class="sidebar"><h2>Popular</h2><ul>{popular}</ul></aside></div>\n'
        f'<footer class="site"><p>{escape(frame.title)} is invented, every line of it.</p>'
        f'<ul><li><a href="{frame.url}/feed/">RSS</a></li>'
        f'<li><a href="{frame.url}/about/">About</a></li></ul></footer>\n</body>\n</html>\n'
    )
