"""Replacing some rows of buttons under a message, each of which holds one button."""

from collections.abc import Collection

from bot.telegram.handlers import buttons
from bot.telegram.handlers.turn import Turn
from bot.texts.letter import Rows


def patched(turn: Turn, actions: Collection[str], first: int, fresh: Rows) -> Rows:
    """Return the pressed message's rows with the fresh ones where those of the calls are.

    A call is meant where its action is one of these, and its first argument is `first`.
    """
    rows = buttons.rows_of(turn.pressed.reply_markup) if turn.pressed else ()
    old = [
        number
        for number, row in enumerate(rows)
        if (call := row[0].call) and call.action in actions and call.arguments[:1] == (first,)
    ]
    if not old:
        return rows
    kept: list[Rows] = [(row,) if number not in old else () for number, row in enumerate(rows)]
    kept[old[0]] = fresh
    return tuple(row for part in kept for row in part)
