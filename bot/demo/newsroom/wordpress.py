"""The part of WordPress's REST interface that a reader of news needs: `/wp-json/wp/v2/posts`."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any, Final

from bot.demo.newsroom.article import SITE_ZONE, SiteArticle
from bot.demo.newsroom.feed import post_id, term_of
from bot.domain.topic import slug

_DEFAULT_PER_PAGE: Final = 10
_MOST_PER_PAGE: Final = 100

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsAnswer:
    """One answer of the endpoint; `totals` are headers."""

    status: int
    body: bytes
    totals: dict[str, str]


def posts_answer(
    articles: Sequence[SiteArticle], query: Mapping[str, str], *, url: str
) -> PostsAnswer:
    """Return the page of posts that the query asks for, with WordPress's refusals."""
    per_page, page = _number(query, "per_page", _DEFAULT_PER_PAGE), _number(query, "page", 1)
    if not 1 <= per_page <= _MOST_PER_PAGE or page < 1:
        return _refusal("rest_invalid_param", "Invalid parameter(s): per_page, page")
    pages = math.ceil(len(articles) / per_page)
    if page > max(pages, 1):
        return _refusal(
            "rest_post_invalid_page_number",
            "The page number requested is larger than the number of pages available.",
        )
    shown = articles[(page - 1) * per_page : page * per_page]
    posts = [_post(article, url, embed="_embed" in query) for article in shown]
    totals = {"X-WP-Total": str(len(articles)), "X-WP-TotalPages": str(pages)}
    return PostsAnswer(status=200, body=json.dumps(posts).encode(), totals=totals)


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    """Return the parameter as a number; what is none is out of every range."""
    try:
        return int(query.get(name, default))
    except ValueError:
        return -1


def _refusal(code: str, message: str) -> PostsAnswer:
    body = {"code": code, "message": message, "data": {"status": 400}}
    return PostsAnswer(status=400, body=json.dumps(body).encode(), totals={})


def _post(article: SiteArticle, url: str, *, embed: bool) -> Json:
    link = url + article.path
    post: Json = {
        "id": post_id(article),
        "date": _stamp(article.published.astimezone(SITE_ZONE)),
        "date_gmt": _stamp(article.published.astimezone(UTC)),
        "modified": _stamp(article.changed.astimezone(SITE_ZONE)),
        "modified_gmt": _stamp(article.changed.astimezone(UTC)),
        "slug": article.slug,
        "status": "publish",
        "type": "post",
        "link": link,
        "title": {"rendered": escape(article.headline)},
        "excerpt": {"rendered": f"<p>{escape(article.dek)}</p>\n", "protected": False},
        "categories": [_number_of(topic.key) for topic in article.sections],
        "tags": [_number_of(topic.key) for topic in article.labels],
    }
    if embed:
        post["_embedded"] = _embedded(article, url)
    return post


def _embedded(article: SiteArticle, url: str) -> Json:
    sections = [(topic.name, topic.key) for topic in article.sections]
    labels = [(term_of(topic.name), topic.key) for topic in article.labels]
    return {
        "author": [_author(name, url) for name in article.authors],
        "wp:featuredmedia": [
            {
                "media_type": "image",
                "alt_text": article.headline,
                "source_url": url + article.picture_path,
            }
        ],
        "wp:term": [
            [_term(*pair, "category", url) for pair in sections],
            [_term(*pair, "post_tag", url) for pair in labels],
        ],
    }


def _author(name: str, url: str) -> Json:
    key = slug(name)
    return {"id": _number_of(key), "name": name, "slug": key, "link": f"{url}/author/{key}/"}


def _term(name: str, key: str, taxonomy: str, url: str) -> Json:
    folder = "tag" if taxonomy == "post_tag" else "category"
    return {
        "id": _number_of(key),
        "link": f"{url}/{folder}/{key}/",
        "name": escape(name),
        "slug": key,
        "taxonomy": taxonomy,
    }


def _stamp(moment: datetime) -> str:
    """WordPress writes its times without a zone."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _number_of(key: str) -> int:
    return sum((place + 1) * char for place, char in enumerate(key.encode()))
