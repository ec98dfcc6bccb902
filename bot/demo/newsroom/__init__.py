"""The demo newsroom: a site of invented articles, and who invents and publishes them."""

from bot.demo.newsroom.article import SiteArticle
from bot.demo.newsroom.invention import Invention
from bot.demo.newsroom.profile import profile_text
from bot.demo.newsroom.publisher import Publisher
from bot.demo.newsroom.server import Asked, Newsroom

__all__ = ["Asked", "Invention", "Newsroom", "Publisher", "SiteArticle", "profile_text"]
