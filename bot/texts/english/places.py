"""Groups, desk rooms and channels: setting them up, and what happens to them."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "notice.unnamed": "your group or channel",
    "notice.silenced": (
        "I may no longer write in {place}. Nothing is lost: its alerts wait, and come when an"
        " administrator lets me write again."
    ),
    "notice.silenced-channel": (
        "I may no longer post in {place}. Nothing is lost: its alerts wait, and come when an"
        " administrator gives me the right to post messages again."
    ),
    "notice.closed": (
        "{place} was closed. Nothing is lost: its alerts wait, and come when it is reopened."
    ),
    "notice.deleted": (
        "{place} is gone, so its alerts have ended, and with them what it followed. To have them"
        " in another topic, write /sections there."
    ),
    "notice.removed": (
        "I am no longer in {place}, so its alerts have ended. What was set up is kept: add me"
        " again, and it goes on."
    ),
    "notice.moved": (
        "{place} has become a supergroup. Everything that was set up came along; there is nothing"
        " to do."
    ),
    "notice.offer": {
        "one": "<b>I can write here again.</b> {count} older article came meanwhile.",
        "other": "<b>I can write here again.</b> {count} older articles came meanwhile.",
    },
    "notice.offer-there": {
        "one": "I can write in {place} again. {count} older article came meanwhile.",
        "other": "I can write in {place} again. {count} older articles came meanwhile.",
    },
    "channel.header": "📣 <b>For {channel}:</b>",
    "channel.done": "✓ Done with the channel",
    "channel.how": (
        "<b>Alerts in a channel</b>\n\n"
        "1. Add me, @{bot}, to your channel as an administrator who may post messages.\n"
        "2. Write <code>/channel @name</code> here, with your channel's name. A private channel has"
        " none; as soon as I am added to it, I offer here to set it up."
    ),
    "channel.add": "Add me to a channel",
    "channel.yours": "Or go on with a channel that you have set up:",
    "channel.open": "📣 {name}",
    "channel.begun": (
        "<b>You are now setting up {channel}.</b>\n\n"
        "Until you are done, everything that you write or tap here is meant for the channel:"
        " /sections, /follow, /mute, /alerts, /digest, /quiet, /timezone, /pause, /settings and all"
        " others. Only its administrators can do this.\n\n"
        "/done brings you back to your own alerts; after an hour without a command that happens by"
        " itself."
    ),
    "channel.settings": "All settings",
    "channel.ended": (
        "You are done with {channel}. From here on I talk about your own alerts again."
    ),
    "channel.none": "You are not setting up a channel. How that is done: /channel",
    "channel.over": (
        "An hour has gone by, so you are no longer setting up {channel}; to go on, write /channel."
        " This is about your own alerts:"
    ),
    "channel.added": (
        "<b>I am now an administrator of {channel}.</b> Nothing is posted there until you choose"
        " what it follows."
    ),
    "channel.added-mute": (
        "<b>I am now in {channel}, but may not post there.</b> Give me the right to post messages"
        " in the channel's list of administrators, then choose what it follows."
    ),
    "channel.follows": {
        "one": "It follows {count} topic already.",
        "other": "It follows {count} topics already.",
    },
    "channel.set-up": "Set it up",
    "channel.in-private": (
        "Channels are set up in a private chat with me. Write /channel there. What this chat"
        " follows is chosen here, with /sections."
    ),
    "channel.unclear": (
        "I do not understand which channel you mean. Write its name as in"
        " <code>/channel @name</code>, or the address of one of its posts."
    ),
    "channel.invitation": (
        "That is an invitation, which tells me nothing of the channel behind it. Add me there as an"
        " administrator, and I offer here to set it up."
    ),
    "channel.not-found": (
        "I find no channel {channel}. Either the name is misspelt, or the channel is private and I"
        " am not in it: add me as an administrator first."
    ),
    "channel.no-channel": (
        "{channel} is not a channel. In a group, write /sections in the group itself; what you"
        " want to get here is chosen here."
    ),
    "channel.bot-outside": (
        "I am not an administrator of {channel}. Add me, @{bot}, to its administrators with the"
        " right to post messages, then write <code>/channel {channel}</code> again."
    ),
    "channel.no-right": (
        "I am an administrator of {channel}, but may not post there. Give me the right to post"
        " messages, then write <code>/channel {channel}</code> again."
    ),
    "channel.not-yours": (
        "Only {channel}'s administrators can set it up, and Telegram does not name you among them."
    ),
    "channel.not-yours-toast": "Only the channel's administrators can change that.",
    "welcome.rooms": {
        "one": "{count} topic here has its own follows, and has them back.",
        "other": "{count} topics here have their own follows, and have them back.",
    },
    "settings.silenced": "I may not write here: alerts wait until I may",
    "settings.closed": "This topic is closed: alerts wait until it is reopened",
    "menu.channel": "Set up a channel",
    "menu.done": "Done with the channel",
}
