"""The newsroom's site profile, as the TOML that `DEKBOT_SITE` may name."""

import json
import re
from typing import Final

from bot.demo.newsroom.article import LABELS, SECTIONS
from bot.demo.newsroom.feed import term_of

#: Health is on the site and not in the profile: the program finds it in the feed by itself.
_LEFT_TO_BE_FOUND: Final = frozenset({"health"})
_PAGES: Final = ("foreign-relations", "nuclear-missiles")


def profile_text(
    url: str, *, poll_interval: str = "2s", page_interval: str = "10s", name: str = "Peninsula Wire"
) -> str:
    """Return the profile of a newsroom at this address (no slash at its end)."""
    article_url = rf"^{re.escape(url)}/(pro/[a-z0-9-]+|\d{{4}}/\d{{2}}/[a-z0-9-]+)/?$"
    head = (
        f"name = {_toml(name)}\n"
        f"url = {_toml(url + '/')}\n"
        'timezone = "Asia/Seoul"\n'
        'language = "en"\n'
        f"poll_interval = {_toml(poll_interval)}\n"
        f"article_url = '{article_url}'\n"
        "retractions = ['(?i)^(correction|retraction)']\n"
    )
    sections = [
        f"[[sections]]\nkey = {_toml(topic.key)}\nname = {_toml(topic.name)}\n"
        f"description = {_toml(topic.description)}\nterms = [{_toml(topic.name)}]\n"
        for topic in SECTIONS
        if topic.key not in _LEFT_TO_BE_FOUND
    ]
    labels = [
        f"[[labels]]\nkey = {_toml(topic.key)}\nname = {_toml(topic.name)}\n"
        + ("url = '/pro/'\n" if topic.key == "nk-pro" else "")
        + f"terms = [{_toml(term_of(topic.name))}]\n"
        for topic in LABELS
    ]
    feed = f'[[sources]]\nkind = "feed"\nurl = {_toml(url + "/feed/")}\n'
    pages = [
        f'[[sources]]\nkind = "page"\nurl = {_toml(f"{url}/tag/{key}/")}\n'
        f"section = {_toml(key)}\npoll_interval = {_toml(page_interval)}\n"
        for key in _PAGES
    ]
    return "\n".join((head, *sections, *labels, feed, *pages))


def _toml(text: str) -> str:
    """Quote as JSON does: without control characters, that is a TOML basic string."""
    return json.dumps(text, ensure_ascii=False)
