"""Every setting in one table, read from the environment and `.env`."""

from bot.settings.loading import load_settings
from bot.settings.table import Settings

__all__ = ["Settings", "load_settings"]
