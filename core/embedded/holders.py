"""Who uses an instance's servers: each process holds a shared lock on one file while it lives.

The kernel lets go of a lock when its process ends, however it ends, so nothing has to be reaped
after `kill -9`; a forked child shares its parent's lock and keeps the servers up in its turn.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(mutex: Path) -> Iterator[None]:
    """One process at a time starts or stops servers."""
    handle = _open(mutex)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def arrive(presence: Path) -> int:
    """Says that this process uses the servers; answers the handle that `go` closes."""
    handle = _open(presence)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def go(handle: int) -> None:
    """This process is done. Closed, never unlocked: a forked child may hold the same lock."""
    os.close(handle)


def nobody_left(presence: Path) -> bool:
    """Whether no process holds the servers; true only under `alone` does it stay so."""
    handle = _open(presence)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
