"""A message reported to the administrators of one's schools: kept as evidence, read, handled, forgotten."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from core import audit, clock
from directory.enums import Scope
from directory.models import Administrator
from directory.querysets import standpoint_of
from directory.querysets.administrators import rights_over
from messaging import news
from messaging.enums import Box, Reason
from messaging.errors import AlreadyHandled, AlreadyReported, NotReceived
from messaging.lines import lines_of
from messaging.models import Copy, Message, Report, ReportPlace
from messaging.querysets import addresses_shown
from messaging.rules import REPORT_KEPT, REPORT_KEPT_OPEN
from messaging.services.boxes import forget_messages
from schools.models import School
from timeline.services.record import Happening, record_all

WORDS = 2_000


def report(*, by: User, copy: Copy, reason: Reason, words: str = "") -> Report:
    """Reports a message that someone received; their schools' administrators are told.

    A pupil who came in by a picture may: a child must be able to call for help from wherever they are, and
    nothing of the account changes. Raises NotReceived, AlreadyReported.
    """
    if copy.person_id != by.pk or copy.box != Box.RECEIVED or copy.message.author_id == by.pk:
        raise NotReceived()
    me = standpoint_of(by)
    with audit.acting(by=by):
        message = Message.objects.select_for_update(of=("self",)).get(pk=copy.message_id)
        if Report.objects.filter(message=message, reporter=by).exists():
            raise AlreadyReported()
        made = Report.objects.create(
            message=message,
            reporter=by,
            reporter_name=by.full_name,
            reporter_profile=by.profile,
            reason=reason,
            words=words.strip()[:WORDS],
            shown=[list(line) for line in lines_of(addresses_shown(by, [message])[message.pk])],
            at=clock.now(),
        )
        schools = list(School.objects.filter(pk__in=me.schools | me.child_schools).order_by("pk"))
        ReportPlace.objects.bulk_create(ReportPlace(report=made, school=school) for school in schools)
        _record("messages.reported", made, after={"reason": made.reason})
        _tell(made, schools, apart={by.pk, message.author_id})
    return made


def opened(*, by: User, report: Report) -> None:
    """Writes down that an administrator read a report: what it shows was written for others."""
    with audit.acting(by=by):
        _record("messages.report_opened", report, after={"report": str(report.uuid)})


def handle(*, by: User, report: Report, note: str = "") -> Report:
    """Marks a report as handled, with a word for whoever administers later. Raises AlreadyHandled."""
    with audit.acting(by=by):
        fresh = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if fresh.closed_at is not None:
            raise AlreadyHandled()
        fresh.closed_at, fresh.closed_by = clock.now(), by.uuid
        fresh.note = note.strip()[:WORDS]
        fresh.save(update_fields=["closed_at", "closed_by", "note"])
        _record("messages.report_handled", fresh, after={"report": str(fresh.uuid)})
    return fresh


def forget_reports() -> int:
    """Each night: reports handled a year ago go, those that nobody handled after two; with them what only
    they kept. Answers how many."""
    now = clock.now()
    with audit.acting(by=None):
        old = Q(closed_at__lt=now - REPORT_KEPT) | Q(closed_at__isnull=True, at__lt=now - REPORT_KEPT_OPEN)
        rows = dict(Report.objects.filter(old).values_list("pk", "message_id"))
        Report.objects.filter(pk__in=rows).delete()
        forget_messages(list(rows.values()))
    return len(rows)


def nearest_administrators(school: School, apart: Iterable[int | None] = ()) -> set[int]:
    """Who is told of what happens in a school: its own administrators, or those of its district, its academy,
    the platform where there is none but those `apart`."""
    out = {key for key in apart if key is not None}
    found = [right for right in rights_over(school) if right.person_id not in out]
    for scope in (Scope.SCHOOL, Scope.DISTRICT, Scope.ACADEMY):
        people = {right.person_id for right in found if right.scope == scope}
        if people:
            return people
    rows = Administrator.objects.filter(scope=Scope.PLATFORM, ended_on__isnull=True)
    return set(rows.exclude(person__in=out).values_list("person_id", flat=True))


def _tell(report: Report, schools: Iterable[School], *, apart: set[int | None]) -> None:
    record_all(
        Happening(
            kind=news.REPORTED,
            persons=nearest_administrators(school, apart),
            school=school.pk,
            about=report.uuid,
            data={"reason": report.reason},
        )
        for school in schools
    )


def _record(verb: str, report: Report, *, after: dict[str, str]) -> None:
    """In the log of each school; in the platform's alone where whoever wrote the message reads the school's,
    and would find there who reported it."""
    author = report.message.author_id
    for place in report.places.select_related("school"):
        reads = author is not None and rights_over(place.school).filter(person=author).exists()
        audit.record(verb, school=None if reads else place.school.uuid, after=after)
