"""Messages of administrators to many readers."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "broadcast.ask": (
        "<b>A message to all readers</b>\nAnswer this message with its text, or write"
        " <code>/broadcast</code> and the text behind it. Bold, italics and links stay as you make"
        " them. You see it, and who gets it, before anything is sent."
    ),
    "broadcast.no-text": (
        "Only text can be sent to all readers: no picture, no file, and not nothing. Write"
        " <code>/broadcast</code> and the text behind it."
    ),
    "broadcast.too-long": (
        "That is too long: a message holds {most} characters as Telegram counts them, and this"
        " has {count}. Nothing was kept; shorten it and send it again."
    ),
    "broadcast.refused": (
        "Telegram does not take this message, most likely because of its formatting. Nothing will"
        " be sent; write <code>/broadcast</code> and the text again, without the formatting."
    ),
    "broadcast.preview": "<b>This is what readers get.</b> Nothing is sent yet.",
    "broadcast.readers": {
        "one": "It goes to {count} chat and takes {time} at least.",
        "other": "It goes to {count} chats and takes {time} at least.",
    },
    "broadcast.left-out": {
        "one": "Left out: {count} that pauses, or does not let me write.",
        "other": "Left out: {count} that pause, or do not let me write.",
    },
    "broadcast.manner": (
        "In quiet hours it waits for their end; alerts go first. Channels never get it."
    ),
    "broadcast.nobody": "There is nobody to send it to.",
    "broadcast.private": "Private chats: {count}",
    "broadcast.everyone": "With groups: {count}",
    "broadcast.send": "Send…",
    "broadcast.cancel": "Cancel",
    "broadcast.confirm": {
        "one": "<b>Send it to {count} chat?</b> That cannot be taken back.",
        "other": "<b>Send it to {count} chats?</b> That cannot be taken back.",
    },
    "broadcast.confirm-button": {"one": "Send to {count} chat", "other": "Send to {count} chats"},
    "broadcast.back": "Back",
    "broadcast.cancelled": "Cancelled. Nothing was sent.",
    "broadcast.sending": "<b>The message is being sent.</b>",
    "broadcast.stopped": (
        "<b>The message was stopped.</b> Those who have it keep it; sent on, it goes to the others"
        " alone."
    ),
    "broadcast.done": "<b>The message was sent to everyone it could reach.</b>",
    "broadcast.planning": "Counting the readers…",
    "broadcast.progress": "Sent: {sent} of {readers}",
    "broadcast.open": "Open: {count}; {time} at least",
    "broadcast.open-stopped": "Open: {count}",
    "broadcast.waiting": "Of these waiting, for the end of quiet hours or another try: {count}",
    "broadcast.unreachable": "Gone, pausing, or not letting me write: {count}",
    "broadcast.failed": "Refused by Telegram: {count}",
    "broadcast.abort": "Stop",
    "broadcast.resume": "Send on",
    "broadcast.here": "Keep up to date here",
    "broadcast.new": "A new message",
    "broadcast.one-at-a-time": (
        "One at a time: your text was not kept. Send it again when this one is done or stopped."
    ),
    "broadcast.begun-toast": "It is on its way.",
    "broadcast.stopped-toast": "Stopped.",
    "broadcast.resumed-toast": "It is sent on.",
    "broadcast.here-toast": "Kept up to date here.",
    "broadcast.stale-toast": (
        "This button no longer counts: it was pressed before, or there is a newer message."
    ),
    "broadcast.busy-toast": "Another message is being sent. One at a time.",
    "broadcast.seconds": {"one": "{count} second", "other": "{count} seconds"},
    "broadcast.minutes": {"one": "{count} minute", "other": "{count} minutes"},
    "broadcast.hours": {"one": "{count} hour", "other": "{count} hours"},
}
