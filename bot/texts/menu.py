"""The command menu that Telegram shows."""

from bot.texts.catalogue import CATALOGUES, Texts

_COMMANDS = (
    ("sections", "menu.sections"),
    ("authors", "menu.authors"),
    ("labels", "menu.labels"),
    ("following", "menu.following"),
    ("latest", "menu.latest"),
    ("search", "menu.search"),
    ("alerts", "menu.alerts"),
    ("settings", "menu.settings"),
    ("digest", "menu.digest"),
    ("quiet", "menu.quiet"),
    ("timezone", "menu.timezone"),
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
    ("stop", "menu.stop"),
)


def commands(language: str) -> list[tuple[str, str]]:
    """Return each command, without its slash, with what it does."""
    texts = Texts(language)
    return [(command, texts.plain(key)) for command, key in _COMMANDS]


def languages() -> list[str]:
    """Return the languages that there are texts in."""
    return sorted(CATALOGUES)


def sorry(language: str) -> str:
    """Return what a reader is told when a fault of ours kept us from answering; plain text."""
    return Texts(language).plain("error.sorry")
