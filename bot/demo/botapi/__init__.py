"""A stand-in for Telegram's Bot API, with people who write to the bot and read what it sends."""

from bot.demo.botapi.cards import LinkCard
from bot.demo.botapi.inline import InlineAnswer
from bot.demo.botapi.limits import Limits
from bot.demo.botapi.messages import Message
from bot.demo.botapi.queries import Answer
from bot.demo.botapi.reader import Reader
from bot.demo.botapi.rooms import Person, Room, Standing
from bot.demo.botapi.server import StandIn
from bot.demo.botapi.world import World

__all__ = [
    "Answer",
    "InlineAnswer",
    "Limits",
    "LinkCard",
    "Message",
    "Person",
    "Reader",
    "Room",
    "StandIn",
    "Standing",
    "World",
]
