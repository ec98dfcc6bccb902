"""Which elements are the card of one article, though they mention others ("Related: …").

The rules, in their order; where one does not hold, the links are parted as if there were no card:

1. A card has one article among its linked headings, and a neighbour of its kind has another one.
2. What links to other articles within it has no heading. It is a mention, which is passed over:
   such links with a few words around them, and nothing behind them that would make them a teaser's
   headline. Or it is prose, which stays: a paragraph that tells more than its links.
"""

from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborNode

from bot.sources.page.links import ArticleLink, ArticleLinks, ancestors
from bot.sources.plain import tidy

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
#: As in "More on this story".
_FEW_WORDS: Final = 4
#: A list of more is no part of a teaser.
_MOST_MENTIONS: Final = 12
#: Elements that are no block of text of their own.
_INLINE: Final = frozenset({"a", "b", "cite", "em", "i", "mark", "q", "small", "span", "strong"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    node: LexborNode
    #: The article whose card it is.
    key: str
    #: Elements within that only mention other articles, by their `mem_id`.
    mentions: frozenset[int]


class Cards:
    """The cards of a page that link to other articles, too."""

    def __init__(self, found: ArticleLinks) -> None:
        self._found = found
        self._headed = _Headed(found)
        self._of_link: dict[int, Card] = {}
        #: Elements that were looked at, whatever came of it.
        self._seen: set[int] = set()
        self._brief: dict[int, bool] = {}
        for link in found.links:
            if self._headed.is_link(link):
                self._look_around(link)
        #: By the `mem_id` of their elements.
        self.by_node = {card.node.mem_id: card for card in self._of_link.values()}

    def around(self, link: ArticleLink) -> Card | None:
        """Return the card that holds the link, of whichever article it is."""
        return self._of_link.get(link.node.mem_id)

    def _look_around(self, link: ArticleLink) -> None:
        node = self._largest_like_a_card(link)
        if node is None or node.mem_id in self._seen:
            return
        self._seen.add(node.mem_id)
        links = self._found.links_in(node)
        mentions = self._mentions(node, link.key, links)
        if mentions is not None:
            card = Card(node=node, key=link.key, mentions=mentions)
            self._of_link |= {each.node.mem_id: card for each in links}

    def _largest_like_a_card(self, link: ArticleLink) -> LexborNode | None:
        """Return the largest element around the link for which the first rule holds."""
        largest = None
        for node in ancestors(link.node):
            if not self._headed.is_one(node):
                break
            if len(self._found.keys_in(node)) > 1 and self._headed.has_neighbour(node):
                largest = node
        return largest

    def _mentions(
        self, card: LexborNode, key: str, links: list[ArticleLink]
    ) -> frozenset[int] | None:
        """Return what only mentions; None where the second rule does not hold."""
        mentions: set[int] = set()
        others = [link for link in links if link.key != key]
        if len(others) > _MOST_MENTIONS:
            return None
        for link in others:
            mention, last = self._mention(link.node, card, key)
            if mention is not None and last:
                mentions.add(mention.mem_id)
            elif not self._is_in_prose(link.node):
                return None
        return frozenset(mentions)

    def _mention(
        self, link: LexborNode, card: LexborNode, key: str
    ) -> tuple[LexborNode | None, bool]:
        """Return the largest mention around the link, and whether it ends what is not the card's.

        Where the link's surroundings go on behind it, it is the headline of something.
        """
        mention, last = None, True
        for node in (link, *ancestors(link)):
            if node.mem_id == card.mem_id or key in self._found.keys_in(node):
                break
            if self._is_brief(node):
                mention, last = node, True
            elif mention is not None:
                last = last and self._is_end(mention, node)
        return mention, last

    def _is_end(self, mention: LexborNode, around: LexborNode) -> bool:
        """Return whether only mentions follow this one within the element around it."""
        node: LexborNode | None = mention
        while node is not None and node.mem_id != around.mem_id:
            behind = node.next
            while behind is not None:
                if tidy(behind.text()) and not self._is_brief(behind):
                    return False
                behind = behind.next
            node = node.parent
        return True

    def _is_in_prose(self, link: LexborNode) -> bool:
        block = next((node for node in ancestors(link) if node.tag not in _INLINE), None)
        return block is not None and block.tag == "p" and not self._is_brief(block)

    def _is_brief(self, node: LexborNode) -> bool:
        """Return whether the element holds links to articles with a few words around them."""
        if node.mem_id not in self._brief:
            links = self._found.links_in(node)
            linked = sum(_words(link.node) for link in links)
            self._brief[node.mem_id] = bool(links) and _words(node) - linked <= _FEW_WORDS
        return self._brief[node.mem_id]


def _words(node: LexborNode) -> int:
    return len(node.text(separator=" ").split())


@dataclass(slots=True)
class _Headed:
    """Which articles are linked by a heading, and within which elements."""

    found: ArticleLinks
    _links: set[int] = field(default_factory=set)
    _keys: dict[int, set[str]] = field(default_factory=dict)
    #: The articles of children that hold one each, by their parent and the children's tag.
    _kinds: dict[int, dict[str, set[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for link in self.found.links:
            around = [link.node, *ancestors(link.node)]
            if not any(node.tag in _HEADINGS for node in around) and not _holds_heading(link.node):
                continue
            self._links.add(link.node.mem_id)
            for node in around:
                self._keys.setdefault(node.mem_id, set()).add(link.key)

    def is_link(self, link: ArticleLink) -> bool:
        return link.node.mem_id in self._links

    def is_one(self, node: LexborNode) -> bool:
        """Return whether there is one such article within the element."""
        return len(self._keys.get(node.mem_id, ())) == 1

    def has_neighbour(self, node: LexborNode) -> bool:
        """Return whether an element beside it, of the same kind, has another one."""
        parent = node.parent
        if parent is None:
            return False
        if parent.mem_id not in self._kinds:
            kinds: dict[str, set[str]] = {}
            for child in filter(self.is_one, parent.iter()):
                kinds.setdefault(child.tag or "", set()).update(self._keys[child.mem_id])
            self._kinds[parent.mem_id] = kinds
        return len(self._kinds[parent.mem_id].get(node.tag or "", ())) > 1


def _holds_heading(node: LexborNode) -> bool:
    return node.css_first(", ".join(_HEADINGS)) is not None
