"""Who looks: their reach, read once for all that a page tells."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.models import SchoolClass
from directory.querysets import standpoint_of
from directory.querysets.people import people_within
from directory.querysets.places import classes_within, schools_within
from directory.rules import Standpoint
from schools.models import School

_KEPT = "_annuaire_viewer"


@dataclass
class Viewer:
    """A person and what lies within their reach; one query, at the first question."""

    person: User

    @cached_property
    def standpoint(self) -> Standpoint:
        return standpoint_of(self.person)

    @property
    def in_team(self) -> bool:
        """Teachers and staff: they may know of families what others may not."""
        return self.standpoint.in_team

    @cached_property
    def people(self) -> UserQuerySet:
        return people_within(self.standpoint)

    @cached_property
    def schools(self) -> QuerySet[School]:
        return schools_within(self.standpoint)

    @cached_property
    def classes(self) -> QuerySet[SchoolClass]:
        return classes_within(self.standpoint)

    @cached_property
    def own_classes(self) -> list[SchoolClass]:
        """As pupil, as teacher, or through a child; with their school, by its name."""
        mine = self.standpoint.classes | self.standpoint.child_classes
        if not mine:
            return []
        found = SchoolClass.objects.filter(pk__in=mine).select_related("school")
        return list(found.order_by("school__name", "label", "pk"))

    @cached_property
    def own_schools(self) -> list[School]:
        """By belonging, or through a child."""
        mine = self.standpoint.schools | self.standpoint.child_schools
        return list(School.objects.filter(pk__in=mine).order_by("name", "uai")) if mine else []


def viewer_of(request: HttpRequest) -> Viewer:
    """Whoever is signed in; the same object for the whole request, so that reach is read once."""
    kept = getattr(request, _KEPT, None)
    if kept is None:
        assert isinstance(request.user, User)
        kept = Viewer(request.user)
        setattr(request, _KEPT, kept)
    assert isinstance(kept, Viewer)
    return kept
