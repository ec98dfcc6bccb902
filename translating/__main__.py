"""`python -m translating [TAG…]`: brings the files up to date; a tag begins a new language."""

import sys
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

from bot.texts.english import ENGLISH, NOTES
from translating.catalogues import begun, read, unfinished, updated, written

FOLDER: Final = Path(__file__).resolve().parents[1] / "bot" / "texts" / "languages"


def main(tags: list[str]) -> None:
    paths = {*FOLDER.glob("*.po"), *(FOLDER / f"{known(tag)}.po" for tag in tags)}
    for path in sorted(paths):
        before = read(path.read_bytes()) if path.exists() else begun(path.stem)
        after = updated(before, ENGLISH, NOTES)
        path.write_bytes(written(after))
        left = unfinished(after)
        done = len(after) - len(left)
        lines = [f"{path.name}: {done} of {len(after)} texts are translated", *left]
        sys.stdout.write("\n  ".join(lines) + "\n")


def known(tag: str) -> str:
    """Return the tag as files have it; leaves where Unicode knows no such language."""
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        raise SystemExit(f"{tag!r} is no language's tag; write one such as de or pt-br") from None
    return tag.lower()


if __name__ == "__main__":
    main(sys.argv[1:])
