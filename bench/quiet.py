"""A machine that others share is waited for: what they take from an import is not the import's."""

import sys
import time
from pathlib import Path

IDLE = 0.9  # share of the processors' time that nobody used, over a second
PATIENCE = 60.0  # seconds; then the measure is taken as it comes, and that is said


def wait() -> bool:
    """Returns once a second has passed in which the machine did next to nothing; False where none came."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        before = _clocks()
        time.sleep(1)
        after = _clocks()
        if after[0] - before[0] >= IDLE * (after[1] - before[1]):
            return True
    sys.stderr.write("the machine is busy with something else: measured all the same\n")
    return False


def _clocks() -> tuple[int, int]:
    """(idle, all): the processors' ticks since the machine started, as Linux counts them."""
    ticks = [int(tick) for tick in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)
