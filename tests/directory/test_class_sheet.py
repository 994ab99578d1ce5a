"""The sign-in sheet of a class: who opens it, who comes in, what shuts it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache

from accounts import pictures
from accounts.errors import KeptOut, SignInRefused, TooManyAttempts
from accounts.models import User
from accounts.pictures import Picture
from core import clock
from core.models import AuditEntry
from directory import class_sheet as rules
from directory.errors import AlreadyDone, ClassNotOpen, OutOfReach
from directory.models import ClassAttachment, ClassSheet, SheetPictures
from directory.querysets import class_sheets
from directory.services import class_sheet as service
from directory.services import detach
from tests.directory.factories import BlockFactory, SchoolClassFactory
from tests.directory.worlds import ClassWorld, SchoolWorld, pupil_in, school_world, teacher_at

pytestmark = pytest.mark.django_db

SCHOOL = "192.0.2.8"
MONDAY = datetime(2026, 10, 5, 8, 30, tzinfo=UTC)


@pytest.fixture
def here(servers: None, at: Callable[[Any], None]) -> SchoolWorld:
    cache.clear()
    at(MONDAY)
    world = school_world(classes=2)
    world.school.class_year = world.classes[0].school_class.year
    world.school.save()
    return world


@pytest.fixture
def mine(here: SchoolWorld) -> ClassWorld:
    return here.classes[0]


@pytest.fixture
def sheet(mine: ClassWorld) -> ClassSheet:
    return service.open_sheet(by=mine.teacher, school_class=mine.school_class)


def enter(sheet: ClassSheet, pupil: User, chosen: list[Picture]) -> User:
    return service.enter(sheet=sheet, pupil=pupil, chosen=chosen, address=SCHOOL)


def given_to(sheet: ClassSheet, teacher: User, pupil: User) -> list[Picture]:
    return service.give_pictures(by=teacher, sheet=sheet, pupils=[pupil])[pupil.pk]


def others(chosen: list[Picture]) -> list[Picture]:
    return [picture for picture in Picture if picture not in chosen][:3]


def test_a_pupil_comes_in_by_three_pictures_in_their_order(mine: ClassWorld, sheet: ClassSheet) -> None:
    pupil = mine.pupils[0]
    chosen = given_to(sheet, mine.teacher, pupil)
    assert enter(sheet, pupil, chosen) == pupil
    with pytest.raises(SignInRefused):
        enter(sheet, pupil, chosen[::-1])


def test_pictures_are_apart_from_the_password_and_kept_sealed(mine: ClassWorld, sheet: ClassSheet) -> None:
    pupil = mine.pupils[0]
    former = User.objects.get(pk=pupil.pk).password
    chosen = given_to(sheet, mine.teacher, pupil)
    held = SheetPictures.objects.get(pupil=pupil)
    assert not any(picture in held.sealed for picture in chosen)
    assert pictures.seal(chosen) != pictures.seal(chosen)
    assert User.objects.get(pk=pupil.pk).password == former


def test_who_has_no_pictures_does_not_come_in(mine: ClassWorld, sheet: ClassSheet) -> None:
    with pytest.raises(SignInRefused):
        enter(sheet, mine.pupils[0], pictures.drawn())
    with pytest.raises(SignInRefused):
        enter(sheet, mine.pupils[0], [])


def test_only_a_teacher_of_the_class_opens_it_and_gives_pictures(
    here: SchoolWorld, mine: ClassWorld, sheet: ClassSheet
) -> None:
    colleague = here.classes[1].teacher
    for someone in (colleague, here.director, mine.relatives[0], mine.pupils[0]):
        with pytest.raises(OutOfReach):
            service.open_sheet(by=someone, school_class=mine.school_class)
        with pytest.raises(OutOfReach):
            service.give_pictures(by=someone, sheet=sheet, pupils=[mine.pupils[0]])
        with pytest.raises(OutOfReach):
            service.renew_link(by=someone, sheet=sheet)
        with pytest.raises(OutOfReach):
            service.close_sheet(by=someone, sheet=sheet)
    with pytest.raises(AlreadyDone):
        service.open_sheet(by=mine.teacher, school_class=mine.school_class)


def test_a_teacher_gives_pictures_to_pupils_of_that_class_alone(
    here: SchoolWorld, mine: ClassWorld, sheet: ClassSheet
) -> None:
    for stranger in (here.classes[1].pupils[0], mine.relatives[0], mine.teacher):
        with pytest.raises(OutOfReach):
            service.give_pictures(by=mine.teacher, sheet=sheet, pupils=[mine.pupils[0], stranger])
    assert not SheetPictures.objects.exists()


def test_a_pupil_chooses_three_pictures_with_their_teacher(mine: ClassWorld, sheet: ClassSheet) -> None:
    liked = [Picture.CAT, Picture.SUN, Picture.KEY]
    service.choose_pictures(by=mine.teacher, sheet=sheet, pupil=mine.pupils[0], chosen=liked)
    assert enter(sheet, mine.pupils[0], liked) == mine.pupils[0]
    with pytest.raises(ValueError):
        service.choose_pictures(
            by=mine.teacher, sheet=sheet, pupil=mine.pupils[0], chosen=[Picture.CAT, Picture.CAT, Picture.KEY]
        )


def test_a_pupil_of_another_class_does_not_come_in_by_this_door(
    here: SchoolWorld, mine: ClassWorld, sheet: ClassSheet
) -> None:
    stranger = here.classes[1].pupils[0]
    other = service.open_sheet(by=here.classes[1].teacher, school_class=here.classes[1].school_class)
    chosen = given_to(other, here.classes[1].teacher, stranger)
    with pytest.raises(OutOfReach):
        enter(sheet, stranger, chosen)
    assert enter(other, stranger, chosen) == stranger


def test_a_closed_or_renewed_door_lets_nobody_in_and_who_came_in_is_out(
    mine: ClassWorld, sheet: ClassSheet
) -> None:
    pupil = mine.pupils[0]
    chosen = given_to(sheet, mine.teacher, pupil)
    former, key = rules.link_of(sheet.uuid, 0), class_sheets.hangs_on(sheet, pupil)
    assert class_sheets.sheet_at(former) == sheet
    assert class_sheets.holds(pupil, key)
    renewed = service.renew_link(by=mine.teacher, sheet=sheet)
    assert class_sheets.sheet_at(former) is None
    assert not class_sheets.holds(pupil, key)
    with pytest.raises(OutOfReach):
        enter(sheet, pupil, chosen)
    assert enter(renewed, pupil, chosen) == pupil
    assert class_sheets.sheet_at(rules.printed(rules.link_of(sheet.uuid, 1)).lower()) == sheet
    service.close_sheet(by=mine.teacher, sheet=renewed)
    assert not class_sheets.holds(pupil, key.replace("|0|", "|1|"))
    assert not SheetPictures.objects.exists()
    with pytest.raises(OutOfReach):
        enter(renewed, pupil, chosen)
    # Opened anew it is another sheet: no pictures of before.
    again = service.open_sheet(by=mine.teacher, school_class=mine.school_class)
    with pytest.raises(SignInRefused):
        enter(again, pupil, chosen)


def test_new_pictures_end_what_the_former_ones_opened(
    mine: ClassWorld, sheet: ClassSheet, at: Callable[[Any], None]
) -> None:
    pupil, other = mine.pupils
    given_to(sheet, mine.teacher, pupil)
    given_to(sheet, mine.teacher, other)
    key, kept = class_sheets.hangs_on(sheet, pupil), class_sheets.hangs_on(sheet, other)
    at(MONDAY + timedelta(minutes=5))
    given_to(sheet, mine.teacher, pupil)
    assert not class_sheets.holds(pupil, key)
    assert class_sheets.holds(other, kept)
    assert not class_sheets.holds(other, f"{sheet.uuid}:0")


def test_a_teacher_who_left_the_class_knows_a_link_that_opens_nothing(
    here: SchoolWorld, mine: ClassWorld, sheet: ClassSheet, at: Callable[[Any], None]
) -> None:
    colleague = teacher_at(here.school, mine.school_class)
    link = rules.link_of(sheet.uuid, 0)
    at(MONDAY + timedelta(days=1))
    detach.detach(by=here.director, person=colleague, school=here.school)
    assert class_sheets.sheet_at(link) is None
    assert list(class_sheets.those_who_know(sheet)) == [colleague]
    renewed = service.renew_link(by=mine.teacher, sheet=sheet)
    assert class_sheets.sheet_at(rules.link_of(sheet.uuid, 1)) == renewed
    assert not class_sheets.those_who_know(renewed)


def test_the_door_is_shut_at_the_turn_of_the_class_year(
    here: SchoolWorld, mine: ClassWorld, sheet: ClassSheet
) -> None:
    chosen = given_to(sheet, mine.teacher, mine.pupils[0])
    key = class_sheets.hangs_on(sheet, mine.pupils[0])
    assert class_sheets.holds(mine.pupils[0], key)
    here.school.class_year += 1
    here.school.running_year = here.school.class_year
    here.school.save()
    assert class_sheets.sheet_at(rules.link_of(sheet.uuid, 0)) is None
    assert not class_sheets.holds(mine.pupils[0], key)
    with pytest.raises(OutOfReach):
        enter(sheet, mine.pupils[0], chosen)


def test_who_left_the_class_or_is_blocked_is_out(mine: ClassWorld, sheet: ClassSheet) -> None:
    left, blocked = mine.pupils
    theirs = {pupil.pk: given_to(sheet, mine.teacher, pupil) for pupil in (left, blocked)}
    key = class_sheets.hangs_on(sheet, left)
    assert class_sheets.holds(left, key)
    ClassAttachment.objects.filter(person=left).update(ended_on=clock.today())
    assert not class_sheets.holds(left, key)
    with pytest.raises(OutOfReach):
        enter(sheet, left, theirs[left.pk])
    BlockFactory(person=blocked)
    with pytest.raises(KeptOut):
        enter(sheet, blocked, theirs[blocked.pk])


def test_by_day_alone_unless_the_teacher_says_otherwise(mine: ClassWorld, sheet: ClassSheet) -> None:
    pupil = mine.pupils[0]
    chosen = given_to(sheet, mine.teacher, pupil)
    with clock.at(MONDAY + timedelta(hours=12)):
        with pytest.raises(OutOfReach):
            enter(sheet, pupil, chosen)
        service.set_hours(by=mine.teacher, sheet=sheet, by_day=False)
        assert enter(sheet, pupil, chosen) == pupil


def test_the_hours_of_the_door_are_the_school_s() -> None:
    reunion = "Indian/Reunion"
    assert rules.is_open_at(datetime(2026, 10, 5, 3, 30, tzinfo=UTC), by_day=True, zone=reunion)
    assert not rules.is_open_at(datetime(2026, 10, 5, 3, 30, tzinfo=UTC), by_day=True, zone="Europe/Paris")
    assert not rules.is_open_at(datetime(2026, 10, 4, 9, 0, tzinfo=UTC), by_day=True, zone="Europe/Paris")
    ends = rules.session_ends(MONDAY, by_day=True, zone="Europe/Paris")
    assert ends == datetime(2026, 10, 5, 19, 0, tzinfo=ZoneInfo("Europe/Paris"))
    assert rules.session_ends(MONDAY, by_day=False, zone="Europe/Paris") == MONDAY + timedelta(hours=10)


def test_guessing_shuts_a_pupil_then_new_pictures_open_them(mine: ClassWorld, sheet: ClassSheet) -> None:
    pupil = mine.pupils[0]
    chosen = given_to(sheet, mine.teacher, pupil)
    wrong, refused = others(chosen), 0
    for hour in range(30):
        with clock.at(MONDAY + timedelta(minutes=16 * hour)), pytest.raises((SignInRefused, TooManyAttempts)):
            try:
                service.enter(sheet=sheet, pupil=pupil, chosen=wrong, address=f"192.0.2.{hour}")
            except SignInRefused:
                refused += 1
                raise
    assert refused == 12
    with pytest.raises(TooManyAttempts):
        enter(sheet, pupil, chosen)
    anew = given_to(sheet, mine.teacher, pupil)
    assert enter(sheet, pupil, anew) == pupil


def test_a_door_that_is_tried_too_often_shuts_for_all(mine: ClassWorld, sheet: ClassSheet) -> None:
    pupils = [*mine.pupils, *(pupil_in(mine.school_class) for _ in range(11))]
    chosen = {p.pk: given_to(sheet, mine.teacher, p) for p in pupils}
    for pupil in pupils[:12]:
        for _ in range(5):
            with pytest.raises(SignInRefused):
                enter(sheet, pupil, others(chosen[pupil.pk]))
    with pytest.raises(TooManyAttempts):
        enter(sheet, pupils[12], chosen[pupils[12].pk])


def test_a_class_without_a_pupil_has_no_door(here: SchoolWorld) -> None:
    empty = SchoolClassFactory(school=here.school)
    with pytest.raises(ClassNotOpen):
        service.open_sheet(by=teacher_at(here.school, empty), school_class=empty)


def test_what_a_teacher_does_is_recorded(mine: ClassWorld, sheet: ClassSheet) -> None:
    given_to(sheet, mine.teacher, mine.pupils[0])
    service.close_sheet(by=mine.teacher, sheet=service.renew_link(by=mine.teacher, sheet=sheet))
    told = AuditEntry.objects.filter(actor=mine.teacher.uuid).order_by("pk").values_list("verb", flat=True)
    assert list(told) == [
        "class.sheet_opened",
        "account.pictures_given",
        "class.sheet_renewed",
        "class.sheet_closed",
    ]
