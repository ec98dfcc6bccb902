"""How many examples a property is tried on."""

import os
from typing import Final

#: More for a thorough search: `make test EXAMPLES=20`.
_FACTOR: Final = float(os.environ.get("EXAMPLES") or 1)


def examples(usual: int) -> int:
    """Return how many, where `usual` are enough for every day."""
    return max(1, round(usual * _FACTOR))
