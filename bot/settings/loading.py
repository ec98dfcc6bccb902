"""Reads the settings and tells all their faults together."""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.duration import format_duration
from bot.domain.errors import ConfigurationError
from bot.domain.redaction import redact
from bot.settings.contradictions import contradictions
from bot.settings.environment import PREFIX, Variables, file_variant, read_variables
from bot.settings.table import Settings

_ENV_FILE: Final = Path(".env")
_LONGEST_SHOWN: Final = 80
#: A name and password in an address.
_LOGIN: Final = re.compile(r"[^/\s'@]*:[^\s'@]*@")


class _Environment(Settings, BaseSettings):
    """The settings as the environment has them, and below it `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, env_file_encoding="utf-8-sig", extra="ignore"
    )


def load_settings(**overrides: Any) -> Settings:
    """Read the environment and, below it, the working directory's `.env`; overrides count most.

    A secret may stand in a file that `DEKBOT_…_FILE` names. Raises ConfigurationError with a line
    for each fault: which variable, what is wrong, what would be right; never with a secret.
    """
    if strange := overrides.keys() - Settings.model_fields.keys():
        raise TypeError(f"there are no such settings: {', '.join(sorted(strange))}")
    variables = read_variables(_ENV_FILE, os.environ)
    faults = [*variables.faults, *variables.unknown(known_variables())]
    secrets, unreadable = _read_secrets(variables, overrides)
    faults += unreadable
    # A file with faults is not read once more: dotenv would tell of them in its own words.
    env_file = None if variables.faults else _ENV_FILE
    given = {**secrets, **overrides}
    try:
        settings = _Environment(_env_file=env_file, **given)
    except ValidationError as error:
        faults += _faults(error, secrets)
        wrong = {str(detail["loc"][0]) for detail in error.errors()}
        # As if the wrong ones were not set: what the others say can be told at once, too.
        settings = _Environment(_env_file=env_file, **given | _defaults(wrong))
        faults += _contradictions(settings, secrets, beside=wrong)
    else:
        faults += _contradictions(settings, secrets)
    if faults:
        raise ConfigurationError(*map(_without_secrets, faults))
    return settings


def known_variables() -> frozenset[str]:
    """Return the names of all variables that mean something."""
    return frozenset([*map(_variable, Settings.model_fields), *map(file_variant, _secret_names())])


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _secret_names() -> list[str]:
    fields = Settings.model_fields.items()
    return [_variable(name) for name, field in fields if SecretStr in _types(field.annotation)]


def _types(annotation: Any) -> Iterator[Any]:
    """Yield all types that an annotation is made of."""
    yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _types(part)


def _read_secrets(
    variables: Variables, overrides: Mapping[str, Any]
) -> tuple[dict[str, str], list[str]]:
    found: dict[str, str] = {}
    faults: list[str] = []
    for name in _secret_names():
        field = name.removeprefix(PREFIX).lower()
        if field in overrides:
            continue
        value, fault = variables.secret(name)
        if value is not None:
            found[field] = value
        if fault is not None:
            faults.append(fault)
    return found, faults


def _faults(error: ValidationError, from_files: Mapping[str, str]) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        field = str(detail["loc"][0])
        expected = Settings.model_fields[field].description
        yield f"{_name(field, from_files)}: {_wrong(detail)}; expected {expected}"


def _defaults(fields: Iterable[str]) -> dict[str, Any]:
    return {name: Settings.model_fields[name].default for name in fields}


def _contradictions(
    settings: Settings, from_files: Mapping[str, str], beside: Collection[str] = ()
) -> Iterator[str]:
    """Yield a fault for each, but for those that concern fields `beside`, told of already."""
    for one in contradictions(settings):
        if not one.fields & set(beside):
            yield f"{_name(one.blamed, from_files)}: {one.fault}"


def _name(field: str, from_files: Mapping[str, str]) -> str:
    variable = _variable(field)
    return file_variant(variable) if field in from_files else variable


def _wrong(detail: ErrorDetails) -> str:
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    given = detail["input"]
    written = format_duration(given) if isinstance(given, timedelta) else str(given)
    shown = _without_secrets(written)  # first: what is cut has another shape
    if len(shown) > _LONGEST_SHOWN:
        shown = shown[:_LONGEST_SHOWN] + "…"
    return f"{shown!r} cannot be used"


def _without_secrets(fault: str) -> str:
    return redact(_LOGIN.sub("…@", fault))
