"""Which links of a page lead to articles, and which elements hold them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.url import url_key
from bot.sources.profile import SiteProfile
from bot.sources.teasers import absolute

#: Deeper markup is no page that anybody wrote; following it up for each link takes long.
_DEEPEST: Final = 400
_MOST: Final = 3_000
_MOST_ANCHORS: Final = 30_000
_LONGEST_ADDRESS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    node: LexborNode
    address: str
    #: The article's identity.
    key: str


@dataclass(slots=True)
class ArticleLinks:
    """Every link to an article, and per element (by its `mem_id`) the articles linked within."""

    links: list[ArticleLink] = field(default_factory=list)
    _held: dict[int, set[str]] = field(default_factory=dict)
    _by_node: dict[int, ArticleLink] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: LexborHTMLParser, url: str, profile: SiteProfile) -> "ArticleLinks":
        found = cls()
        base = _base(tree, url)
        for node in tree.css("a[href]")[:_MOST_ANCHORS]:
            href = node.attributes.get("href") or ""
            if len(href) > _LONGEST_ADDRESS or len(found.links) >= _MOST:
                continue
            if address := profile.article_address(absolute(base, href) or ""):
                found._add(ArticleLink(node=node, address=address, key=url_key(address)))
        return found

    def keys_in(self, node: LexborNode) -> set[str]:
        """Return which articles the element links to."""
        return self._held.get(node.mem_id, set())

    def is_article_link(self, node: LexborNode) -> bool:
        return node.mem_id in self._by_node

    def links_in(self, node: LexborNode) -> list[ArticleLink]:
        """Return the links within the element, itself included."""
        anchors = [node.mem_id, *(anchor.mem_id for anchor in node.css("a"))]
        return [self._by_node[at] for at in dict.fromkeys(anchors) if at in self._by_node]

    def _add(self, link: ArticleLink) -> None:
        chain = list(ancestors(link.node))
        if len(chain) > _DEEPEST:
            return
        self.links.append(link)
        self._by_node[link.node.mem_id] = link
        for node in (link.node, *chain):
            self._held.setdefault(node.mem_id, set()).add(link.key)


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """Return the elements around this one, from the inside out; at most a few more than 400."""
    parent = node.parent
    for _ in range(_DEEPEST + 2):
        if parent is None or not parent.is_element_node:
            return
        yield parent
        parent = parent.parent


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (absolute(url, node.attributes.get("href") or "") if node else None) or url
