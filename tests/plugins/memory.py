"""What was read before the first test lives until the last: the collector of cycles does not look at it again.

The tree and its thousands of tests are half a million objects; walked anew now and then, they took an eighth of
a worker's time.
"""

import gc

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
