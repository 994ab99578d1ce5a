"""Favourites: each is its owner's alone."""

from django.db.models import Count, QuerySet

from accounts.models import User
from directory.models import Favourite


def favourites_of(person: User) -> QuerySet[Favourite]:
    """The favourites that this person made, by name, each with its number of recipients (`size`)."""
    return Favourite.objects.filter(owner=person).annotate(size=Count("entries")).order_by("name", "pk")
