"""Bots that are measured beside each other, as `peer.toml` describes them."""

import re
import shutil
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

PEERS = Path(__file__).with_name("peer.toml")
#: What stands in braces in a description, and what comes in its place.
PLACEHOLDERS = {
    "api_url": "the Bot API's address, without a slash at its end",
    "token": "the bot's token",
    "feed_url": "the feed's address",
    "folder": "an empty folder, in which the bot is started",
    "chats": "how many private chats follow the feed; their ids are 1, 2, 3 …",
    "ca_file": "whom to trust where the Bot API is spoken to over TLS; else nothing",
    "python": "the Python that measures",
    "project": "the folder of Dekbot's sources",
}
_PLACE = re.compile(r"\{(\w+)\}")


class PeersError(Exception):
    """The file cannot be used: one line per fault."""


def _check_places(text: str) -> str:
    if unknown := [name for name in _PLACE.findall(text) if name not in PLACEHOLDERS]:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValueError(f"there is no {{{unknown[0]}}}; there are {known}")
    return text


Text = Annotated[str, AfterValidator(_check_places)]


class Peer(BaseModel):
    """One bot. A field's description says what a right value is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(pattern=r"^\S(.{0,38}\S)?$", description='text such as "Dekbot"')
    #: How it is started. It is killed and started again in the same folder.
    command: list[Text] = Field(min_length=1, description='a list such as ["node", "index.js"]')
    #: Run before it is first started: makes the chats follow the feed.
    seed: list[Text] = Field(min_length=1, description='a list such as ["./seed", "{chats}"]')
    #: Files without which it is not installed here.
    needs: list[Text] = Field([], description='a list of paths, such as ["{project}/bot.js"]')
    environment: dict[str, Text] = Field({}, description='a table of texts, such as X = "1"')
    #: What is added where the server sets no limits.
    tuned: dict[str, Text] = Field({}, description='a table of texts, such as RATE = "1000"')
    #: What it does when it is ready.
    ready: list[Literal["feed", "updates"]] = Field(
        ["feed", "updates"],
        description='a list of "feed" (it reads the feed) and "updates" (it calls getUpdates)',
    )
    #: Seconds that it has for that.
    patience: float = Field(60, gt=0, le=3600, description="seconds, above 0 and at most 3600")
    #: Seconds from then on until an article is published.
    settles: float = Field(0.5, ge=0, le=600, description="seconds, from 0 to 600")
    #: After so many without an alert what has not come is lost: more than between two polls.
    silence: float = Field(15, gt=0, le=3600, description="seconds, above 0 and at most 3600")

    @property
    def speaks_tls(self) -> bool:
        """Whether it can be told whom to trust."""
        texts = (*self.command, *self.environment.values())
        return any("{ca_file}" in text for text in texts)

    def lacks(self, places: Mapping[str, str]) -> list[str]:
        """Return what is not installed here."""
        programs = [filled(one[0], places) for one in (self.command, self.seed)]
        files = [filled(one, places) for one in self.needs]
        lacking = [one for one in programs if shutil.which(one) is None]
        return list(dict.fromkeys((*lacking, *(one for one in files if not Path(one).exists()))))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    bots: list[Peer] = Field(min_length=1, description="at least one [[bots]]")


def filled(text: str, places: Mapping[str, str]) -> str:
    """Put what stands for each placeholder in its place."""
    return _PLACE.sub(lambda found: places.get(found[1], ""), text)


def read_peers(path: Path = PEERS) -> list[Peer]:
    """Return the bots of the file; raises PeersError: file, key and what would be right."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        bots = _File.model_validate(told).bots
    except OSError as error:
        raise PeersError(f"{path}: {error.strerror}; name a TOML file") from None
    except UnicodeDecodeError as error:
        raise PeersError(f"{path}: byte {error.start} is no UTF-8; save it so") from None
    except tomllib.TOMLDecodeError as error:
        raise PeersError(f"{path}: this is no TOML: {error}") from None
    except ValidationError as error:
        raise PeersError("\n".join(f"{path}: {fault}" for fault in _faults(error))) from None
    if twice := [name for name, count in Counter(bot.name for bot in bots).items() if count > 1]:
        raise PeersError(f"{path}: bots.name: {twice[0]!r} is there twice; give each its own")
    return bots


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors(include_url=False):
        yield f"{_dotted(fault['loc'])}: {_in_words(fault)}"


def _dotted(location: Sequence[int | str]) -> str:
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path or "the file"


def _in_words(fault: Any) -> str:
    """Return what is wrong and what would be right."""
    match fault["type"]:
        case "extra_forbidden":
            owner = Peer if len(fault["loc"]) > 1 else _File
            return f"is no known key; there are {', '.join(owner.model_fields)}"
        case "value_error":
            return str(fault["ctx"]["error"])
        case "missing":
            wrong = "is missing"
        case "model_type" | "list_type" if fault["loc"][0] == "bots" and len(fault["loc"]) < 3:  # noqa: PLR2004 - bots and a number
            return "must be tables: write [[bots]]"
        case _:
            wrong = f"{fault['input']!r} is wrong"
    names = [step for step in fault["loc"] if isinstance(step, str)]
    field = (_File if len(names) == 1 else Peer).model_fields[names[min(len(names) - 1, 1)]]
    return f"{wrong}; it must be {field.description}"
