"""Reads a teaser by the profile's CSS selectors, where it has them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.sources.dates import iso_date, written_date
from bot.sources.page.groups import Group
from bot.sources.page.links import ArticleLinks
from bot.sources.page.parts import Parts
from bot.sources.plain import tidy
from bot.sources.profile import Selectors


def selected_groups(tree: LexborHTMLParser, selector: str, found: ArticleLinks) -> Iterator[Group]:
    """Return the selected elements that link to an article: the first is the teaser's."""
    for node in tree.css(selector):
        keys = found.keys_in(node)
        link = next(
            (each for each in found.links if each.key in keys and _holds(node, each.node)), None
        )
        if link:
            yield Group(link=link, nodes=[node], container=0, marginal=False)


def with_selected(
    parts: Parts, nodes: list[LexborNode], selectors: Selectors, zone: tzinfo
) -> Parts:
    """Return the parts with those replaced for which there is a selector.

    A headline that the selector does not find stays as it was read; other parts become empty.
    """
    if selectors.headline:
        parts = replace(parts, headline=_text(nodes, selectors.headline) or parts.headline)
    if selectors.label:
        label = _text(nodes, selectors.label)
        parts = replace(parts, badges=(label,) if label else ())
    if selectors.dek:
        parts = replace(parts, dek=_text(nodes, selectors.dek))
    if selectors.byline:
        parts = _with_byline(parts, nodes, selectors.byline, zone)
    return parts


def unmatched(tree: LexborHTMLParser, selectors: Selectors) -> Iterator[str]:
    """Return a note for each selector that finds nothing on the whole page."""
    for part, selector in selectors.model_dump(exclude_none=True).items():
        if tree.css_first(selector) is None:
            yield f"the selector for {part} ({selector}) finds nothing"


def _with_byline(parts: Parts, nodes: list[LexborNode], selector: str, zone: tzinfo) -> Parts:
    """Read the byline, which may hold the date, too."""
    text = _text(nodes, selector)
    found = written_date(text, zone)
    moment = next((iso_date(value, zone) for value in _datetimes(nodes, selector)), None)
    byline = found[0] if found else text
    return replace(
        parts,
        bylines=(byline.strip(" |,"),) if byline.strip(" |,") else (),
        published=moment or (found[1] if found else parts.published),
    )


def _datetimes(nodes: list[LexborNode], selector: str) -> Iterator[str]:
    for node in _all(nodes, selector):
        for moment in node.css("time[datetime]"):
            yield moment.attributes.get("datetime") or ""


def _text(nodes: list[LexborNode], selector: str) -> str:
    first = next(_all(nodes, selector), None)
    return tidy(first.text(separator=" ")) if first else ""


def _all(nodes: list[LexborNode], selector: str) -> Iterator[LexborNode]:
    for node in nodes:
        if node.is_element_node:
            yield from node.css(selector)


def _holds(node: LexborNode, link: LexborNode) -> bool:
    step: LexborNode | None = link
    while step is not None:
        if step.mem_id == node.mem_id:
            return True
        step = step.parent
    return False
