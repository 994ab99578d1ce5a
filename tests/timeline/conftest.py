"""What tests of the timeline share: two kinds of thing are known, and the school of a teacher who shares."""

from collections.abc import Iterator

import pytest

from tests.sharing.kinds import BOX, NOTE, registered
from tests.sharing.worlds import SharingWorld, sharing_world


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    with registered(NOTE, BOX):
        yield


@pytest.fixture
def world(db: None) -> SharingWorld:
    return sharing_world()
