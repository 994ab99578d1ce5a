"""Signs of life of a run at work: its process renews one while it lives, so that a killed run is found out."""

import logging
import socket
from contextlib import suppress
from threading import Event, Thread

import psutil
from django.core.cache import cache

BEAT = 30  # seconds between two signs
LASTS = 4 * BEAT  # seconds without one after which a run was killed

log = logging.getLogger(__name__)


class Alive:
    """Within the block, the run gives signs of life."""

    def __init__(self, run_id: int) -> None:
        self._key = _key(run_id)
        self._over = Event()

    def __enter__(self) -> "Alive":
        self._sign()
        self._thread = Thread(target=self._beat, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()
        cache.delete(self._key)

    def _sign(self) -> None:
        cache.set(self._key, f"{socket.gethostname()}:{psutil.Process().pid}", LASTS)

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            try:
                self._sign()
            except Exception:  # a cache that stumbles must not end the signs
                log.warning("no sign of life could be given", exc_info=True)


def was_killed(run_id: int) -> bool:
    """Does nobody work on this run any more? Told by its process on this machine, by its silence elsewhere."""
    sign = cache.get(_key(run_id))
    if not sign:
        return True
    host, _, pid = sign.rpartition(":")
    return host == socket.gethostname() and not _runs(int(pid))


def _runs(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    return False


def _key(run_id: int) -> str:
    return f"feed-run-alive:{run_id}"
