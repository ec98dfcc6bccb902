"""Reads section pages, by the order of a teaser's parts rather than by class names."""

from bot.sources.page.reading import read_page
from bot.sources.page.usual import too_few, usual_count

__all__ = ["read_page", "too_few", "usual_count"]
