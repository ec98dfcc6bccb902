"""A section page's bytes into teasers."""

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.domain.errors import SourceError
from bot.sources.charset import decode
from bot.sources.found import Found, counted, unique_teasers
from bot.sources.markup import parse_html
from bot.sources.page.choice import Candidate, chosen
from bot.sources.page.groups import Group, groups_of
from bot.sources.page.links import ArticleLinks
from bot.sources.page.parts import Parts, is_badge, parts_of
from bot.sources.page.pieces import PieceWalk
from bot.sources.page.selected import selected_groups, unmatched, with_selected
from bot.sources.profile import Selectors, SiteProfile
from bot.sources.teasers import make_teaser, picture_address


def read_page(
    body: bytes,
    *,
    content_type: str,
    url: str,
    profile: SiteProfile,
    selectors: Selectors | None = None,
) -> Found:
    """Return the teasers of a section page, top to bottom.

    Raises SourceError: `empty`, `not-a-page`, `no-teasers`.
    """
    text = decode(body, content_type)
    if not text.strip("\ufeff \t\r\n\0"):
        raise SourceError("empty", "The page is empty: the server sent nothing.")
    found = _PageReader(parse_html(text), url, profile, selectors or Selectors()).read()
    if not found.teasers:
        why = "; ".join(found.notes)
        raise SourceError("no-teasers", f"The page shows no article{f' ({why})' if why else ''}.")
    return found


class _PageReader:
    def __init__(
        self, tree: LexborHTMLParser, url: str, profile: SiteProfile, selectors: Selectors
    ) -> None:
        self._tree, self._url, self._profile = tree, url, profile
        self._selectors = selectors
        self._links = ArticleLinks.of(tree, url, profile)
        self._reasons: list[str] = []

    def read(self) -> Found:
        candidates = list(self._candidates())
        if self._selectors.teaser:
            teasers = unique_teasers(each.teaser for each in candidates)
        else:
            teasers = chosen(candidates)
        kept = {teaser.key for teaser in teasers}
        beside = {each.teaser.key for each in candidates} - kept
        self._reasons += ["an article linked beside the section's own"] * len(beside)
        notes = (*unmatched(self._tree, self._selectors), *counted(self._reasons))
        return Found(teasers=teasers, notes=notes)

    def _candidates(self) -> Iterator[Candidate]:
        for group in self._groups():
            parts, walk = self._parts(group)
            if not parts.headline:
                self._reasons.append("a link to an article without a headline")
                continue
            if group.mentions:
                self._reasons.append("a teaser that mentions other articles")
            self._reasons += [f"the unknown badge {text!r}" for text in parts.unknown_badges]
            pictures = (picture_address(self._url, i.address) for i in walk.images if not i.avatar)
            yield Candidate(
                teaser=make_teaser(
                    self._profile,
                    url=group.link.address,
                    headline=parts.headline,
                    dek=parts.dek,
                    bylines=parts.bylines,
                    terms=parts.sections,
                    badges=parts.badges,
                    published=parts.published,
                    picture=next(filter(None, pictures), None),
                ),
                richness=parts.richness,
                container=group.container,
                marginal=group.marginal,
            )

    def _groups(self) -> Iterable[Group]:
        if not self._links.links:
            return ()
        if self._selectors.teaser:
            return selected_groups(self._tree, self._selectors.teaser, self._links)
        return groups_of(self._links)

    def _parts(self, group: Group) -> tuple[Parts, PieceWalk]:
        parts, walk = self._read(group.nodes, group.mentions)
        if not parts.richness and group.tail:
            longer, longer_walk = self._read([*group.nodes, *group.tail], group.mentions)
            if longer.headline and (longer.published or longer.bylines):
                parts, walk = longer, longer_walk
        nodes = group.nodes
        return with_selected(parts, nodes, self._selectors, self._profile.zone), walk

    def _read(self, nodes: list[LexborNode], skipped: frozenset[int]) -> tuple[Parts, PieceWalk]:
        vocabulary, zone = self._profile.vocabulary, self._profile.zone
        walk = PieceWalk(
            zone=zone,
            is_article_link=self._links.is_article_link,
            is_badge=lambda piece: is_badge(piece, vocabulary),
            skipped=skipped,
        )
        walk.walk(nodes)
        return parts_of(walk.pieces, walk.images, vocabulary, zone), walk
