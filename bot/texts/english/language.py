"""Which language the bot speaks, and what it says of itself."""

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str | Mapping[str, str]]] = {
    "language.of-telegram": "<b>Language: {language},</b> following your Telegram.",
    "language.of-site": "<b>Language: {language},</b> that of the site.",
    "language.chosen": "<b>Language: {language},</b> as chosen here.",
    "language.instead": "<b>Language: {language},</b> as I do not speak yours yet.",
    "language.how": (
        "Tap, or write it: <code>/language english</code>, <code>/language korean</code>. Headlines"
        " and names stay as the site has them."
    ),
    "language.like-telegram": "As in my Telegram",
    "language.like-site": "As on the site",
    "language.usual-words": "telegram, auto, default, site",
    "language.unknown": "I do not speak “{typed}” yet. Nothing has changed.",
    "toast.language": "I speak {language} now.",
    "settings.language": "Language: {language}",
    "settings.to-language": "🌐 Language",
    "menu.language": "Which language I speak",
    "about.long": (
        "I watch {site} and send you every new article on what you follow: the headline, a"
        " one-sentence summary and a link. At once or in editions, with quiet hours and standing"
        " searches."
    ),
    "about.short": "New articles from {site} on what you follow, with headline and summary.",
}
