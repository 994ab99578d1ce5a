"""Days that count in no delay of an absence: feeds registers its summer freezes here."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

# First and last day, both included.
type Pause = tuple[date, date]
type Pauses = Callable[[], Mapping[int, Sequence[Pause]]]

_sources: list[Pauses] = []


def register(source: Pauses) -> None:
    """Adds a source of pauses by academy key; to be called in `ready()`."""
    _sources.append(source)


def by_academy() -> dict[int, list[Pause]]:
    """Every pause known, by academy key."""
    found: dict[int, list[Pause]] = {}
    for source in _sources:
        for academy, pauses in source().items():
            found.setdefault(academy, []).extend(pauses)
    return found
