"""What must have arrived, and what of that did not.

The rules, in their order:

1. Owed is what `bot.domain` says of the readers' wishes and the articles: a mute beats everything;
   a follow or a standing search brings an article.
2. What is owed and never arrived is lost; what arrived and was not owed is a stranger.
3. A message whose sender was killed before it wrote down that it was sent is a ghost: the database
   says of which deliveries that is so, and is asked for nothing else.
4. A message that carries an article again is a repeat. That may be where the one before is a ghost,
   where Telegram did not answer in time, and where it is the first one to show a retraction.
5. The last message that shows an article before its retraction, and the last one of all, show in
   the end what the article says by then; a ghost cannot be edited.
6. Who got an article before its retraction gets it once more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.demo.newsroom import SiteArticle
from bot.demo.newsroom.article import SITE_ZONE
from bot.domain.article import Teaser
from bot.domain.matching import match
from bot.domain.query import Document, answers, document
from bot.domain.query_parser import parse_query
from bot.domain.topic import Topic, author
from chaos.audience import Wishes
from chaos.press import RETRACTION
from chaos.witness import Arrival, headlines

#: A chat, and the path of an article.
Pair = tuple[int, str]


@dataclass(frozen=True, kw_only=True)
class Run:
    """What happened."""

    owed: frozenset[Pair]
    #: As they stand on the site in the end, by path.
    articles: Mapping[str, SiteArticle]
    arrivals: Sequence[Arrival]
    #: By process: what it had not settled when it ended.
    unsettled: Mapping[int, frozenset[Pair]]
    #: What the bot sent at least once without an answer.
    unanswered: frozenset[Pair] = frozenset()
    #: The newsroom's.
    address: str

    @cached_property
    def ghosts(self) -> frozenset[tuple[Arrival, str]]:
        """Messages, each with an article for whose sake it is one (rule 3)."""
        last: dict[tuple[int, Pair], Arrival] = {}
        for arrival in self.arrivals:
            for path in arrival.shown:
                last[arrival.life, (arrival.chat_id, path)] = arrival
        return frozenset(
            (last[life, pair], pair[1])
            for life, pairs in self.unsettled.items()
            for pair in pairs
            if (life, pair) in last
        )

    def is_right(self, arrival: Arrival, path: str) -> bool:
        """Return whether the message shows by now what the article says."""
        shown = headlines(arrival.message, self.address)
        return shown.get(path) == self.articles[path].headline


@dataclass(kw_only=True)
class Verdict:
    lost: list[Pair] = field(default_factory=list)
    strangers: list[Pair] = field(default_factory=list)
    #: By process: messages that were sent once more, since it had not settled them.
    repeated: Counter[int] = field(default_factory=Counter)
    #: Sent once more, since there was no answer in time.
    unanswered: list[Pair] = field(default_factory=list)
    #: Sent once more though the one before was settled.
    doubled: list[Pair] = field(default_factory=list)
    outdated: list[Pair] = field(default_factory=list)
    unretracted: list[Pair] = field(default_factory=list)
    #: What came of the pairs in the three lists before, for whoever looks into it.
    stories: dict[Pair, str] = field(default_factory=dict)


def owed_pairs(audience: Iterable[Wishes], articles: Iterable[SiteArticle]) -> frozenset[Pair]:
    """Return what must arrive (rule 1)."""
    readers = list(audience)
    return frozenset(
        (wishes.chat_id, article.path)
        for article in articles
        for topics, found in [_read(article)]
        for wishes in readers
        if _wants(wishes, topics, found)
    )


def judge(run: Run) -> Verdict:
    """Compare what must arrive with what did (rules 2 to 6)."""
    verdict = Verdict()
    came: dict[Pair, list[Arrival]] = {}
    for arrival in run.arrivals:
        _count_repeats(run, verdict, came, arrival)
        for path in arrival.shown:
            came.setdefault((arrival.chat_id, path), []).append(arrival)
    verdict.lost = sorted(run.owed - came.keys())
    verdict.strangers = sorted(came.keys() - run.owed)
    for pair, arrivals in sorted(came.items()):
        _look_at_the_last(run, verdict, pair, arrivals)
    for pair in (*verdict.doubled, *verdict.outdated, *verdict.unretracted):
        verdict.stories[pair] = _story(run, pair, came[pair])
    return verdict


def _count_repeats(
    run: Run, verdict: Verdict, came: Mapping[Pair, Sequence[Arrival]], arrival: Arrival
) -> None:
    """Count the message once, whatever it carries (rule 4)."""
    lives = set()
    for path, headline in arrival.shown.items():
        pair = (arrival.chat_id, path)
        earlier = came.get(pair)
        if earlier is None or (_is_retracted(headline) and not _was_retracted(earlier, path)):
            continue
        if (earlier[-1], path) in run.ghosts:
            lives.add(earlier[-1].life)
        elif pair in run.unanswered:
            verdict.unanswered.append(pair)
        else:
            verdict.doubled.append(pair)
    verdict.repeated.update(lives)


def _look_at_the_last(run: Run, verdict: Verdict, pair: Pair, arrivals: Sequence[Arrival]) -> None:
    """See whether the pair's messages end as they should (rules 5 and 6)."""
    path = pair[1]
    known = [one for one in arrivals if (one, path) not in run.ghosts]
    before = [one for one in known if not _is_retracted(one.shown[path])]
    after = [one for one in known if _is_retracted(one.shown[path])]
    last = [part[-1] for part in (before, after) if part]
    if not all(run.is_right(one, path) for one in last):
        verdict.outdated.append(pair)
    if before and not after and _is_retracted(run.articles[path].headline):
        verdict.unretracted.append(pair)


def _story(run: Run, pair: Pair, arrivals: Sequence[Arrival]) -> str:
    path = pair[1]
    told = [
        f"life {one.life} sent {one.message.id} with {len(one.shown)} articles: "
        f"{one.shown[path]!r}, now {headlines(one.message, run.address).get(path)!r}"
        + (", a ghost" if (one, path) in run.ghosts else "")
        for one in arrivals
    ]
    return "; ".join([*told, f"should be {run.articles[path].headline!r}"])


def _is_retracted(headline: str) -> bool:
    return headline.startswith(RETRACTION)


def _was_retracted(arrivals: Sequence[Arrival], path: str) -> bool:
    return any(_is_retracted(one.shown[path]) for one in arrivals)


def _read(article: SiteArticle) -> tuple[tuple[Topic, ...], Document]:
    """Return the article's topics and words, as the site tells them."""
    teaser = Teaser(
        url="https://site.example" + article.path,
        headline=article.headline,
        sections=article.sections,
        labels=article.labels,
        authors=tuple(map(author, article.authors)),
    )
    found = document(article.headline, article.dek, teaser.topics, article.published)
    return teaser.topics, found


def _wants(wishes: Wishes, topics: Sequence[Topic], found: Document) -> bool:
    preferences = wishes.preferences
    if any(topic.identity in preferences.mutes for topic in topics):
        return False
    if match(topics, preferences):
        return True
    return any(answers(parse_query(text, SITE_ZONE), found) for text in wishes.searches)
