"""The classes that a turn ends, each with its pupils and its teachers counted; what people decided before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from directory.enums import ClassRole
from directory.models import ClassAttachment, SchoolClass
from rollover.enums import Choice
from rollover.models import Decision
from schools.models import School


@dataclass(frozen=True, slots=True)
class EndedClass:
    """A class, with how many pupils and teachers leave it."""

    label: str
    pupils: int
    teachers: int


def classes_of(attachments: Iterable[int]) -> list[EndedClass]:
    """The classes of these class attachments (keys), by label. One query."""
    return [each for classes in classes_by_school(attachments).values() for each in classes]


def classes_by_school(attachments: Iterable[int]) -> dict[int, list[EndedClass]]:
    """The same, by school (key). One query."""
    rows = (
        ClassAttachment.objects.filter(pk__in=list(attachments))
        .values_list("school_class__school", "school_class", "school_class__label")
        .annotate(
            pupils=Count("pk", filter=Q(role=ClassRole.PUPIL)),
            teachers=Count("pk", filter=~Q(role=ClassRole.PUPIL)),
        )
        .order_by("school_class__school", "school_class__label", "school_class")
    )
    found: dict[int, list[EndedClass]] = {}
    for school, _, label, pupils, teachers in rows:
        found.setdefault(school, []).append(EndedClass(label, pupils, teachers))
    return found


def decided_in(school: School, to_year: int) -> dict[Choice, int]:
    """How many lines of « Préparer la fin d’année » were decided there, by choice. One query."""
    return decided_of([school.pk], [to_year]).get(school.pk, dict.fromkeys(Choice, 0))


def decided_of(schools: Sequence[int], years: Sequence[int]) -> dict[int, dict[Choice, int]]:
    """The same of several schools (keys), each at its year to come, as given side by side. Three queries."""
    year = dict(zip(schools, years, strict=True))
    place: dict[UUID, int] = {
        uuid: pk for pk, uuid in School.objects.filter(pk__in=schools).order_by().values_list("pk", "uuid")
    }
    classes = SchoolClass.objects.filter(school__in=schools).order_by().values_list("school", "uuid")
    place |= {uuid: school for school, uuid in classes}
    rows = Decision.objects.filter(place__in=list(place), to_year__in=set(years)).order_by()
    found = {pk: dict.fromkeys(Choice, 0) for pk in schools}
    for where, to_year, choice, number in rows.values_list("place", "to_year", "choice").annotate(
        n=Count("pk")
    ):
        school = place[where]
        if year[school] == to_year:
            found[school][Choice(choice)] += number
    return found
