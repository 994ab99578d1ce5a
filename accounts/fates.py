"""What becomes of a person's things when their account is erased: each room states it for its tables.

A fate is set-based: it is handed many people at once. Rooms above come first, so that nothing is left
pointing at what a lower room erases; all of it is one transaction of `services.lifecycle`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

type Erase = Callable[[Sequence[int]], None]

# From top to bottom, as the import contract has them.
LAYERS = ("admin_console", "feeds", "documents", "rollover", "sharing", "directory", "accounts")


@dataclass(frozen=True, slots=True)
class Fate:
    """How a room erases people: `covers` names each key to a person (`app.Model.field`) it answers for."""

    app: str
    covers: frozenset[str]
    erase: Erase


_fates: dict[str, Fate] = {}


def register(app: str, *, covers: Sequence[str], erase: Erase) -> None:
    """States a room's fate; to be called in `ready()`. Raises ValueError for a room unknown or twice."""
    if app not in LAYERS or app in _fates:
        raise ValueError(f"a fate of {app} is registered twice, or its layer is unknown")
    _fates[app] = Fate(app, frozenset(covers), erase)


def in_order() -> list[Fate]:
    """Every fate, from the highest room down."""
    return sorted(_fates.values(), key=lambda fate: LAYERS.index(fate.app))


def covered() -> frozenset[str]:
    """Every key to a person whose fate is stated."""
    return frozenset().union(*(fate.covers for fate in _fates.values()))
