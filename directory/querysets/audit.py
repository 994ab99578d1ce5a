"""The log of what was done, as those who administer may read it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from core.models import AuditEntry
from directory.querysets.administered import (
    administered_schools,
    people_administered_by,
    schools_from_above,
)
from directory.querysets.scope import InPlace, of_schools_in_place
from directory.querysets.standpoint import standpoint_of


def audit_visible_to(person: User) -> QuerySet[AuditEntry]:
    """What was done to the schools of this person's scope, and to its people where no school is named. What
    was done in a school of another's scope stays that one's, whoever it was done to."""
    me = standpoint_of(person)
    entries = AuditEntry.objects.order_by("-at", "-pk")
    if me.platform:
        return entries
    if not me.administers_something:
        return entries.none()
    schools = administered_schools(me).order_by().values("uuid")
    people = people_administered_by(person).order_by().values("uuid")
    parts = (
        Q(school__in=schools),
        Q(school__isnull=True, subject__in=people),
        Q(school__isnull=True, subject__in=schools),
    )
    if me.administered_districts or me.administered_academies:
        # Of many schools: the log is read from its newest entry on, and each subject looked for by its key,
        # since their people are too many to be gathered first.
        keys = administered_schools(me).order_by().values("pk")
        above = schools_from_above(me).values("pk")
        subject = User.objects.filter(of_schools_in_place(keys, above), uuid=OuterRef("subject"))
        of_people = Q(school__isnull=True) & Q(InPlace(subject))
        return entries.filter(parts[0] | of_people | parts[2])
    # Of a few schools: each part is short and read by its index, among however many entries there are.
    first, *others = [AuditEntry.objects.filter(part).order_by().values("pk") for part in parts]
    return entries.filter(pk__in=first.union(*others, all=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for: by one of these, on one of these, which acts, from and until which day, in which
    school. None says anybody."""

    actors: tuple[UUID, ...] | None = None
    subjects: tuple[UUID, ...] | None = None
    school: UUID | None = None
    verbs: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def of(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """The entries that answer."""
        if self.actors is not None:
            entries = entries.filter(actor__in=self.actors)
        if self.subjects is not None:
            entries = entries.filter(subject__in=self.subjects)
        if self.school is not None:
            entries = entries.filter(Q(school=self.school) | Q(subject=self.school))
        if self.verbs:
            entries = entries.filter(verb__in=self.verbs)
        if self.since is not None:
            entries = entries.filter(at__gte=_begins(self.since))
        if self.until is not None:
            entries = entries.filter(at__lt=_begins(self.until + timedelta(days=1)))
        return entries


def before(entries: QuerySet[AuditEntry], cursor: str) -> QuerySet[AuditEntry]:
    """The entries older than the one that a cursor names; all of them for no cursor, or one that we did not
    give."""
    number = int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) < 19 else None
    last = entries.filter(pk=number).first() if number else None  # of another's scope, it tells no date
    if last is None:
        return entries
    return entries.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(0), timezone.get_current_timezone())
