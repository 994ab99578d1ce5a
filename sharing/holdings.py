"""What a person has shared, and what was shared with them by name, in figures for their card."""

from accounts import holdings
from accounts.holdings import Holding
from accounts.models import User
from sharing.models import Grant, Resource
from ui.french import counted


def register() -> None:
    """Called by `ready()`."""
    holdings.register("sharing", told)


def told(person: User) -> list[Holding]:
    """Three queries, whatever is held."""
    owned = Resource.objects.filter(owner=person).count()
    given = Grant.objects.filter(resource__owner=person).values("resource_id").distinct().count()
    received = Grant.objects.filter(person=person).count()
    return [
        Holding("owned", owned, counted(owned, "production")),
        Holding("shared", given, f"{counted(given, 'production partagée', 'productions partagées')}"),
        Holding(
            "received",
            received,
            f"{counted(received, 'partage reçu', 'partages reçus')} à son nom",
        ),
    ]
