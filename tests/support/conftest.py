"""A school and whoever helps it, at noon on a Tuesday."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.worlds import NOON, DeskWorld, desk_world


@pytest.fixture
def world(at: Callable[[Any], None], db: None) -> DeskWorld:
    at(NOON)
    return desk_world()
