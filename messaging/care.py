"""What keeps people safe from messages, read: what was reported to whom, what waits to be read by whom, who
is kept from writing to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from core import clock, sql
from directory.enums import ClassRole
from directory.models import ClassAttachment, SchoolClass
from directory.querysets import standpoint_of
from directory.querysets.administered import administered_schools
from directory.querysets.class_sheets import classes_taught
from directory.rules import Standpoint
from messaging.enums import State
from messaging.models import Alert, Attachment, Barred, Message, Report, ReportPlace, Review
from messaging.querysets import COUNTED, Messages, of_school
from schools.models import School


@dataclass(frozen=True, slots=True)
class Reviewed[P: (SchoolClass, School)]:
    """A class, or a school, and whether what its pupils write is read before it goes: by its own choice
    (`on`), or its school's (`above`)."""

    place: P
    on: bool
    above: bool = False


@dataclass(frozen=True, slots=True)
class Reviewable:
    """Where someone may ask to read what pupils write."""

    classes: list[Reviewed[SchoolClass]]
    schools: list[Reviewed[School]]

    @property
    def any(self) -> bool:
        return bool(self.classes or self.schools)


def attachment_reported(person: User, uuid: UUID) -> Attachment | None:
    """A file of a message reported to someone."""
    reported = reports_visible_to(person).values("message")
    rows = Attachment.objects.filter(message__in=reported, uuid=uuid)
    return rows.select_related("blob", "message").first()


def reports_visible_to(person: User, me: Standpoint | None = None) -> QuerySet[Report, Report]:
    """What was reported to someone: in a school that they administer, but for what they wrote themself;
    the last first. What is of no school any more is the platform's."""
    me = me or standpoint_of(person)
    if not me.administers_something:
        return Report.objects.none()
    rows = Report.objects.exclude(message__author=person)
    if not me.platform:
        places = ReportPlace.objects.filter(school__in=administered_schools(me).order_by().values("pk"))
        rows = rows.filter(pk__in=places.values("report"))
    return rows.select_related("message__author", "reporter").order_by("-at", "-pk")


def reports_in(reports: QuerySet[Report, Report], school: School) -> QuerySet[Report, Report]:
    """Those of them that were made by people of a school."""
    return reports.filter(pk__in=ReportPlace.objects.filter(school=school).values("report"))


def reported_by(person: User, messages: Iterable[Message]) -> set[int]:
    """Which of these messages someone reported. A query."""
    keys = [message.pk for message in messages]
    return set(Report.objects.filter(reporter=person, message__in=keys).values_list("message_id", flat=True))


def reviewed_classes() -> QuerySet[SchoolClass, SchoolClass]:
    """The classes of this year whose pupils' messages are read before they go: their own choice, or their
    school's."""
    standing = Review.objects.filter(ended_at__isnull=True)
    chosen = Q(pk__in=standing.filter(school_class__isnull=False).values("school_class"))
    chosen |= Q(school__in=standing.filter(school__isnull=False).values("school"))
    return SchoolClass.objects.filter(chosen, year=F("school__class_year"))


def reviewable_by(me: Standpoint) -> Reviewable:
    """The classes that someone teaches and the schools that they direct, by name. Three queries at most."""
    classes = list(classes_taught(me).select_related("school__academy").order_by("label", "pk"))
    schools = list(School.objects.filter(pk__in=me.administered_schools).order_by("name", "pk"))
    if not classes and not schools:
        return Reviewable([], [])
    standing = Review.objects.filter(ended_at__isnull=True).filter(
        Q(school_class__in=classes) | Q(school__in={*schools, *(each.school for each in classes)})
    )
    found = set(standing.values_list("school_class_id", "school_id"))
    on_classes, on_schools = {key for key, _ in found}, {key for _, key in found}
    return Reviewable(
        [Reviewed(each, each.pk in on_classes, each.school_id in on_schools) for each in classes],
        [Reviewed(each, each.pk in on_schools) for each in schools],
    )


def is_reviewed(person: User) -> bool:
    """Whether what a pupil writes is read before it goes. A query; none for the others."""
    if person.profile != Profile.PUPIL:
        return False
    return _pupils_in(reviewed_classes().values("pk")).filter(person=person).exists()


