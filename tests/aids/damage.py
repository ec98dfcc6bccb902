"""What becomes of a database's files: damage, and power cuts."""

import shutil
import sys
from pathlib import Path
from random import Random
from typing import Final

PAGE: Final = 4096
_WAL_HEADER: Final = 32
_FRAME: Final = PAGE + 24
#: In the -shm file, the frames that a checkpoint has brought over, and those that it was about to:
#: https://www.sqlite.org/walformat.html, section 2.1.
_BACKFILLED: Final = (96, 128)


def overwrite(path: Path, *, seed: int, at: int | None = None, pages: int = 8) -> None:
    """Put noise over some of the file's pages: from that byte on, or in the middle."""
    random = Random(seed)  # noqa: S311 - noise, not secrets
    middle = (path.stat().st_size // PAGE - pages) // 2 * PAGE
    with path.open("r+b") as file:
        file.seek(middle if at is None else at)
        file.write(random.randbytes(pages * PAGE))


def overwrite_all(path: Path, *, seed: int) -> None:
    """Put noise over all pages but the first, whatever lies where."""
    overwrite(path, seed=seed, at=PAGE, pages=path.stat().st_size // PAGE - 1)


def after_a_power_cut(path: Path, folder: Path, random: Random) -> Path:
    """Copy the database as a power cut may leave it; whoever writes it must stand still.

    The index in shared memory is gone, and so is the end of the write-ahead log, from any byte on
    that no checkpoint has made sure of.
    """
    cut = folder / path.name
    shutil.copy(path, cut)
    log = Path(f"{path}-wal").read_bytes()
    sure = _sure(Path(f"{path}-shm").read_bytes())
    Path(f"{cut}-wal").write_bytes(log[: random.randint(min(sure, len(log)), len(log))])
    return cut


def _sure(shared: bytes) -> int:
    """Return how many bytes of the write-ahead log are on the disk for certain."""
    frames = [int.from_bytes(shared[at : at + 4], sys.byteorder) for at in _BACKFILLED]
    return _WAL_HEADER + max(frames) * _FRAME if any(frames) else 0
