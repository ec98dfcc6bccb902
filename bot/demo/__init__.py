"""Everything on this machine: a stand-in for Telegram, a newsroom, a chat page, and the bot."""

from bot.demo.show import run_demo

__all__ = ["run_demo"]
