"""The lists of sections, authors and labels, with a button for each."""

from collections.abc import Sequence
from typing import Final

from bot.domain.matching import Stance
from bot.domain.topic import TopicKind
from bot.services.records import TopicRecord
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments, kind_code, stance_code
from bot.telegram.handlers.estimating import of_topics
from bot.telegram.handlers.paging import Sheet, sheet, turning
from bot.telegram.handlers.toasts import changed_toast
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.texts.clip import clean, clip, isolated
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows

_LONGEST_DESCRIPTION: Final = 120
_HEADS: Final = {
    (TopicKind.SECTION, Stance.FOLLOW): "list.follow-sections",
    (TopicKind.AUTHOR, Stance.FOLLOW): "list.follow-authors",
    (TopicKind.LABEL, Stance.FOLLOW): "list.follow-labels",
    (TopicKind.SECTION, Stance.MUTE): "list.mute-sections",
    (TopicKind.AUTHOR, Stance.MUTE): "list.mute-authors",
    (TopicKind.LABEL, Stance.MUTE): "list.mute-labels",
}
_OTHER: Final = {
    Stance.FOLLOW: ("list.to-mute", Stance.MUTE),
    Stance.MUTE: ("list.to-follow", Stance.FOLLOW),
}


class TopicList:
    """What a list shows: a kind of topic, a page, and what a tap does (follow or mute)."""

    def __init__(self, turn: Turn, kind: TopicKind, mode: Stance, page: int = 0) -> None:
        self._turn, self._texts = turn, turn.texts
        self._kind, self._mode, self._page = kind, mode, page

    async def letter(self, intro: Html | None = None) -> Letter:
        """Return the list as it is now; an intro takes the place of its own words."""
        records = await self._turn.services.subscriptions.topics(self._turn.subscriber, self._kind)
        shown = sheet(records, self._page)
        often = await of_topics(self._turn, [record.id for record in shown.items])
        return Letter(html=self._text(shown, often, intro), rows=self._rows(shown))

    def _text(self, shown: Sheet[TopicRecord], often: Sequence[Html], intro: Html | None) -> Html:
        t = self._texts.t
        head = intro or t(_HEADS[self._kind, self._mode])
        if not shown.items:
            return joined("\n\n", [head, t("list.empty", site=self._turn.services.site.name)])
        lines = [t("list.numbers")]
        if self._mode is Stance.MUTE:
            lines.append(t("list.beats"))
        if shown.of > 1:
            lines.append(t("list.page", page=shown.number + 1, pages=shown.of))
        return joined("\n\n", [head, self._described(shown.items, often), joined("\n", lines)])

    def _described(self, records: Sequence[TopicRecord], often: Sequence[Html]) -> Html:
        """Return a line on each topic: how often it comes, and what it is where that is known."""
        lines = []
        for record, told in zip(records, often, strict=True):
            topic = record.topic
            name = isolated(clip(clean(topic.name), buttons.LONGEST))
            described = clip(clean(topic.description), _LONGEST_DESCRIPTION)
            key = "estimate.described" if described else "estimate.listed"
            values = {"name": name, "often": told, "description": isolated(described)}
            lines.append(self._texts.t(key, **values))
        return joined("\n", lines)

    def _rows(self, shown: Sheet[TopicRecord]) -> Rows:
        topics = [self._button(record, shown.number) for record in shown.items]
        key, mode = _OTHER[self._mode]
        switch = Button(text=self._texts.plain(key), call=self._call(shown.number, mode))
        return (
            *buttons.laid_out(topics),
            self._turning(shown),
            buttons.kinds_row(self._texts, self._mode, self._kind),
            (switch,),
        )

    def _button(self, record: TopicRecord, page: int) -> Button:
        target = None if record.stance is self._mode else self._mode
        arguments = (kind_code(self._kind), page, self._mode.value[0], record.id)
        call = Call(action="list-set", arguments=(*arguments, stance_code(target)))
        return Button(text=buttons.counted(record, self._texts), call=call)

    def _turning(self, shown: Sheet[TopicRecord]) -> tuple[Button, ...]:
        back, more = self._texts.plain("list.previous"), self._texts.plain("list.next")
        first, last = shown.number == 0, shown.number == shown.of - 1
        return turning(
            None if first else (back, self._call(shown.number - 1, self._mode)),
            None if last else (more, self._call(shown.number + 1, self._mode)),
        )

    def _call(self, page: int, mode: Stance) -> Call:
        return Call(action="list", arguments=(kind_code(self._kind), page, mode.value[0]))


async def sections(turn: Turn) -> Reply:
    return await _listed(turn, TopicKind.SECTION)


async def authors(turn: Turn) -> Reply:
    return await _listed(turn, TopicKind.AUTHOR)


async def labels(turn: Turn) -> Reply:
    return await _listed(turn, TopicKind.LABEL)


async def _listed(turn: Turn, kind: TopicKind) -> Reply:
    return Reply(letter=await TopicList(turn, kind, Stance.FOLLOW).letter(), outcome="listed")


async def open_list(turn: Turn, arguments: Arguments) -> Reaction:
    """Show a page of a list."""
    kind, page = arguments.kind(), arguments.page()
    mode = arguments.stance() or Stance.FOLLOW
    return Reaction(letter=await TopicList(turn, kind, mode, page).letter(), outcome="listed")


async def set_in_list(turn: Turn, arguments: Arguments) -> Reaction:
    """Follow, mute or neither, and show the page as it then is."""
    kind, page = arguments.kind(), arguments.page()
    mode = arguments.stance() or Stance.FOLLOW
    topic_id, target = arguments.number(), arguments.stance()
    change = await turn.services.subscriptions.set_stance(turn.subscriber, topic_id, target, mode)
    letter = await TopicList(turn, kind, mode, page).letter()
    return Reaction(
        letter=letter,
        toast=changed_toast(turn.texts, change, mode),
        outcome="changed" if change else "gone",
    )


COMMANDS: Final = {
    "sections": Command(sections),
    "authors": Command(authors),
    "labels": Command(labels),
}
PRESSES: Final = {"list": Press(open_list), "list-set": Press(set_in_list, Changes.ALWAYS)}
