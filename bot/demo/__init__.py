"""Everything on this machine: a stand-in for Telegram, a newsroom, a chat page, and the bot."""

from bot.demo.rehearsal import rehearse
from bot.demo.show import run_demo

__all__ = ["rehearse", "run_demo"]
