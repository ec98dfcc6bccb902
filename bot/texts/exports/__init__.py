"""Reading lists as files for other programs; pure, as all texts are."""

from bot.texts.exports.formats import Format, exported, format_named

__all__ = ["Format", "exported", "format_named"]
