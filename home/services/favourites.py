"""Applications that a person keeps at hand on their home page. That a door opens to them is asked by whoever
has the request: doors know no person without one."""

from django.db import transaction

from accounts.models import User
from home.errors import TooManyFavourites
from home.models import AppFavourite

MOST = 12


def favourites_of(person: User) -> frozenset[str]:
    """Keys of doors. One query."""
    return frozenset(AppFavourite.objects.filter(person=person).values_list("key", flat=True))


@transaction.atomic
def mark(*, by: User, key: str) -> None:
    """Keeps an application at hand; twice changes nothing. Raises TooManyFavourites."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    kept = favourites_of(by)
    if key not in kept:
        if len(kept) >= MOST:
            raise TooManyFavourites(most=MOST)
        AppFavourite.objects.create(person=by, key=key)


def unmark(*, by: User, key: str) -> None:
    """At hand no more; what was not changes nothing."""
    AppFavourite.objects.filter(person=by, key=key).delete()
