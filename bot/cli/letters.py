"""Shows letters in the terminal, about as Telegram shows them."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from bot.cli.terminal import plain
from bot.texts.letter import Letter, Preview

_STYLES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strike",
    "code": "cyan",
    "pre": "cyan",
}
_WIDTH: Final = 72


def letter_panels(letters: Sequence[Letter]) -> RenderableType:
    """Return the messages, one under the other."""
    if not letters:
        return Text("Nothing is found there that would be a message.")
    return Group(*map(_panel, letters))


def _panel(letter: Letter) -> RenderableType:
    """Return the message as a bubble, with its buttons under it."""
    reader = _Reader()
    reader.feed(letter.html)
    reader.close()
    card = letter.preview_url or reader.first_link
    shown = letter.preview is not Preview.NONE and card is not None
    subtitle = Text(f"{letter.preview} card of {plain(card or '')}") if shown else None
    bubble = Panel(reader.text, width=_WIDTH, subtitle=subtitle, subtitle_align="left")
    rows = [Text(" ".join(f"[ {plain(button.text)} ]" for button in row)) for row in letter.rows]
    return Group(bubble, *rows)


class _Reader(HTMLParser):
    """Reads Telegram's HTML into styled text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self.first_link: str | None = None
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = _STYLES.get(tag, "")
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.first_link = self.first_link or href
            style = f"underline link {plain(href)}"
        self._open.append((tag, style))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        styles = " ".join(style for _, style in self._open if style)
        self.text.append(plain(data, keep="\n"), style=styles)
