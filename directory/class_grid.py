"""The classes of a school and who teaches in them, whole: what is awaited, what is still without a teacher."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from accounts.enums import Profile
from accounts.models import User
from directory.administered_card import classes_awaited, classes_offered
from directory.enums import ClassRole
from directory.errors import OutOfReach
from directory.models import ClassAttachment, SchoolClass
from directory.services.class_teachers import Pair
from schools.models import School


@dataclass(frozen=True, slots=True)
class TeacherLine:
    """A teacher of the school; `classes` holds the keys of theirs."""

    person: User
    head: bool
    classes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Grid:
    """`classes` have a pupil, each with their number (`size`); `awaited` are last year's, not here yet.
    `turning`: the new year opened, and the classes are still those of the former."""

    school: School
    classes: list[SchoolClass]
    teachers: list[TeacherLine]
    awaited: list[SchoolClass]
    turning: bool

    @property
    def without_teacher(self) -> list[SchoolClass]:
        taught = {key for line in self.teachers for key in line.classes}
        return [school_class for school_class in self.classes if school_class.pk not in taught]

    @property
    def without_class(self) -> list[TeacherLine]:
        """Who awaits one: no head, nobody who has left."""
        lines = [line for line in self.teachers if not line.classes and not line.head]
        return [line for line in lines if line.person.absent_since is None]


def class_grid(school: School) -> Grid:
    """Five queries, whatever the size of the school."""
    classes = list(classes_offered([school]))
    taught: dict[int, set[int]] = defaultdict(set)
    rows = ClassAttachment.objects.filter(
        school_class__in=[each.pk for each in classes], role=ClassRole.TEACHER, ended_on__isnull=True
    )
    for person, school_class in rows.values_list("person_id", "school_class_id"):
        taught[person].add(school_class)
    here = school.attachment_set.filter(
        profile=Profile.TEACHER, ended_on__isnull=True, person__pre_deleted_on__isnull=True
    ).select_related("person")
    lines = [
        TeacherLine(row.person, row.is_head, frozenset(taught[row.person_id]))
        for row in here.order_by("person__sort_name", "person_id")
    ]
    turning = school.class_year is not None and school.class_year != school.running_year
    return Grid(school, classes, lines, classes_awaited(school), turning)


def pairs_named(grid: Grid, named: Iterable[tuple[UUID, UUID]]) -> list[Pair]:
    """The teachers and classes of a grid by their UUIDs, (teacher, class). Raises OutOfReach."""
    teachers = {line.person.uuid: line.person for line in grid.teachers}
    classes = {school_class.uuid: school_class for school_class in grid.classes}
    try:
        return [(teachers[teacher], classes[school_class]) for teacher, school_class in named]
    except KeyError as error:
        raise OutOfReach("Une des personnes ou des classes choisies n’existe pas.") from error
