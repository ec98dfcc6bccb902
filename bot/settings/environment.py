"""Which variables are set: in the environment, and below it in `.env`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from dotenv.parser import Binding, parse_stream

PREFIX: Final = "DEKBOT_"
_FILE: Final = "_FILE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """Dekbot's variables that are set to something, under their names in capitals."""

    values: Mapping[str, str]
    #: A line for each thing that could not be read.
    faults: tuple[str, ...] = ()

    def unknown(self, known: frozenset[str]) -> Iterator[str]:
        """Yield a fault for each variable that is none of the known ones."""
        for name in sorted(self.values.keys() - known):
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "see .env.example for those there are"
            yield f"{name}: there is no such setting; {hint}"

    def secret(self, name: str) -> tuple[str | None, str | None]:
        """Return what the variable's `_FILE` variant holds, and a fault if it cannot be used."""
        variant = name + _FILE
        path = self.values.get(variant)
        if path is None:
            return None, None
        if name in self.values:
            return None, f"{variant}: {name} is set as well; expected only one of the two"
        try:
            content = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            return None, f"{variant}: {path} cannot be read ({_reason(error)}); expected a file"
        if not content:
            return None, f"{variant}: {path} is empty; expected the value that {name} would have"
        return content, None


def file_variant(name: str) -> str:
    """Return the variable that names a file with the value, as Docker gives secrets."""
    return name + _FILE


def read_variables(env_file: Path, environ: Mapping[str, str]) -> Variables:
    """Read both; the environment counts more. Empty values count as not set."""
    found, faults = _read_file(env_file)
    found.update(_ours(environ))
    return Variables(values={n: v for n, v in found.items() if v}, faults=tuple(faults))


def _read_file(path: Path) -> tuple[dict[str, str], list[str]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError) as error:
        return {}, [f"{path}: cannot be read ({_reason(error)}); expected a text file in UTF-8"]
    faults = [
        f"{path}, line {_line(one)}: makes no sense; expected NAME=value, or # and a comment"
        for one in bindings
        if one.error or (one.key and one.value is None)
    ]
    return _ours({one.key: one.value for one in bindings if one.key and one.value}), faults


def _ours(variables: Mapping[str, str]) -> dict[str, str]:
    capitals = {name.upper(): value.strip() for name, value in variables.items()}
    return {name: value for name, value in capitals.items() if name.startswith(PREFIX)}


def _line(binding: Binding) -> int:
    text = binding.original.string
    blank = text[: len(text) - len(text.lstrip())]
    return binding.original.line + blank.count("\n")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "not in UTF-8"
