"""/start with its deep links, and /help."""

import re
from typing import Final

from bot.domain.matching import Stance
from bot.domain.topic import Identity, TopicKind
from bot.services.stances import Change
from bot.services.subscriptions import followed, is_paused
from bot.telegram.handlers import buttons
from bot.telegram.handlers.arguments import Arguments
from bot.telegram.handlers.inline_search import SEARCH_LINK
from bot.telegram.handlers.naming import FOLLOW, change_line
from bot.telegram.handlers.searching import how_to_search
from bot.telegram.handlers.turn import Changes, Command, Press, Reaction, Reply, Turn
from bot.telegram.handlers.zone_page import proposal, proposed_zone, set_by_button, yes_button
from bot.texts.clip import clean, clip
from bot.texts.escape import Html, joined
from bot.texts.letter import Letter
from bot.texts.places import place_of

#: What stands behind `?start=` in a deep link, such as `section_foreign-relations`.
_PAYLOAD: Final = re.compile(r"(section|author|label)_([a-z0-9_-]+)", re.IGNORECASE)
_LONGEST_COMMAND: Final = 32


async def start(turn: Turn) -> Reply:
    """Welcome the chat; a deep link's payload follows its topic at once, or leads to the search."""
    if turn.typed == SEARCH_LINK:
        return Reply(letter=how_to_search(turn), outcome="explained")
    identity = _identity(turn.typed)
    if identity is None:
        return Reply(letter=await welcome(turn), outcome="welcomed")
    subscriptions = turn.services.subscriptions
    record = await subscriptions.by_identity(turn.subscriber, identity)
    if record is None:
        return Reply(letter=await welcome(turn), outcome="welcomed, unknown link")
    change = await subscriptions.set_stance(turn.subscriber, record.id, Stance.FOLLOW)
    if change is None:
        return Reply(letter=await welcome(turn), outcome="welcomed, unknown link")
    return Reply(letter=_linked(turn, change), outcome="followed by link")


async def welcome(turn: Turn) -> Letter:
    """Return the welcome, with what is followed so far."""
    records = await turn.services.subscriptions.following(turn.subscriber)
    count = len(followed(records))
    key = "welcome.group" if turn.in_group else "welcome.private"
    said = [turn.texts.t(key, site=turn.services.site.name)]
    if count:
        said.append(turn.texts.n("welcome.back", count))
    following = buttons.following_row(turn.texts) if records else ()
    zone = proposed_zone(turn, await turn.services.timing.view(turn.subscriber))
    lines = [*said, *_paused(turn), *([proposal(turn, zone)] if zone else [])]
    yes = (yes_button(turn, zone, "welcome-zone"),) if zone else ()
    rows = (buttons.kinds_row(turn.texts, Stance.FOLLOW), following, yes)
    return Letter(html=joined("\n\n", lines), rows=rows)


async def confirm_zone(turn: Turn, arguments: Arguments) -> Reaction:
    """Choose the zone that the welcome proposes, and show it without the proposal."""
    view = await set_by_button(turn, arguments)
    toast = turn.texts.plain("toast.zone", place=place_of(str(view.zone), turn.language))
    return Reaction(letter=await welcome(turn), toast=toast, outcome="changed")


def _linked(turn: Turn, change: Change) -> Letter:
    """Return the welcome of one who came by a link, and follows something already."""
    line = change_line(turn.texts, FOLLOW, change)
    site = turn.texts.t("welcome.linked", site=turn.services.site.name)
    rows = (
        buttons.kinds_row(turn.texts, Stance.FOLLOW),
        buttons.following_row(turn.texts),
    )
    return Letter(html=joined("\n\n", [line, site, *_paused(turn)]), rows=rows)


def _paused(turn: Turn) -> list[Html]:
    return [turn.texts.t("welcome.paused")] if is_paused(turn.subscriber) else []


async def show_help(turn: Turn) -> Reply:
    return Reply(letter=_help(turn), outcome="helped")


def unknown_command(turn: Turn, command: str) -> Reply:
    shown = f"/{clip(clean(command), _LONGEST_COMMAND)}"
    line = turn.texts.t("help.unknown", command=shown)
    return Reply(letter=_help(turn, line), outcome="unknown command")


def unreadable(turn: Turn) -> Reply:
    """Answer what is no text: pictures, stickers, voices."""
    line = turn.texts.t("help.unreadable", site=turn.services.site.name)
    rows = (buttons.kinds_row(turn.texts, Stance.FOLLOW),)
    return Reply(letter=Letter(html=line, rows=rows), outcome="unreadable")


def _help(turn: Turn, *before: Html) -> Letter:
    kind = turn.texts.t("help.group" if turn.in_group else "help.private")
    html = joined("\n\n", [*before, turn.texts.t("help.text"), kind])
    return Letter(html=html, rows=(buttons.kinds_row(turn.texts, Stance.FOLLOW),))


def _identity(payload: str) -> Identity | None:
    found = _PAYLOAD.fullmatch(payload.strip())
    return (TopicKind(found[1].lower()), found[2].lower()) if found else None


COMMANDS: Final = {
    "start": Command(start, Changes.WITH_ARGUMENT),
    "help": Command(show_help),
}
PRESSES: Final = {"welcome-zone": Press(confirm_zone, Changes.ALWAYS)}
