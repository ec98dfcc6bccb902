"""Drawn pictures for invented articles: a landscape in colours that the slug decides."""

import hashlib
from html import escape
from random import Random
from typing import Final

from bot.demo.newsroom.article import SiteArticle

_WIDTH: Final = 1200
_HEIGHT: Final = 630

_SVG: Final = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"
 width="{width}" height="{height}" role="img" aria-label="{name}">
<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="hsl({hue} 55% 38%)"/>
<stop offset="1" stop-color="hsl({warm} 70% 72%)"/></linearGradient></defs>
<rect width="{width}" height="{height}" fill="url(#sky)"/>
<circle cx="{sun_x}" cy="{sun_y}" r="{sun_r}" fill="hsl({warm} 90% 86%)" opacity=".9"/>
{hills}
<text x="56" y="566" fill="#fff" font-size="54" font-weight="700" letter-spacing="2"
 font-family="Helvetica, Arial, sans-serif">{name}</text>
</svg>
"""


def picture_svg(article: SiteArticle) -> bytes:
    """Return the article's picture; the same article always gets the same one."""
    seed = int.from_bytes(hashlib.sha256(article.slug.encode()).digest()[:8])
    draw = Random(seed)  # noqa: S311 - a drawing, not a secret
    hue = draw.randrange(360)
    name = article.sections[0].name if article.sections else "News"
    return _SVG.format(
        width=_WIDTH,
        height=_HEIGHT,
        name=escape(name.upper()),
        hue=hue,
        warm=(hue + 40) % 360,
        sun_x=draw.randint(250, 950),
        sun_y=draw.randint(120, 280),
        sun_r=draw.randint(50, 110),
        hills="\n".join(_hill(draw, hue, depth) for depth in range(4)),
    ).encode()


def _hill(draw: Random, hue: int, depth: int) -> str:
    """Draw a ridge across the picture: nearer ones are lower and darker."""
    level = 300 + depth * 75
    points = [(x, level + draw.randint(-60, 60)) for x in range(0, _WIDTH + 1, 150)]
    path = f"M0 {_HEIGHT}L" + "L".join(f"{x} {y}" for x, y in points) + f"L{_WIDTH} {_HEIGHT}Z"
    return f'<path d="{path}" fill="hsl({hue} 42% {46 - depth * 10}%)" opacity=".93"/>'


def avatar_svg(key: str) -> bytes:
    """Return an author's avatar: initials on a colour of their own."""
    hue = int.from_bytes(hashlib.sha256(key.encode()).digest()[:2]) % 360
    initials = "".join(part[:1] for part in key.split("-")[:2]).upper()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<rect width="64" height="64" fill="hsl({hue} 45% 45%)"/>'
        '<text x="32" y="41" fill="#fff" font-size="24" font-family="sans-serif" '
        f'text-anchor="middle">{escape(initials)}</text></svg>'
    ).encode()
