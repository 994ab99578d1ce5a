"""Favourites: each is its owner's alone; which groups it may hold."""

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from directory.enums import GroupKind
from directory.models import Favourite, Group
from directory.querysets.addressable import groups_addressable_from
from directory.querysets.administered import administered_schools
from directory.rules import Standpoint


def favourites_of(person: User) -> QuerySet[Favourite]:
    """The favourites that this person made, by name, each with its number of recipients (`size`)."""
    return Favourite.objects.filter(owner=person).annotate(size=Count("entries")).order_by("name", "pk")


def groups_for_favourites(me: Standpoint) -> QuerySet[Group]:
    """The groups that a favourite may hold: manual ones, and those of scolarity that show this person
    who is in them (the twin of `schools_disclosing_to`)."""
    fits = Q(kind=GroupKind.MANUAL)
    if me.in_team:
        fits |= Q(school_id__in=me.schools)
    if me.administers_something:
        fits |= Q(school_id__in=administered_schools(me).order_by().values("pk"))
    return groups_addressable_from(me).filter(fits)
