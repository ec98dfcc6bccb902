"""What Telegram shows of the bot outside of its messages: the command menu and who it is."""

from collections.abc import Mapping
from typing import Final

from bot.texts.catalogue import Texts
from bot.texts.clip import clip
from bot.texts.translations import languages

#: Telegram tells languages apart by two letters here.
_CODE: Final = 2
#: Telegram's limits, in characters.
_LONGEST_DESCRIPTION: Final = 512
_LONGEST_ABOUT: Final = 120

_COMMANDS = (
    ("sections", "menu.sections"),
    ("authors", "menu.authors"),
    ("labels", "menu.labels"),
    ("following", "menu.following"),
    ("latest", "menu.latest"),
    ("search", "menu.search"),
    ("alerts", "menu.alerts"),
    ("saved", "menu.saved"),
    ("save", "menu.save"),
    ("export", "menu.export"),
    ("settings", "menu.settings"),
    ("digest", "menu.digest"),
    ("quiet", "menu.quiet"),
    ("timezone", "menu.timezone"),
    ("language", "menu.language"),
    ("follow", "menu.follow"),
    ("unfollow", "menu.unfollow"),
    ("mute", "menu.mute"),
    ("unmute", "menu.unmute"),
    ("pause", "menu.pause"),
    ("resume", "menu.resume"),
    ("why", "menu.why"),
    ("channel", "menu.channel"),
    ("done", "menu.done"),
    ("help", "menu.help"),
    ("mydata", "menu.mydata"),
    ("move", "menu.move"),
    ("stop", "menu.stop"),
)


#: Only where the bot is run from.
_OF_ADMINISTRATORS: Final = (("admin", "menu.admin"),)


def commands(language: str, *, administers: bool = False) -> list[tuple[str, str]]:
    """Return each command, without its slash, with what it does."""
    texts = Texts(language)
    shown = (*_OF_ADMINISTRATORS, *_COMMANDS) if administers else _COMMANDS
    return [(command, texts.plain(key)) for command, key in shown]


def menu_languages() -> Mapping[str, str]:
    """Return the languages by the codes for which Telegram takes a menu."""
    codes = {language.split("-")[0]: language for language in reversed(languages())}
    return {code: codes[code] for code in sorted(codes) if len(code) == _CODE}


def description(language: str, site: str) -> str:
    """Return what stands in a chat with the bot before it begins."""
    return clip(Texts(language).plain("about.long", site=site), _LONGEST_DESCRIPTION)


def about(language: str, site: str) -> str:
    """Return what stands on the bot's profile and beside links to it."""
    return clip(Texts(language).plain("about.short", site=site), _LONGEST_ABOUT)


def sorry(language: str) -> str:
    """Return what a reader is told when a fault of ours kept us from answering; plain text."""
    return Texts(language).plain("error.sorry")