def messages_to_review(person: User, me: Standpoint | None = None) -> Messages:
    """What waits for someone to read it: of the pupils of the classes that they teach, of those of the
    schools that they direct; the first first."""
    return held_of(_looked_after(me or standpoint_of(person)))


def held_of(classes: QuerySet[SchoolClass, SchoolClass]) -> Messages:
    """What pupils of these classes wrote that waits to be read; the first first."""
    pupils = _pupils_in(classes.order_by().values("pk")).values("person")
    rows = Message.objects.filter(state=State.HELD, author__in=pupils).select_related("author")
    return rows.order_by("changed_at", "pk")


def attachment_to_review(person: User, uuid: UUID) -> Attachment | None:
    """A file of a message that waits for someone to read it."""
    rows = Attachment.objects.filter(message__in=messages_to_review(person).values("pk"), uuid=uuid)
    return rows.select_related("blob", "message").first()


def to_review_count(person: User) -> int:
    """How many messages of pupils of theirs a teacher has to read. A query, of an index; none for the
    others."""
    return 0 if person.profile != Profile.TEACHER else _to_review(person).count()


def to_read_count(person: User) -> int:
    """How many messages wait for someone: not opened, or of pupils of theirs, to be read before they go; each
    counted up to `COUNTED`. One query: every page asks."""
    teaches = person.profile == Profile.TEACHER
    (row,) = sql.called("messaging_to_read", person.pk, clock.now(), teaches, COUNTED)
    return int(row["messaging_to_read"])


def _to_review(person: User) -> Messages:
    taught = ClassAttachment.objects.filter(
        person=person,
        role=ClassRole.TEACHER,
        ended_on__isnull=True,
        school_class__year=F("school_class__school__class_year"),
    )
    pupils = _pupils_in(taught.values("school_class")).values("person")
    return Message.objects.filter(state=State.HELD, author__in=pupils)


def _looked_after(me: Standpoint) -> QuerySet[SchoolClass, SchoolClass]:
    """The classes that someone teaches, and this year's of the schools that they direct."""
    directed = Q(school__in=me.administered_schools, year=F("school__class_year"))
    return SchoolClass.objects.filter(Q(pk__in=classes_taught(me).values("pk")) | directed)


def _pupils_in(classes: QuerySet[Any, Any]) -> QuerySet[ClassAttachment, ClassAttachment]:
    return ClassAttachment.objects.filter(
        school_class__in=classes, role=ClassRole.PUPIL, ended_on__isnull=True
    )


def barred_now() -> QuerySet[Barred, Barred]:
    """Whom teachers keep from writing to pupils, now: what ended with its class's year does not count."""
    return Barred.objects.filter(
        lifted_at__isnull=True, school_class__year=F("school_class__school__class_year")
    )


def barred_from(sender: int) -> QuerySet[Any, int]:
    """The pupils to whom someone writes no more, by key."""
    return barred_now().filter(sender=sender).values_list("pupil", flat=True)


def barred_visible_to(me: Standpoint) -> QuerySet[Barred, Barred]:
    """Those of the pupils of someone's classes, and of the schools that they direct; by pupil."""
    mine = Q(school_class__in=classes_taught(me).values("pk")) | Q(
        school_class__school__in=me.administered_schools
    )
    rows = barred_now().filter(mine).select_related("pupil", "sender", "school_class__school")
    return rows.order_by("pupil__sort_name", "-at", "pk")


def pupils_protected_by(me: Standpoint) -> UserQuerySet:
    """The pupils from whom someone may keep a sender away: of the classes that they teach, of the schools
    that they direct; by name."""
    pupils: UserQuerySet = User.objects.present()
    theirs = _pupils_in(_looked_after(me).values("pk")).values("person")
    return pupils.filter(pk__in=theirs).order_by("sort_name", "pk")


def alerts_of(school: School) -> QuerySet[Alert, Alert]:
    """Accounts of a school that wrote like stolen ones, which nobody looked at; the last first."""
    rows = Alert.objects.filter(of_school("person", school), closed_at__isnull=True)
    return rows.select_related("person").order_by("-at", "-pk")
