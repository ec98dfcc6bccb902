"""The seed's articles as a site would show them: pages in five layouts, feed, posts."""

import json
from collections.abc import Callable, Sequence
from html import escape

from tests.aids.seed import SITE, SeedArticle

Layout = Callable[[Sequence[SeedArticle], str], str]

_PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


def three_headlines(articles: Sequence[SeedArticle], site: str) -> str:
    """As the site does today: phone title, desktop title, lazy picture, avatar, byline."""
    return _page(articles, site, "".join(_three_headlines(each, site) for each in articles))


def _three_headlines(article: SeedArticle, site: str) -> str:
    href, headline = site + article.path, escape(article.headline)
    badge = f'<div class="badge">{article.label}</div>' if article.label else ""
    avatars = "".join(
        f'<img class="avatar" alt="{escape(n)}" src="/a.jpg">' for n in article.authors
    )
    return f"""
    <div class="post type-post"><div class="row">
      <h3 class="phone"><a href="{href}">{headline}</a></h3>
      {badge}
      <h3 class="desktop"><a href="{href}">{headline}</a></h3>
      <p class="post-excerpt">{escape(article.dek)}</p>
      <a href="{href}"><img src="{_PIXEL}" data-src="/p{article.path}p.jpg" alt="{headline}">
        <noscript><img src="/p{article.path}p.jpg" alt="{headline}"></noscript></a>
      <div class="by">{avatars}
        <span>{escape(" | ".join(article.authors))} {article.written_day}</span></div>
    </div></div>"""


def one_headline(articles: Sequence[SeedArticle], site: str) -> str:
    """An older theme: list items, `time` elements, authors as links, badge within the heading."""
    items = "".join(_one_headline(each, site) for each in articles)
    return _page(articles, site, f"<ul class='x1'>{items}</ul>")


def _one_headline(article: SeedArticle, site: str) -> str:
    badge = f"<span class='c7'>{article.label}</span> " if article.label else ""
    names = " and ".join(f"<a href='{site}/author/x/'>{escape(n)}</a>" for n in article.authors)
    shown = f"{article.day:%b} {article.day.day}, {article.day.year}"
    return f"""
    <li><article><header>
      <h2>{badge}<a href="{article.path}?utm_source=tag">{escape(article.headline)}</a></h2>
      </header>
      <div>{escape(article.dek)}</div>
      <footer>By {names}<time datetime="{article.day:%Y-%m-%d}">{shown}</time></footer>
    </article></li>"""


def linked_cards(articles: Sequence[SeedArticle], site: str) -> str:
    """One link around each whole card, everything a span or div, no heading, British dates."""
    cards = "".join(_linked_card(each, site) for each in articles)
    rows = f"<div class='g'>{cards}</div>"
    return _page(articles, site, rows)


def _linked_card(article: SeedArticle, site: str) -> str:
    badge = f"<span class='t'>{article.label}</span>" if article.label else ""
    names = "".join(f"<span class='n'>{escape(name)}</span>" for name in article.authors)
    return (
        f'<a class="k" href="{site}{article.path}"><picture><source srcset="/w.webp">'
        f'<img srcset="/p{article.path}s.jpg 300w, /l.jpg 900w" alt=""></picture>{badge}'
        f"<div class='h'>{escape(article.headline)}</div><div class='d'>{escape(article.dek)}</div>"
        f"<div class='m'>{names}<span>{article.day.day} {article.day:%B %Y}</span></div></a>"
    )


def loose_paragraphs(articles: Sequence[SeedArticle], site: str) -> str:
    """Nothing wraps a teaser; straight quotes in the repeated headline; date on its own line."""
    return _page(articles, site, "".join(_loose(each, site) for each in articles))


def _loose(article: SeedArticle, site: str) -> str:
    href = site.replace("https:", "http:") + article.path
    straight = article.headline.replace("\u2018", "'").replace("\u2019", "'")
    badge = f"<p>{article.label}</p>" if article.label else ""
    names = "".join(f"<p>{escape(name)}</p>" for name in article.authors)
    return f"""
    <h3><a href="{href}">{escape(article.headline)}</a></h3>
    <a href="{href}"><span class="screen-reader-text">{escape(straight)}</span></a>{badge}
    <p>{escape(article.dek)}</p>{names}<p>{article.written_day}</p>"""


def avatar_texts(articles: Sequence[SeedArticle], site: str) -> str:
    """The seed's text line by line: the picture's and avatar's texts are on the page."""
    return _page(articles, site, "".join(_avatar_texts(each, site) for each in articles))


