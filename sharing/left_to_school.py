"""What belongs to a school: what people left to it when their accounts were erased, since others read it.

Its administrators alone read it: the caller gives a school of their scope.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.enums import Profile
from core import sql
from core.models import AuditEntry
from schools.models import School
from sharing.kinds import Kind, kind_of
from sharing.models import Handover, Resource

PASSED_ON = "resource.passed_on"


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A thing of the school: since when, whose it was (a name for teachers and staff, a profile for the
    others, '' where the log no longer says), how many people still see it, to whom it is offered."""

    resource: Resource
    kind: Kind
    since: datetime
    name: str
    profile: str
    readers: int
    below: int
    offered_to: str


def left_to(school: School, *, trashed: bool = False) -> QuerySet[Resource]:
    """What belongs to a school, the last changed first; what lies in a folder of its own is told by the
    folder. `trashed`: its trash, what went there with something else left out."""
    found = Resource.objects.filter(owner_school=school)
    if trashed:
        found = found.filter(trashed_at__isnull=False, trashed_with__isnull=True)
    else:
        inside = Q(parent__owner_school=F("owner_school"), parent__trashed_at__isnull=True)
        found = found.filter(trashed_at__isnull=True).exclude(inside)
    return found.order_by("-changed_at", "-pk")


def lines_of(things: Sequence[Resource]) -> list[LeftLine]:
    """Things of a school, told. Three queries, whatever their number."""
    keys = [each.pk for each in things]
    told = {row["id"]: row for row in sql.rows("sharing", "left_things", resources=keys)}
    passed = _passed([each.uuid for each in things])
    offers = Handover.objects.filter(resource__in=keys, answered_at__isnull=True).select_related("to")
    offered = {offer.resource_id: offer.to.full_name for offer in offers}
    lines = []
    for each in things:
        entry = passed.get(each.uuid)
        former: dict[str, Any] = (entry.before or {}) if entry else {}
        lines.append(
            LeftLine(
                resource=each,
                kind=kind_of(each),
                since=entry.at if entry else each.created_at,
                name=former.get("name", ""),
                profile=former.get("profile", ""),
                readers=told[each.pk]["people"],
                below=told[each.pk]["below"],
                offered_to=offered.get(each.pk, ""),
            )
        )
    return lines


def former_owner(profile: str, name: str) -> dict[str, str]:
    """What the log keeps of whoever left a thing to a school: their profile, and of a team their name, so that
    the school knows of whom it has it. The name of a child, or of a family, goes with its account."""
    kept = {"profile": profile}
    return kept | {"name": name} if profile in {Profile.TEACHER, Profile.STAFF} else kept


def _passed(uuids: list[UUID]) -> dict[UUID, AuditEntry]:
    """The last passing of each, by its UUID."""
    rows = AuditEntry.objects.filter(subject__in=uuids, verb=PASSED_ON).order_by("at", "pk")
    return {entry.subject: entry for entry in rows if entry.subject is not None}
