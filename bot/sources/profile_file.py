"""Site profiles in their files: those that Dekbot brings, and one's own."""

import tomllib
from datetime import timedelta
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from bot.domain.duration import format_duration
from bot.domain.errors import ConfigurationError
from bot.sources.profile import SiteProfile
from bot.sources.profile_faults import contradictions, faults
from bot.sources.suggestion import did_you_mean

_SUFFIX: Final = ".toml"
#: More often than this is impolite to a public site.
_POLITE: Final = timedelta(minutes=1)


def bundled_profiles() -> dict[str, Traversable]:
    """Return the profiles that Dekbot brings, by name."""
    folder = resources.files("bot.sources") / "sites"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(_SUFFIX): file for file in files if file.name.endswith(_SUFFIX)}


def load_profile(name_or_path: str) -> SiteProfile:
    """Return the bundled profile of this name, or the one in this file.

    Raises ConfigurationError with one line per fault: file, key, and what would be right.
    """
    bundled = bundled_profiles()
    if name_or_path in bundled:
        return parse_profile(bundled[name_or_path].read_bytes(), f"{name_or_path}{_SUFFIX}")
    path = Path(name_or_path).expanduser()
    if not name_or_path.strip() or (not path.exists() and path.name == name_or_path):
        hint = did_you_mean(name_or_path, bundled)
        raise ConfigurationError(f"{name_or_path!r}: no site of this name, and no file; {hint}")
    try:
        return parse_profile(path.read_bytes(), name_or_path)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ConfigurationError(f"{name_or_path}: {reason}; name a TOML file") from None


def parse_profile(content: bytes, file: str) -> SiteProfile:
    """Return the profile that the TOML describes; `file` is how faults name it.

    Raises ConfigurationError as `load_profile` does.
    """
    try:
        profile = SiteProfile.model_validate(_table(content, file))
    except ValidationError as error:
        raise ConfigurationError(*(f"{file}: {fault}" for fault in faults(error))) from None
    if wrong := list(contradictions(profile)):
        raise ConfigurationError(*(f"{file}: {fault}" for fault in wrong))
    return profile


def advice(profile: SiteProfile, poll_interval: timedelta | None = None) -> tuple[str, ...]:
    """Return what is allowed and hardly meant, in one sentence each.

    A poll interval given here overrides those of the profile, as DEKBOT_POLL_INTERVAL does.
    """
    if poll_interval is not None:
        read = [("DEKBOT_POLL_INTERVAL: every source", poll_interval)]
    else:
        read = [
            (source.url, profile.least(source) or profile.interval(source))
            for source in profile.sources
        ]
    hasty = (
        f"{what} is read every {format_duration(interval)}:"
        " a public site is better read once a minute at most"
        for what, interval in read
        if interval < _POLITE
    )
    sectionless = (
        f"{source.url} is a page without a section: its articles belong to none"
        for source in profile.sources
        if source.kind == "page" and source.section is None
    )
    return (*hasty, *sectionless)


def _table(content: bytes, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{file}: byte {error.start} is no UTF-8; save it so") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file}: this is no TOML: {error}") from None
