"""Ordered entries that higher rooms register in `ready()`: the shell and the pages read them here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Ordered(Protocol):
    @property
    def key(self) -> str: ...

    @property
    def order(self) -> int: ...


class AlreadyRegistered(ValueError):
    """Two rooms chose one key: a mistake of the code, said at start."""


class Registry[E: Ordered]:
    """Entries by key, iterated by (order, key)."""

    def __init__(self) -> None:
        self._entries: dict[str, E] = {}

    def register(self, entry: E) -> E:
        """Adds `entry`; raises AlreadyRegistered when its key is taken."""
        if entry.key in self._entries:
            raise AlreadyRegistered(entry.key)
        self._entries[entry.key] = entry
        return entry

    def __iter__(self) -> Iterator[E]:
        return iter(sorted(self._entries.values(), key=lambda entry: (entry.order, entry.key)))

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def get(self, key: str) -> E | None:
        return self._entries.get(key)

    @contextmanager
    def only(self, *entries: E) -> Iterator[None]:
        """Stands for a while with these entries alone (the living page, tests)."""
        kept, self._entries = self._entries, {entry.key: entry for entry in entries}
        try:
            yield
        finally:
            self._entries = kept
