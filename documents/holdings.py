"""The room that a person's files take, in figures for their card."""

from accounts import holdings
from accounts.holdings import Holding
from accounts.models import User
from documents.querysets import quota_of
from ui.french import size


def register() -> None:
    """Called by `ready()`."""
    holdings.register("documents", told)


def told(person: User) -> list[Holding]:
    """Two queries, whatever is held."""
    room = quota_of(person)
    return [Holding("quota", room.used, f"{size(room.used)} utilisés sur {size(room.limit)}")]
