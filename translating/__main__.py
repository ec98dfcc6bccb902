"""`python -m translating [TAG…]`: brings the files up to date; a tag begins a new language."""

import sys
from pathlib import Path
from typing import Final

from bot.texts.english import ENGLISH, NOTES
from translating.catalogues import begun, read, unfinished, updated, written

FOLDER: Final = Path(__file__).resolve().parents[1] / "bot" / "texts" / "languages"


def main(tags: list[str]) -> None:
    paths = {*FOLDER.glob("*.po"), *(FOLDER / f"{tag.lower()}.po" for tag in tags)}
    for path in sorted(paths):
        before = read(path.read_bytes()) if path.exists() else begun(path.stem)
        after = updated(before, ENGLISH, NOTES)
        path.write_bytes(written(after))
        left = unfinished(after)
        done = len(after) - len(left)
        lines = [f"{path.name}: {done} of {len(after)} texts are translated", *left]
        sys.stdout.write("\n  ".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
