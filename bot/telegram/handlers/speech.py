"""What a message says to the bot."""

import re
from dataclasses import dataclass
from typing import Final

_COMMAND: Final = re.compile(r"/([^\s@/]*)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A command or a plain text."""

    #: In lower case, without its slash; None for a plain text.
    command: str | None
    #: What stands behind the command, or the whole text.
    rest: str
    #: Whether the bot is named; in a group, the unknown is answered only then.
    addressed: bool
    #: Whether another bot is named.
    for_another: bool = False


def said(text: str, bot_name: str) -> Said:
    text = text.strip()
    mention = re.match(rf"@{re.escape(bot_name)}\b[\s,:]*", text, re.IGNORECASE)
    if mention:
        text = text[mention.end() :]
    found = _COMMAND.fullmatch(text)
    if not found:
        return Said(command=None, rest=text, addressed=bool(mention))
    name, to, rest = found.groups()
    for_another = bool(to) and to.lower() != bot_name.lower()
    return Said(
        command=name.lower(),
        rest=(rest or "").strip(),
        addressed=bool(mention or to) and not for_another,
        for_another=for_another,
    )
