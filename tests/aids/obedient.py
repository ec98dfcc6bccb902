"""`python -m bot` as a process that files' permissions bind, which they do not for root."""

import ctypes
import os
import sys
from typing import Final

#: The status where root cannot give up its rights here.
CANNOT: Final = 77
_PR_CAPBSET_DROP: Final = 24
#: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER, by which root disregards permissions.
_OVERRIDING: Final = (1, 2, 3)


def main() -> None:
    if os.geteuid() == 0:
        _give_up_rights()
    os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])  # noqa: S606 - ourselves


def _give_up_rights() -> None:
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):  # not Linux
        sys.exit(CANNOT)
    if any(prctl(_PR_CAPBSET_DROP, right, 0, 0, 0) for right in _OVERRIDING):
        sys.exit(CANNOT)


if __name__ == "__main__":
    main()
