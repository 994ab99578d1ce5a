"""A school at noon on a Tuesday: nobody is left in peace."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.directory.worlds import SchoolWorld, school_world

NOON = datetime(2026, 10, 6, 10, 0, tzinfo=UTC)


@pytest.fixture
def world(at: Callable[[Any], None]) -> SchoolWorld:
    at(NOON)
    return school_world(classes=2)
