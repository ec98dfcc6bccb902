"""HTML as Telegram reads it: which tags and attributes it knows, and how it refuses the rest.

It follows what tdlib's `parse_html` does, down to the byte offsets in its refusals.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.demo.botapi import references
from bot.demo.botapi.tags import TAGS, Entity, argument, link
from bot.demo.botapi.utf16 import units

_SPACE: Final = " \t\r\n\v"
_TEXT: Final = re.compile(r"[^<&]+")
_WORD: Final = re.compile(r"[^ \t\r\n\v>]*")
_SPACES: Final = re.compile(r"[ \t\r\n\v]*")
_ATTRIBUTE: Final = re.compile(r"[^ \t\r\n\v=>/\"']*")
_NAME_TOKEN: Final = re.compile(r"[A-Za-z0-9.-]*")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class MarkupError(ValueError):
    """Telegram can't parse the text; the message is its reason."""


@dataclass(slots=True, kw_only=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    argument: str
    #: In UTF-16 units of the text so far.
    offset: int
    #: Index of the first piece of text inside.
    piece: int


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Return text and entities, in the order in which they end; raises `MarkupError`."""
    return _Parser(markup).parse()


class _Parser:
    def __init__(self, markup: str) -> None:
        self._markup, self._at = markup, 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._markup):
            self._step()
        if self._open:
            raise MarkupError(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"'
            )
        text = "".join(self._pieces)
        if _LONE_SURROGATE.search(text):
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return text, self._entities

    def _step(self) -> None:
        found = _TEXT.match(self._markup, self._at)
        if found:
            self._add(found[0])
            self._at = found.end()
        elif self._markup[self._at] == "&":
            character, self._at = references.character_at(self._markup, self._at) or (
                "&",
                self._at + 1,
            )
            self._add(character)
        elif self._markup.startswith("</", self._at):
            self._end_tag()
        else:
            self._start_tag()

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._offset += units(text)

    def _start_tag(self) -> None:
        begin = self._at
        name = self._take(_WORD, begin + 1).lower()
        if not self._current():
            raise self._fault("Unclosed start tag", begin)
        if name not in TAGS:
            raise self._fault(f'Unsupported start tag "{name}"', begin)
        said = ""
        while self._current() != ">":
            self._skip_spaces()
            if self._current() == ">":
                break
            attribute, value = self._attribute(name, begin)
            said = argument(name, attribute, value, said)
        if name == "span" and said != "spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', begin)
        self._at += 1
        self._open.append(
            _Open(name=name, argument=said, offset=self._offset, piece=len(self._pieces))
        )

    def _attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        attribute = self._take(_ATTRIBUTE, self._at)
        if not attribute:
            raise self._fault(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_spaces()
        if self._current() not in {"=", ""}:
            return attribute, None
        self._at += 1
        self._skip_spaces()
        if not self._current():
            raise self._fault(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._current() in {'"', "'"} else self._name_token()
        if not self._current():
            raise self._fault("Unclosed start tag", begin)
        return attribute, value

    def _name_token(self) -> str:
        begin = self._at
        value = self._take(_NAME_TOKEN, begin).lower()
        if self._current() and self._current() not in f"{_SPACE}>":
            raise self._fault("Unexpected end of name token", begin)
        return value

    def _quoted(self) -> str:
        begin = self._at + 1
        end = self._markup.find(self._current(), begin)
        self._at = len(self._markup) if end < 0 else end + 1
        return references.resolve(self._markup[begin : end if end >= 0 else None])

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._fault("Unexpected end tag", begin)
        name = self._take(_WORD, begin + 2)
        self._skip_spaces()
        if self._current() != ">":
            raise self._fault("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if name and name != opened.name:
            place = f"byte offset {self._byte_offset(begin)}"
            raise MarkupError(
                f'Unmatched end tag at {place}, expected "</{opened.name}>", found "</{name}>"'
            )
        if self._offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        span = {"offset": opened.offset, "length": self._offset - opened.offset}
        kind = TAGS[opened.name]
        if opened.name == "a":
            url = opened.argument or "".join(self._pieces[opened.piece :])
            entity = link(url)
            self._entities += [{**entity, **span}] if entity else []
        elif opened.name in {"pre", "code"}:
            self._close_code(opened, span)
        elif opened.name == "tg-emoji":
            if not opened.argument.isdecimal():
                raise MarkupError("Invalid custom emoji identifier specified")
            self._entities.append({"type": kind, **span, "custom_emoji_id": opened.argument})
        elif opened.name == "blockquote" and opened.argument:
            self._entities.append({"type": "expandable_blockquote", **span})
        else:
            self._entities.append({"type": kind, **span})

    def _close_code(self, opened: _Open, span: dict[str, int]) -> None:
        """Close `pre` or `code`; both over the same text become one entity with a language."""
        other = "code" if opened.name == "pre" else "pre"
        last = self._entities[-1] if self._entities else {}
        same = last.get("type") == other and span.items() <= last.items()
        language = last.get("language") if opened.name == "pre" else opened.argument
        if same and language:
            last.update(type="pre", language=language)
        elif opened.argument and opened.name == "code":
            self._entities.append({"type": "code", **span, "language": opened.argument})
        else:
            self._entities.append({"type": opened.name, **span})

    def _current(self) -> str:
        return self._markup[self._at : self._at + 1]

    def _take(self, pattern: re.Pattern[str], begin: int) -> str:
        found = pattern.match(self._markup, begin)
        text = found[0] if found else ""
        self._at = begin + len(text)
        return text

    def _skip_spaces(self) -> None:
        self._take(_SPACES, self._at)

    def _fault(self, what: str, position: int) -> MarkupError:
        return MarkupError(f"{what} at byte offset {self._byte_offset(position)}")

    def _byte_offset(self, position: int) -> int:
        return len(self._markup[:position].encode())
