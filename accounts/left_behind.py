"""What a person leaves where others read it, in figures: each room states its own things, the page of whoever
leaves shows them, and asks whether they may stay. What becomes of them is each room's fate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from accounts.models import User


@dataclass(frozen=True, slots=True)
class LeftThings:
    """A line: `app` is the French name of an application, `text` French, whole (« 12 fichiers »); `key` names it
    in the API."""

    app: str
    key: str
    number: int
    text: str


type Tell = Callable[[User], Sequence[LeftThings]]

_told: dict[str, Tell] = {}


def register(app: str, tell: Tell) -> None:
    """To be called in `ready()`. Raises ValueError for a room twice."""
    if app in _told:
        raise ValueError(f"what is left behind in {app} is registered twice")
    _told[app] = tell


def counts(rows: QuerySet[Any, Any], by: str) -> dict[int, int]:
    """How many rows bear each person (`by` names their key). One query."""
    return dict(rows.order_by().values_list(by).annotate(number=Count("pk")))


def left_by(person: User) -> list[LeftThings]:
    """Every room's figures that are not nought, by application. A few queries each, whatever is left."""
    found = [line for _, tell in sorted(_told.items()) for line in tell(person) if line.number]
    return sorted(found, key=lambda line: line.app)
