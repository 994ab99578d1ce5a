"""What a person holds in the rooms above, in figures: each room states its own, a card shows them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Holding:
    """A line: `text` is French, whole (« 12 fichiers et dossiers »); `key` names it in the API."""

    key: str
    number: int
    text: str


type Tell = Callable[[User], Sequence[Holding]]

_told: dict[str, Tell] = {}


def register(app: str, tell: Tell) -> None:
    """To be called in `ready()`. Raises ValueError for a room twice."""
    if app in _told:
        raise ValueError(f"holdings of {app} are registered twice")
    _told[app] = tell


def holdings_of(person: User) -> list[Holding]:
    """Every room's figures, by the name of the room. A few queries each, whatever is held."""
    return [holding for _, tell in sorted(_told.items()) for holding in tell(person)]
