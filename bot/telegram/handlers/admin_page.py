"""/admin: how the bot is, in figures, and the ways to all that administrators do."""

from datetime import timedelta
from typing import Final

from bot.domain.condition import Condition
from bot.domain.subscriber import ChatKind
from bot.services.administration import Figures
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn, menu_now
from bot.texts.escape import Html, joined
from bot.texts.letter import Button, Call, Letter, Rows
from bot.texts.spans import format_span

#: What stands under the figures, row by row: the text's key and the action.
_BUTTONS: Final = (
    (("admin.to-chart", "admin-chart"), ("admin.to-sources", "admin-sources")),
    (("admin.refresh", "admin"),),
)
_IN_PRIVATE: Final = ((("admin.to-broadcast", "broadcast"),),)


async def admin(turn: Turn) -> Reply:
    return Reply(letter=await _page(turn), outcome="shown", menu=menu_now(turn.subscriber))


async def open_page(turn: Turn, _arguments: Arguments) -> Reaction:
    return Reaction(letter=await _page(turn), outcome="shown")


def figures_row(turn: Turn) -> tuple[Button, ...]:
    """Return the way back to the figures."""
    return (Button(text=turn.texts.plain("admin.back"), call=Call(action="admin")),)


async def _page(turn: Turn) -> Letter:
    figures = await turn.services.administration.figures()
    parts = [
        turn.texts.t("admin.title"),
        _readers(turn, figures),
        turn.texts.t("admin.articles", articles=figures.articles, fresh=figures.fresh_articles),
        _deliveries(turn, figures),
        _latency(turn, figures),
        _sources(turn, figures),
        turn.texts.t("admin.about", version=figures.version, span=_span(turn, figures.uptime)),
    ]
    return Letter(html=joined("\n\n", parts), rows=_rows(turn))


def _rows(turn: Turn) -> Rows:
    """Return the ways on; broadcasts are begun in private."""
    is_private = turn.subscriber.kind is ChatKind.PRIVATE
    shown = (*_BUTTONS, *_IN_PRIVATE) if is_private else _BUTTONS
    return tuple(
        tuple(Button(text=turn.texts.plain(key), call=Call(action=action)) for key, action in row)
        for row in shown
    )


def _readers(turn: Turn, figures: Figures) -> Html:
    readers, kinds = figures.readership, figures.readership.kinds
    return turn.texts.t(
        "admin.readers",
        active=readers.active,
        paused=readers.paused,
        retired=readers.retired,
        new=readers.new,
        private=kinds[ChatKind.PRIVATE],
        groups=kinds[ChatKind.GROUP] + kinds[ChatKind.SUPERGROUP],
        channels=kinds[ChatKind.CHANNEL],
    )


def _deliveries(turn: Turn, figures: Figures) -> Html:
    told = turn.texts.t(
        "admin.deliveries",
        owed=figures.waiting.owed,
        held=figures.waiting.held,
        due=figures.waiting.due,
        day=figures.last_day.sent,
        week=figures.last_week.sent,
        failed=figures.last_week.failed,
        ambiguous=figures.last_week.ambiguous,
    )
    if figures.overdue is None:
        return told
    oldest = turn.texts.t("admin.overdue", span=_span(turn, figures.overdue))
    return joined("\n", [told, oldest])


def _latency(turn: Turn, figures: Figures) -> Html:
    median, p95 = figures.last_day.median, figures.last_day.p95
    if median is None or p95 is None:
        return turn.texts.t("admin.no-latency")
    return turn.texts.t("admin.latency", median=_span(turn, median), p95=_span(turn, p95))


def _sources(turn: Turn, figures: Figures) -> Html:
    return turn.texts.t(
        "admin.sources",
        well=figures.sources[Condition.WELL],
        failing=figures.sources[Condition.FAILING],
        off=figures.sources[Condition.OFF],
        unread=figures.sources[Condition.NEW],
    )


def _span(turn: Turn, span: timedelta) -> str:
    return format_span(span, turn.language)


COMMANDS: Final = {"admin": Command(admin, Changes.ALWAYS)}
PRESSES: Final = {"admin": Press(open_page, Changes.ALWAYS)}
