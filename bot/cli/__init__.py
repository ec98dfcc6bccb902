"""The command line; thin: it parses, asks the application, and shows what came of it."""

from bot.cli.commands import main

__all__ = ["main"]
