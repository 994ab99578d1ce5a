"""People whom a detachment took out of one's scope, for its undo."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.models import Detachment
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of


def detachments_undone_by(person: User) -> QuerySet[Detachment]:
    """The detachments that stand in the schools that this person administers: theirs to undo."""
    schools = administered_schools(standpoint_of(person)).order_by().values("pk")
    return Detachment.objects.filter(school_id__in=schools, lifted_at__isnull=True)


def people_detached_within(person: User, uuids: list[UUID]) -> UserQuerySet:
    """Among these people, those whom a standing detachment took out of a school of one's scope."""
    gone = detachments_undone_by(person).filter(person__uuid__in=uuids)
    return User.objects.filter(pk__in=gone.values("person_id"))
