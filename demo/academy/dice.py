"""Draws that depend on a key and on nothing else.

Each entity and year has dice of its own (`Dice(seed, "family", 12, 2026)`), so that what one of them
draws moves no other's, and that neither the version of Python nor the order of calls shows.
"""

from collections.abc import Sequence
from hashlib import blake2b

_LOW = 1 << 64
_WHOLE = 1_000_000


class Dice:
    """An endless run of numbers read from hashes of the key."""

    __slots__ = ("_key", "_pool", "_round")

    def __init__(self, *key: object) -> None:
        self._key = "\x1f".join(map(str, key)).encode()
        self._round = 0
        self._pool = 0

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1; `limit` stays under 2**32."""
        if self._pool < _LOW:
            salt = self._round.to_bytes(8, "big")
            self._pool = int.from_bytes(blake2b(self._key, digest_size=64, salt=salt).digest(), "big")
            self._round += 1
        self._pool, drawn = divmod(self._pool, limit)
        return drawn

    def between(self, first: int, last: int) -> int:
        """A number from `first` to `last`, both included."""
        return first + self.below(last - first + 1)

    def chance(self, share: float) -> bool:
        """True for this share of the draws, 0 to 1."""
        return self.below(_WHOLE) < share * _WHOLE

    def pick[T](self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def weighted[T](self, items: Sequence[tuple[T, int]]) -> T:
        """One of (item, weight), as often as its weight says."""
        drawn = self.below(sum(weight for _, weight in items))
        for item, weight in items:
            drawn -= weight
            if drawn < 0:
                return item
        raise ValueError("no item has a weight")

    def shuffled[T](self, items: Sequence[T]) -> list[T]:
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed
