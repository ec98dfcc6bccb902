"""Fixtures of the tests of the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.aids.lab import Lab, open_lab


@pytest.fixture
def lab(database_path: Path) -> Iterator[Lab]:
    with open_lab(database_path) as lab:
        yield lab
