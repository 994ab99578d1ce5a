"""Whole schools for tests: people attached, classes filled, groups made."""

from dataclasses import dataclass, field

from accounts.models import User
from directory.models import SchoolClass
from directory.services.opening import open_groups
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    ClassAttachmentFactory,
    GuardianshipFactory,
    SchoolClassFactory,
)
from tests.schools.factories import SchoolFactory


@dataclass
class ClassWorld:
    """A class, its teacher, its pupils, one relative each."""

    school_class: SchoolClass
    teacher: User
    pupils: list[User] = field(default_factory=list)
    relatives: list[User] = field(default_factory=list)


@dataclass
class SchoolWorld:
    """A school whose director administers it, with its classes and groups."""

    school: School
    director: User
    classes: list[ClassWorld]


def teacher_at(school: School, *classes: SchoolClass, head: bool = False, **traits: object) -> User:
    """An activated teacher attached to a school, and to classes of it."""
    person = PersonFactory(**{"teacher": True, "activated": True, **traits})
    AttachmentFactory(person=person, school=school, head=head)
    for school_class in classes:
        ClassAttachmentFactory(person=person, school_class=school_class)
    return person


def pupil_in(school_class: SchoolClass, **traits: object) -> User:
    """An activated pupil of a class and of its school."""
    person = PersonFactory(**{"pupil": True, "activated": True, **traits})
    AttachmentFactory(person=person, school=school_class.school)
    ClassAttachmentFactory(person=person, school_class=school_class)
    return person


def relative_of(*pupils: User, **traits: object) -> User:
    """An activated relative of these pupils."""
    person = PersonFactory(**{"relative": True, "activated": True, **traits})
    for pupil in pupils:
        GuardianshipFactory(relative=person, pupil=pupil)
    return person


def class_world(school: School, *, pupils: int = 2, **traits: object) -> ClassWorld:
    """A class with its teacher and `pupils` pupils of one relative each."""
    school_class = SchoolClassFactory(school=school, **traits)
    world = ClassWorld(school_class, teacher_at(school, school_class))
    world.pupils = [pupil_in(school_class) for _ in range(pupils)]
    world.relatives = [relative_of(pupil) for pupil in world.pupils]
    return world


def school_world(*, classes: int = 1, pupils: int = 2, **traits: object) -> SchoolWorld:
    """A school, its director (who administers it), `classes` classes, its groups made."""
    school = SchoolFactory(**traits)
    director = teacher_at(school, head=True)
    AdministratorFactory(person=director, school=school, named_by_feed=True)
    world = SchoolWorld(school, director, [class_world(school, pupils=pupils) for _ in range(classes)])
    open_groups()
    return world