def _avatar_texts(article: SeedArticle, site: str) -> str:
    href, headline = site + article.path, escape(article.headline)
    lines = [f"<a href='{href}'>{headline}</a>", article.label, f"<a href='{href}'>{headline}</a>"]
    lines += [escape(article.dek), f"<a href='{href}'>{headline}</a>"]
    lines += [escape(name) for name in article.authors]
    lines += [f"{escape(' | '.join(article.authors))} {article.written_day}"]
    return f"<section>{''.join(f'<div>{line}</div>' for line in lines if line)}</section>"


LAYOUTS: tuple[Layout, ...] = (
    three_headlines,
    one_headline,
    linked_cards,
    loose_paragraphs,
    avatar_texts,
)


def feed(articles: Sequence[SeedArticle], site: str = SITE) -> bytes:
    """Return the articles as WordPress's RSS, published at noon of their day, Seoul time."""
    items = "".join(_item(article, site) for article in articles)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>NK News</title>'
        f"<link>{site}</link><description>x</description>{items}</channel></rss>"
    ).encode()


def _item(article: SeedArticle, site: str) -> str:
    creators = "".join(f"<dc:creator><![CDATA[{name}]]></dc:creator>" for name in article.authors)
    terms = ["Foreign Relations", *([article.label.title()] if article.label else [])]
    categories = "".join(f"<category><![CDATA[{term}]]></category>" for term in terms)
    link = f"{site}{article.path}?utm_source=rss&amp;utm_medium=rss"
    headline = escape(article.headline).replace("\u2018", "&#8216;").replace("\u2019", "&#8217;")
    return (
        f"<item><title>{headline}</title><link>{link}</link>{creators}"
        f"<pubDate>{article.day:%a, %d %b %Y} 03:00:00 +0000</pubDate>{categories}"
        f'<guid isPermaLink="false">{site}/?p=1</guid>'
        f"<description><![CDATA[<p>{escape(article.dek)}</p>\n<p>The post <a href='{link}'>x</a>"
        f" appeared first on <a href='{site}'>NK News</a>.</p>]]></description>"
        "<content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded></item>"
    )


def posts(articles: Sequence[SeedArticle], site: str = SITE) -> bytes:
    """Return the articles as `/wp-json/wp/v2/posts?_embed` does."""
    return json.dumps([_post(article, site) for article in articles]).encode()


def _post(article: SeedArticle, site: str) -> dict[str, object]:
    terms = [{"name": "Foreign Relations", "taxonomy": "post_tag"}]
    if article.label:
        terms.append({"name": article.label.title(), "taxonomy": "category"})
    return {
        "date_gmt": f"{article.day:%Y-%m-%d}T03:00:00",
        "link": site + article.path,
        "title": {"rendered": escape(article.headline).replace("\u2019", "&#8217;")},
        "excerpt": {"rendered": f"<p>{escape(article.dek)}</p>\n"},
        "_embedded": {
            "author": [{"name": name} for name in article.authors],
            "wp:term": [terms],
            "wp:featuredmedia": [{"source_url": f"{site}/p{article.path}p.jpg"}],
        },
    }


def _page(articles: Sequence[SeedArticle], site: str, main: str) -> str:
    """Return the page around the teasers, with links to articles that are none of its own."""
    other = [f"{site}/2020/01/elsewhere-{number}/" for number in range(4)]
    popular = "".join(f'<li><a href="{href}">Elsewhere, {href[-2]}</a></li>' for href in other)
    popular += f'<li><a href="{site}{articles[0].path}">{escape(articles[0].headline)}</a></li>'
    return f"""<!doctype html><html><head>
    <meta charset="utf-8"><base href="{site}/"><title>Foreign Relations</title></head>
    <body><header><nav><a href="{site}/">Home</a><a href="{site}/tag/economy/">Economy</a>
    <a href="{other[0]}">Elsewhere, in the menu</a></nav></header>
    <p>March 09, 2025</p><main><h1>Foreign Relations</h1><p>All between capitals</p>
    {main}<nav><a href="{site}/tag/foreign-relations/page/2/">Older</a></nav></main>
    <aside><h2>Most read</h2><ol>{popular}</ol></aside>
    <div class="widget"><h4>Editor's picks</h4><ul>{popular}</ul></div>
    <footer><a href="{other[1]}">About that story</a><p>&copy; 2025</p></footer></body></html>"""
