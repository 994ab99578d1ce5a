"""Sheets that open a class now, and the pupils behind them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from core import clock
from core.text import fold
from directory import class_sheet as rules
from directory.enums import ClassRole
from directory.models import ClassAttachment, ClassSheet, SchoolClass
from directory.rules import Standpoint


def classes_taught(me: Standpoint) -> QuerySet[SchoolClass]:
    """The classes of a teacher, in the year that their school's classes are of; none that is closed to them."""
    if me.profile != Profile.TEACHER or not me.classes:
        return SchoolClass.objects.none()
    return (
        SchoolClass.objects.filter(pk__in=me.classes, year=F("school__class_year"))
        .exclude(school__in=me.closed_schools)
        .select_related("school__academy")
    )


def pupils_of(school_class: SchoolClass) -> UserQuerySet:
    """The pupils of a class now, by name."""
    there = ClassAttachment.objects.filter(
        school_class=school_class, role=ClassRole.PUPIL, ended_on__isnull=True
    )
    pupils: UserQuerySet = User.objects.present()
    pupils = pupils.filter(pk__in=there.values("person_id"), profile=Profile.PUPIL)
    return pupils.order_by("sort_name", "pk")


def sheets_standing() -> QuerySet[ClassSheet]:
    """Sheets that nobody closed, of classes of the year that their school's classes are of."""
    return ClassSheet.objects.filter(
        closed_at__isnull=True, school_class__year=F("school_class__school__class_year")
    ).select_related("school_class__school__academy")


def sheet_at(link: str) -> ClassSheet | None:
    """The sheet that this link leads to; None for an old link, or none."""
    found = rules.read(link)
    sheet = sheets_standing().filter(link=rules.seal_of(found)).first() if found else None
    return sheet if sheet is not None and not those_who_know(sheet).exists() else None


def those_who_know(sheet: ClassSheet) -> QuerySet[User]:
    """Teachers who left the class after its link was made: it opens nothing until it is renewed. Who leaves
    on the very day on which it is made is not told apart."""
    left = ClassAttachment.objects.filter(
        school_class_id=sheet.school_class_id, role=ClassRole.TEACHER, ended_on__gt=sheet.link_on
    )
    there = ClassAttachment.objects.filter(
        school_class_id=sheet.school_class_id, role=ClassRole.TEACHER, ended_on__isnull=True
    )
    gone = left.exclude(person__in=there.values("person")).values("person")
    return User.objects.filter(pk__in=gone).order_by("sort_name", "pk")


def is_open_now(sheet: ClassSheet) -> bool:
    """Whether pupils may come in by it at this hour."""
    zone = sheet.school_class.school.academy.time_zone
    return rules.is_open_at(clock.now(), by_day=sheet.by_day, zone=zone)


def hangs_on(sheet: ClassSheet, pupil: User) -> str:
    """What a session begun by this sheet hangs on: its link, and the pupil's pictures of now. A query."""
    given = sheet.pictures.filter(pupil=pupil).values_list("given_at", flat=True).first()
    return f"{sheet.uuid}|{sheet.counter}|{given.isoformat() if given else ''}"


def holds(person: User, key: str) -> bool:
    """Whether a session that hangs on this key (`hangs_on`) still stands: the sheet is there under the same
    link, the pupil in its class, their pictures the same. What `accounts.assurance` asks. A query."""
    uuid, counter, given = [*key.split("|"), "", ""][:3]
    if not given:
        return False
    standing = sheets_standing().filter(
        uuid=uuid, counter=counter, pictures__pupil=person, pictures__given_at=given
    )
    inside = Q(
        school_class__classattachment__person=person,
        school_class__classattachment__role=ClassRole.PUPIL,
        school_class__classattachment__ended_on__isnull=True,
    )
    return standing.filter(inside).exists()


@dataclass(frozen=True, slots=True)
class Behind:
    """A pupil behind the door, under the first name that the class calls them by."""

    person: User
    name: str


def pupils_behind(sheet: ClassSheet) -> list[Behind]:
    """The pupils of the class who have pictures, by first name; two of one name are told apart by the letter
    of the other. A query."""
    pupils = list(pupils_of(sheet.school_class).filter(pk__in=sheet.pictures.values("pupil_id")))
    first = Counter(fold(pupil.first_name) for pupil in pupils)
    both = Counter((fold(pupil.first_name), pupil.last_name[:1]) for pupil in pupils)
    found = []
    for pupil in sorted(pupils, key=lambda each: (fold(each.first_name), each.sort_name)):
        name, letter = pupil.first_name, pupil.last_name[:1]
        if both[fold(name), letter] > 1:
            name = pupil.full_name
        elif first[fold(name)] > 1:
            name = f"{name} {letter}."
        found.append(Behind(pupil, name))
    return found
