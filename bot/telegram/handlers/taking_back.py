"""Taking back a follow never takes back a mute, nor the other way round."""

from bot.domain.matching import Stance
from bot.domain.naming import Named, find_topics
from bot.domain.topic import TopicKind
from bot.services.records import TopicRecord
from bot.services.subscriptions import Change, Wish
from bot.telegram.handlers.turn import Turn


async def set_by_button(
    turn: Turn, topic_id: int, target: Stance | None, about: Stance
) -> Change | None:
    """Do what a button wants; `about` is the stance that it takes back where the target is None.

    An old button may want to take back what has become the other stance since: that stays.
    """
    subscriptions = turn.services.subscriptions
    if target is None:
        for record in await subscriptions.following(turn.subscriber):
            if record.id == topic_id and record.stance is not about:
                return Change(record=record, changed=False)
    return await subscriptions.set_stance(turn.subscriber, topic_id, target)


async def take_back(turn: Turn, about: Stance) -> list[Wish]:
    """Return what became of each typed name.

    A name is first looked for among what has the stance, so that it is rarely ambiguous; a topic
    that has it not is left as it is, and near names are suggested from those that have it.
    """
    held = await turn.services.subscriptions.following(turn.subscriber)
    held = [record for record in held if record.stance is about]
    named = find_topics(turn.typed, [record.topic for record in held])
    return [await _wish(turn, one, held) for one in named]


async def _wish(turn: Turn, named: Named, held: list[TopicRecord]) -> Wish:
    by_identity = {record.topic.identity: record for record in held}
    meant = [by_identity[topic.identity] for topic in (*named.topics, *named.suggestions)]
    if len(named.topics) == 1:
        change = await turn.services.subscriptions.set_stance(turn.subscriber, meant[0].id, None)
        return Wish(named=named, changes=(change,) if change else ())
    known = [] if named.topics else await _known(turn, named.typed)
    if known:
        return Wish(named=named, changes=(Change(record=known[0], changed=False),))
    return Wish(named=named, candidates=tuple(meant))


async def _known(turn: Turn, typed: str) -> list[TopicRecord]:
    """Return the topics of that name, whatever the stance to them."""
    every = [
        record
        for kind in TopicKind
        for record in await turn.services.subscriptions.topics(turn.subscriber, kind)
    ]
    found = find_topics(typed, [record.topic for record in every])
    identities = {topic.identity for topic in found[0].topics} if found else set()
    return [record for record in every if record.topic.identity in identities]
