"""An invented site's section pages."""

from bot.domain.article import Teaser
from bot.sources.found import Found
from bot.sources.page import read_page
from bot.sources.profile import Selectors, SiteProfile

SITE = "https://www.tidewater.example"
NAMES = ("heron", "fog", "crane", "buoy")
RICH = "<h2><a href='HREF'>NAME</a></h2><p>Quiet night falls</p><p>Ida Holm May 1, 2024</p>"
BARE = (
    "<ul><li><a href='/2024/01/old/'>Old</a></li><li><a href='/2024/01/older/'>Older</a></li></ul>"
)
DATED = BARE.replace("</a>", "</a> <span>May 1, 2020</span>")


def read(html: str, profile: SiteProfile, selectors: Selectors | None = None) -> Found:
    url = f"{SITE}/tag/harbour/"
    body = f"<!doctype html><meta charset=utf-8><body>{html}".encode()
    return read_page(body, content_type="text/html", url=url, profile=profile, selectors=selectors)


def card(name: str, inner: str) -> str:
    return f"<div>{inner.replace('HREF', f'{SITE}/2024/08/{name}/').replace('NAME', name)}</div>"


def cards(inner: str) -> str:
    return "".join(card(name, inner) for name in NAMES)


def told(teaser: Teaser) -> tuple[str, str, list[str], list[str], str]:
    day = f"{teaser.published.at:%Y-%m-%d}" if teaser.published else ""
    authors = [author.name for author in teaser.authors]
    return teaser.headline, teaser.dek, authors, [label.key for label in teaser.labels], day
