"""Schools that prepare their year, with one thing to do or nothing."""

from datetime import date, datetime
from typing import Any

from accounts.enums import Profile, Source
from accounts.models import User
from directory.models import Attachment
from schools.boards import Board, Line, boards
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AttachmentFactory,
    BlockFactory,
    GroupFactory,
    SchoolClassFactory,
)
from tests.directory.worlds import SchoolWorld, school_world, teacher_at
from tests.feeds.sets import PARIS

TODAY = date(2026, 9, 8)
MORNING = datetime(2026, 9, 8, 9, 0, tzinfo=PARIS)


def settled(**traits: Any) -> SchoolWorld:
    """A school whose year is on its way: everybody came by a feed, signed in, and has their place."""
    world = school_world(classes=1, pupils=2, **traits)
    User.objects.filter(source=Source.MANUAL).update(source=Source.AAF1D)
    pupils = User.objects.filter(profile=Profile.PUPIL, ine="")
    for number, pupil in enumerate(pupils.order_by("pk")):
        pupil.ine = f"{number:09d}{pupil.pk % 10}A"
        pupil.save(update_fields=["ine"])
    return world


def board_of(school: School, today: date = TODAY) -> Board:
    found = School.objects.select_related("academy", "district").get(pk=school.pk)
    (board,) = boards([found], today)
    return board


def line_of(school: School, key: str, today: date = TODAY) -> Line:
    return next(line for line in board_of(school, today).lines if line.item.key == key)


def fed_person(**traits: Any) -> User:
    person: User = PersonFactory(**{"source": Source.AAF1D, "activated": True, **traits})
    return person


def teacher_left(world: SchoolWorld) -> None:
    teacher_at(world.school, world.classes[0].school_class, absent=True, source=Source.AAF1D)


def account_by_hand(world: SchoolWorld) -> None:
    AttachmentFactory(person=PersonFactory(guest=True, activated=True), school=world.school)


def idle_teacher(world: SchoolWorld) -> None:
    teacher_at(world.school, source=Source.AAF1D)


def past_group(world: SchoolWorld) -> None:
    GroupFactory(school=world.school, name="APE 2025", year=2025)


def blocked(world: SchoolWorld) -> None:
    BlockFactory(of_profile=True, school=world.school, profile=Profile.RELATIVE, starts_at=MORNING)


def twice(world: SchoolWorld) -> None:
    first = world.classes[0].pupils[0]
    other = fed_person(first_name=first.first_name, last_name=first.last_name, birth_date=first.birth_date)
    AttachmentFactory(person=other, school=world.school)


def new_person(world: SchoolWorld) -> None:
    person = fed_person(teacher=True, activated=False)
    Attachment.objects.filter(person=person).delete()
    AttachmentFactory(person=person, school=world.school, head=True)


def awaited_class(world: SchoolWorld) -> None:
    SchoolClassFactory(school=world.school, label="CM2 B", last_year=True)


def awaited_level(world: SchoolWorld) -> None:
    world.classes[0].school_class.label = "CM1"
    world.classes[0].school_class.save(update_fields=["label"])


def pupil_without_class(world: SchoolWorld) -> None:
    AttachmentFactory(person=fed_person(pupil=True, ine="123456789ZZ"), school=world.school)


def pupil_without_ine(world: SchoolWorld) -> None:
    pupil = world.classes[0].pupils[0]
    pupil.ine = ""
    pupil.save(update_fields=["ine"])
