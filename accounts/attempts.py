"""Limits on guessing, in the cache, per account and per address.

An account is counted by what was typed, whether it exists or not, so that limits tell nothing. From one
address five wrong tries on one login are free, then each must wait longer; from everywhere together
twenty, which closes nothing to an address where that account got in before: nobody is locked out by a
stranger. An address may be a whole school at 8:30: it is closed only after a hundred wrong tries within a
quarter of an hour, and three more for each different person who got in from it. A try counts when it
begins and is given back when it succeeds, so that many at once gain nothing. A browser in which an account
got in before (`devices.py`) has a count of its own for that account: neighbours who guess close nothing
to it.
"""

import hashlib

from django.core.cache import cache

from accounts import devices
from accounts.errors import TooManyAttempts
from core import clock

WINDOW = 15 * 60
# A login's wrong tries are remembered this long after the last one.
MEMORY = 12 * 3600
KNOWN_FOR = 30 * 24 * 3600
DEVICE_KNOWN_FOR = int(devices.KEPT_FOR.total_seconds())
FREE_HERE = 5
FREE_EVERYWHERE = 20
FREE_ADDRESS = 100
CREDIT_FOR_EACH = 3
FIRST_WAIT = 5
LONGEST_WAIT = 15 * 60


def wait_after(wrong: int, free: int) -> int:
    """Seconds to wait after this many wrong tries: none at first, then 5, 10, 20… up to 15 minutes."""
    over = wrong - free
    return 0 if over <= 0 else min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(over - 1, 12))


class Attempt:
    """One try on a login from an address. Raises TooManyAttempts when it begins too soon."""

    def __init__(self, login: str, address: str, *, kind: str = "sign-in", device: str = "") -> None:
        self._account = account = _digest(login)
        self._device_key = f"{kind}:device:{account}:{_digest(device)}" if device else ""
        self._at_home = bool(device) and cache.get(f"{self._device_key}:known") is not None
        self._address_key = f"{kind}:address:{address}"
        self._people_key = f"{kind}:people:{address}"
        self._known_key = f"{kind}:known:{account}:{address}"
        self._keys = {self._device_key if self._at_home else f"{kind}:{account}:{address}": FREE_HERE}
        if not self._at_home and cache.get(self._known_key) is None:
            self._keys[f"{kind}:{account}"] = FREE_EVERYWHERE
        self._refuse_if_waiting()
        if not self._at_home:
            self._refuse_if_address_closed()
        for key, free in self._keys.items():
            wrong = _add(key, MEMORY)
            cache.touch(key, MEMORY)
            seconds = wait_after(wrong, free)
            if seconds:
                cache.set(f"{key}:until", _instant() + seconds, seconds)
        if not self._at_home:
            _add(self._address_key, WINDOW)

    def succeeded(self) -> None:
        """The try was right: its account's count starts anew, the address gets its try back."""
        for key in self._keys:
            cache.delete_many([key, f"{key}:until"])
        if not self._at_home:
            _take_back(self._address_key)
        cache.set(self._known_key, 1, KNOWN_FOR)
        if self._device_key:
            cache.set(f"{self._device_key}:known", 1, DEVICE_KNOWN_FOR)
        if cache.add(f"{self._people_key}:{self._account}", 1, WINDOW):
            _add(self._people_key, WINDOW)

    def _refuse_if_waiting(self) -> None:
        untils = cache.get_many([f"{key}:until" for key in self._keys])
        left = max(untils.values(), default=0) - _instant()
        if left > 0:
            raise TooManyAttempts(max(1, round(left)))

    def _refuse_if_address_closed(self) -> None:
        counts = cache.get_many([self._address_key, self._people_key])
        allowed = FREE_ADDRESS + CREDIT_FOR_EACH * counts.get(self._people_key, 0)
        if counts.get(self._address_key, 0) >= allowed:
            raise TooManyAttempts(WINDOW)


class Cap:
    """One try where no more than `times` wrong ones are forgiven in `seconds`, from wherever they come. Raises
    TooManyAttempts when it begins too late; a try counts when it begins and is given back when it succeeds."""

    def __init__(self, kind: str, subject: str, *, times: int, seconds: int) -> None:
        self._key = f"cap:{kind}:{_digest(subject)}"
        if cache.get(self._key, 0) >= times or _add(self._key, seconds) > times:
            raise TooManyAttempts(seconds)

    def succeeded(self) -> None:
        _take_back(self._key)


def allow(kind: str, subject: str, *, times: int, seconds: int) -> bool:
    """Whether an act may be done once more on this subject: at most `times` in `seconds`."""
    key = f"{kind}:{_digest(subject)}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= times
    except ValueError:  # it expired between the two
        return True


def _digest(text: str) -> str:
    """What people type is not kept in the cache's keys."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _instant() -> float:
    return clock.now().timestamp()


def _add(key: str, seconds: int) -> int:
    """Counts one more within the time that the first opened."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # it expired between the two
        cache.set(key, 1, seconds)
        return 1


def _take_back(key: str) -> None:
    try:
        cache.decr(key)
    except ValueError:  # the window closed meanwhile: nothing to give back
        return
