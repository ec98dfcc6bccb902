"""What is stored on a chat: told, moved to another chat, deleted."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "mydata.about": "Everything that this bot stores on this chat. Times are in UTC.",
    "mydata.caption": (
        "<b>Everything that I store on this chat</b>\n/stop deletes it, /move takes it to another"
        " chat."
    ),
    "mydata.left-out": {
        "one": "The oldest alert is left out, since the file would be too large to be sent.",
        "other": (
            "The {count} oldest alerts are left out, since the file would be too large to be sent."
        ),
    },
    "move.code": (
        "<b>Move everything to another chat</b>\n\n"
        "Send this there, within 15 minutes:\n<code>/move {code}</code>\n\n"
        "I ask once more there before anything moves. Then this chat is left empty, as after /stop."
    ),
    "move.secret": "Keep it to yourself: whoever has the code can use it.",
    "move.bound": "It works only for you, and only where you may change the settings.",
    "move.there-is": "What there is to move: {things}.",
    "move.nothing": "There is nothing to move yet: nothing is followed or kept in this chat.",
    "move.anonymous": (
        "A code works for one person only, and while you are anonymous I cannot see who you are."
        " Turn that off for a moment, and send /move again."
    ),
    "move.ask": (
        "<b>Move everything of the other chat here?</b>\n\n"
        "What there is: {things}.\n\n"
        "What this chat has stays, and where both say something on the same thing, it is what was"
        " said here that counts. The other chat is left empty."
    ),
    "move.ask-nothing": (
        "<b>Move everything of the other chat here?</b>\n\nThere is nothing in it, though: nothing"
        " is followed or kept there."
    ),
    "move.yes": "Yes, move it here",
    "move.no": "No, leave it there",
    "move.done": "<b>Everything of the other chat is here now.</b> Moved: {things}.",
    "move.done-nothing": "<b>The other chat was empty,</b> so nothing has changed here.",
    "move.left": "Good. Everything stays where it is.",
    "move.gone": (
        "<b>Everything of this chat has moved</b> to the chat where the code was used, and no more"
        " alerts come here. Should you change your mind, /start begins anew."
    ),
    "move.follows": {"one": "{count} follow", "other": "{count} follows"},
    "move.mutes": {"one": "{count} mute", "other": "{count} mutes"},
    "move.searches": {"one": "{count} standing search", "other": "{count} standing searches"},
    "move.stories": {"one": "{count} muted story", "other": "{count} muted stories"},
    "move.saved": {"one": "{count} saved article", "other": "{count} saved articles"},
    "move.waiting": {"one": "{count} waiting alert", "other": "{count} waiting alerts"},
    "move.times": "the times of alerts",
    "move.paused": "the pause",
    "move.no-code": (
        "That is no code. Send /move alone in the chat that you want to move, and I give you one;"
        " it looks like <code>7QX4-M2KD-90TB</code>. Then send it here."
    ),
    "move.unknown": (
        "I know no such code. It may be mistyped, used already or replaced by a newer one, and a"
        " group's code works only for whoever asked for it. Send /move in the other chat for a new"
        " one."
    ),
    "move.expired": (
        "That code is over: it was good for 15 minutes. Send /move in the other chat for a new one."
    ),
    "move.own": "That is this chat's own code. Send it in the chat that everything is to move to.",
    "move.wait": "Those were too many wrong codes. Try again at {clock}.",
    "toast.moved": "Everything is here.",
    "toast.not-moved": "That is done already, or its code is no longer good. A new one: /move",
    "stop.topic": "Only this topic of the forum is meant; the others stay as they are.",
    "stop.already": "Everything is deleted already.",
    "stop.old": "That question is an old one, so nothing was deleted. Send /stop to be asked anew.",
    "menu.mydata": "What is stored about this chat",
    "menu.move": "Move everything to another chat",
}
