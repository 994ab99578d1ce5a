"""What tests of the panel and the lists share: two kinds of thing are known while they run."""

from collections.abc import Iterator

import pytest

from tests.sharing.kinds import BOX, NOTE, registered


@pytest.fixture
def kinds() -> Iterator[None]:
    with registered(NOTE, BOX):
        yield
