"""Whether an article goes on with a story that a chat already got, and by which words one can tell.

The rules, in their order:

1. An article's terms are the stems of its headline and dek, without numbers, single letters and
   the words that any news has (`bot.domain.story_words`).
2. A term weighs the more, the fewer articles of the archive have it; more again in a headline, and
   as a name, which is a word with a capital where no sentence begins. The words of one name share
   one name's weight.
3. What two articles share because they are of one series (a podcast, a column) does not count; nor
   do articles belong together whose headlines name different months.
4. Two articles are alike by the cosine of their terms' weights: 0 for nothing in common, 1 for the
   same terms. Where both have sections and share none, that counts for less.
5. They go on with one another when they are alike enough, are published within a few days, and
   the rare terms that they share are evidence enough. Of these the words of one name are one, and
   those count twice that tell which story it is and not only of what kind: one at least does, since
   two launches share all the words of a launch.
6. A story's articles are all asked: one is alike enough, and the others of these days are not
   wholly unlike. So neither a chain of small steps nor a round-up joins what has nothing in common.
7. Of several stories the one with the most alike article goes on; of equals the latest.
8. A story's strand is what is surely one: each article with the earlier one that is most alike,
   where they are very alike and share several telling terms. A mute holds back a strand; the rest
   of the story still comes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.article import require_aware
from bot.domain.fingerprint import Fingerprint
from bot.domain.likeness import RULES, Archive, Likeness, Rules, likeness
from bot.domain.story_words import EVERYDAY

#: How long after an article another may go on with its story.
STORY_WINDOW: Final = timedelta(days=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that the chat may have got."""

    article_id: int
    #: Its story: the id of the story's first article, its own where it is that one.
    story_id: int
    fingerprint: Fingerprint
    #: When it was published. Aware.
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """The article that another goes on with, and why."""

    candidate: Candidate
    likeness: Likeness


def within_reach(
    new: Fingerprint,
    at: datetime,
    earlier: Iterable[Candidate],
    archive: Archive,
    rules: Rules = RULES,
) -> list[Candidate]:
    """Return those of the articles that `same_story` looks at, by rules 5 and 6.

    The others are of other days, or of stories without an article that shares enough rare terms.
    Of the archive no more is asked than how common the new article's terms are.
    """
    require_aware(at)
    near = [candidate for candidate in earlier if abs(candidate.at - at) <= STORY_WINDOW]
    rare = {term for term in new.terms if archive.rarity(term) >= rules.rare}
    shared = ((each.story_id, each.fingerprint.terms & rare) for each in near)
    # What tells counts twice.
    stories = {
        story_id
        for story_id, terms in shared
        if 2 * len(terms) >= rules.least_evidence and terms - EVERYDAY
    }
    return [candidate for candidate in near if candidate.story_id in stories]


def same_story(
    new: Fingerprint,
    at: datetime,
    earlier: Iterable[Candidate],
    archive: Archive,
    rules: Rules = RULES,
) -> Continuation | None:
    """Return which of the earlier articles the new one goes on with, if any.

    `at` is when the new article was published; what came later than that counts as well, since
    sources tell of articles out of order.
    """
    stories: dict[int, list[Continuation]] = {}
    for each in within_reach(new, at, earlier, archive, rules):
        found = Continuation(
            candidate=each, likeness=likeness(new, each.fingerprint, archive, rules)
        )
        stories.setdefault(each.story_id, []).append(found)
    found_in = [_most_alike(story, rules) for story in stories.values()]
    return max((one for one in found_in if one is not None), key=_rank, default=None)


def _most_alike(story: Sequence[Continuation], rules: Rules) -> Continuation | None:
    """Return which article of one story the new one goes on with (rules 5 and 6)."""
    alike = (one for one in story if one.likeness.is_story(rules))
    best = max(alike, key=_rank, default=None)
    others = [one.likeness.score for one in story if one is not best]
    if others and sum(others) / len(others) < rules.others * rules.least_score:
        return None
    return best


def most_alike(
    article: Candidate, earlier: Iterable[Candidate], archive: Archive, rules: Rules = RULES
) -> Continuation | None:
    """Return which of its story's earlier articles it is most alike, whether enough or not."""
    found = (
        Continuation(
            candidate=each,
            likeness=likeness(article.fingerprint, each.fingerprint, archive, rules),
        )
        for each in earlier
        if abs(each.at - article.at) <= STORY_WINDOW
    )
    return max(found, key=_rank, default=None)


def strands(story: Sequence[Candidate], archive: Archive, rules: Rules = RULES) -> dict[int, int]:
    """Return each article's strand, by article id: the id of the strand's first article.

    `story` is all of one story, each article behind those that it may go on with.
    """
    found: dict[int, int] = {}
    for place, article in enumerate(story):
        before = most_alike(article, story[:place], archive, rules)
        found[article.article_id] = (
            found[before.candidate.article_id]
            if before is not None and before.likeness.is_sure(rules)
            else article.article_id
        )
    return found


def _rank(found: Continuation) -> tuple[float, datetime, int]:
    return found.likeness.score, found.candidate.at, found.candidate.article_id
