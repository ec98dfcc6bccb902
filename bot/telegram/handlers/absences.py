"""What kept an article away, and what can be done about it with one tap."""

from collections.abc import Sequence
from typing import Final

from bot.domain.matching import Stance
from bot.services.records import TopicRecord
from bot.services.subscriptions import is_paused
from bot.services.why import Absence, WhyNot
from bot.telegram.handlers.continuing import continuation
from bot.telegram.handlers.reasons import MOST_TOPICS, changes, in_words, shown
from bot.telegram.handlers.story_muting import story_button
from bot.telegram.handlers.topic_remedies import TOPIC
from bot.telegram.handlers.turn import Turn
from bot.texts.dates import format_coming
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.parts import headline

_TOLD: Final = {
    Absence.UNKNOWN_ARTICLE: "absent.unknown",
    Absence.FAILED: "absent.failed",
    Absence.SENT: "absent.sent",
    Absence.DROPPED: "absent.dropped",
    Absence.MUTED: "absent.muted",
    Absence.STORY_MUTED: "absent.story-muted",
    Absence.BASELINE: "absent.baseline",
    Absence.NOT_FOLLOWED: "absent.not-followed",
    Absence.MUTED_THEN: "absent.muted-then",
    Absence.BEFORE_FOLLOW: "absent.before-follow",
}


async def absence_letter(turn: Turn, found: WhyNot) -> Letter:
    """Return what kept the article away; where it did come, what brought it."""
    if found.absence is Absence.SENT and found.article is not None:
        return await _sent(turn, found)
    texts = turn.texts
    named = headline(found.article, texts) if found.article else Html("")
    story = Html("")
    if found.article is not None and found.absence is Absence.STORY_MUTED:
        story = await continuation(turn, found.article)
    html = joined("\n", [texts.t("absent.title"), named, _told(turn, found), story])
    return Letter(html=html, rows=_remedies(turn, found))


async def _sent(turn: Turn, found: WhyNot) -> Letter:
    article = found.article
    why = await turn.services.why.of_article(turn.subscriber, article.id) if article else None
    parts = [turn.texts.t("absent.sent"), headline(article, turn.texts) if article else Html("")]
    if why is None:
        return Letter(html=joined("\n", parts))
    parts += [in_words(turn, why), await continuation(turn, why.article)]
    return Letter(html=joined("\n", parts), rows=changes(turn, why))


def _told(turn: Turn, found: WhyNot) -> Html:
    texts = turn.texts
    match found.absence:
        case Absence.OWED:
            return _coming(turn, found)
        case Absence.HELD if turn.subscriber.silence:
            key = "absent.silent"
        case Absence.HELD:
            key = "absent.held" if is_paused(turn.subscriber) else "absent.held-since"
        case Absence.NOT_FOLLOWED if not found.topics:
            key = "absent.no-topics"
        case absence:
            key = _TOLD[absence]
    topics = shown(texts, _meant(found))
    return texts.t(key, topics=topics, site=turn.services.site.name)


def _coming(turn: Turn, found: WhyNot) -> Html:
    if found.due_at is None or found.due_at <= turn.services.clock():
        return turn.texts.t("absent.owed-now")
    moment = format_coming(found.due_at, turn.zone, turn.language)
    return turn.texts.t("absent.owed", moment=moment)


def _remedies(turn: Turn, found: WhyNot) -> Rows:
    texts = turn.texts
    match found.absence:
        case Absence.OWED:
            call = Call(action="digest")
            return ((Button(text=texts.plain("absent.timing"), call=call),),)
        case Absence.STORY_MUTED if found.article:
            return ((story_button(texts, found.article.id, is_muted=True),),)
        case Absence.MUTED | Absence.MUTED_THEN | Absence.NOT_FOLLOWED:
            topics = _meant(found)[:MOST_TOPICS]
            return tuple(row for one in topics for row in TOPIC.rows(one, texts))
        case Absence.HELD if is_paused(turn.subscriber):
            return ((Button(text=texts.plain("pause.resume"), call=Call(action="resume")),),)
        case _:
            return ()


def _meant(found: WhyNot) -> Sequence[TopicRecord]:
    """Return the article's topics that kept it away, or might have brought it."""
    stances = {
        Absence.MUTED: Stance.MUTE,
        Absence.MUTED_THEN: Stance.MUTE,
        Absence.BEFORE_FOLLOW: Stance.FOLLOW,
    }
    stance = stances.get(found.absence)
    return [one for one in found.topics if stance in (None, one.stance)]
