"""Which elements of a page make up each teaser.

A teaser is the largest element that links to one article only, or mentions others besides (see
`bot.sources.page.cards`); where a page has none around its teasers, it is the elements from one
article's first link to the next article's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode

from bot.sources.page.cards import Cards
from bot.sources.page.links import ArticleLink, ArticleLinks, ancestors

#: Around the page's matter, whatever they hold.
_MARGINS: Final = frozenset({"nav", "aside", "footer"})
_MARGIN_ROLES: Final = frozenset({"navigation", "complementary", "contentinfo", "banner"})
#: How many siblings may follow a link before its teaser must have ended.
_LONGEST_TAIL: Final = 12


@dataclass(slots=True, kw_only=True)
class Group:
    """The nodes of one teaser."""

    link: ArticleLink
    nodes: list[LexborNode]
    #: Siblings behind them, up to the next teaser: its further parts, where nothing wraps them.
    tail: list[LexborNode] = field(default_factory=list)
    #: Which element holds the teaser and its neighbours.
    container: int
    #: Whether all is in the page's margins: navigation, sidebar, header or footer.
    marginal: bool
    #: Elements within that are not the teaser's, by their `mem_id`.
    mentions: frozenset[int] = frozenset()


def groups_of(found: ArticleLinks) -> list[Group]:
    """Return the page's teasers in document order."""
    if len({link.key for link in found.links}) == 1:
        return [_only_group(found)]
    cards = Cards(found)
    parents: dict[int, LexborNode] = {}
    by_top: dict[int, list[ArticleLink]] = {}
    for link in found.links:
        card = cards.around(link)
        if card and card.key != link.key:
            continue
        top = card.node if card else _top(link, found)
        by_top.setdefault(top.mem_id, []).append(link)
        if top.parent is not None:
            parents.setdefault(top.parent.mem_id, top.parent)
    groups = [group for parent in parents.values() for group in _within(parent, by_top)]
    for group in groups:
        held = [cards.by_node[node.mem_id] for node in group.nodes if node.mem_id in cards.by_node]
        group.mentions = frozenset(number for card in held for number in card.mentions)
    order = {id(link): at for at, link in enumerate(found.links)}
    return sorted(groups, key=lambda group: order[id(group.link)])


def _top(link: ArticleLink, found: ArticleLinks) -> LexborNode:
    """Return the largest element around the link that holds no other article's."""
    top = link.node
    for node in ancestors(link.node):
        if len(found.keys_in(node)) > 1:
            break
        top = node
    return top


def _within(parent: LexborNode, by_top: dict[int, list[ArticleLink]]) -> Iterator[Group]:
    """Return the groups among the children: neighbours that link to the same article are one."""
    group: Group | None = None
    for child in parent.iter(include_text=True):
        links = by_top.get(child.mem_id) if child.is_element_node else None
        if links and group and links[0].key == group.link.key:
            group.nodes += [*group.tail, child]
            group.tail = []
        elif links:
            if group:
                yield group
            group = Group(
                link=links[0],
                nodes=[child],
                container=parent.mem_id,
                marginal=all(_is_marginal(link, child) for link in links),
            )
        elif group and len(group.tail) < _LONGEST_TAIL:
            group.tail.append(child)
    if group:
        yield group


def _only_group(found: ArticleLinks) -> Group:
    """Return the teaser of a page that links to one article: it ends where the lists begin."""
    link = found.links[0]
    top = link.node
    for node in ancestors(link.node):
        if node.tag in ("body", "html", "main", "ul", "ol") or node.css_first("h1, nav, form"):
            break
        top = node
    container = top.parent.mem_id if top.parent is not None else top.mem_id
    tail = _siblings(top)
    return Group(
        link=link,
        nodes=[top],
        tail=tail,
        container=container,
        marginal=all(_is_marginal(each, top) for each in found.links),
    )


def _siblings(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    sibling = node.next
    while sibling is not None and len(found) < _LONGEST_TAIL:
        found.append(sibling)
        sibling = sibling.next
    return found


def _is_marginal(link: ArticleLink, top: LexborNode) -> bool:
    """Tell the page's margins from a header within a teaser, which is the teaser's."""
    around = False
    for node in (link.node, *ancestors(link.node)):
        around = around or node.mem_id == top.mem_id
        role = (node.attributes.get("role") or "").lower()
        if node.tag in _MARGINS or role in _MARGIN_ROLES or (around and node.tag == "header"):
            return True
    return False
