"""What becomes of homework and words when an account is erased, or absorbed by another of its person."""

from typing import Any

import pytest
from django.db import connection

from directory.models import ClassAttachment, Group, Guardianship
from directory.services import duplicates
from notebooks.fates import erase
from notebooks.liaison_querysets import copies_of, waiting
from notebooks.models import HomeworkCalendar, HomeworkEntry, HomeworkTick, LiaisonCopy, LiaisonWord
from notebooks.services.homework_calendars import open_calendar
from notebooks.services.homework_ticks import tick
from notebooks.services.liaison_signatures import sign
from tests.directory.merging.worlds import twins
from tests.directory.worlds import SchoolWorld, relative_of
from tests.notebooks.factories import copy_of, homework, homework_book, liaison_book, word

pytestmark = pytest.mark.django_db


def rows() -> dict[str, list[dict[str, Any]]]:
    tables = (HomeworkEntry, HomeworkTick, HomeworkCalendar, LiaisonWord, LiaisonCopy)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in tables}


def test_what_an_erased_teacher_wrote_stays_under_their_name(world: SchoolWorld) -> None:
    room = world.classes[0]
    entry = homework(room.teacher, homework_book(room.teacher, room.school_class))
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    erase([room.teacher.pk])
    entry.refresh_from_db()
    made.refresh_from_db()
    assert (entry.author, made.author) == (None, None)
    assert entry.author_name == made.author_name == room.teacher.full_name


def test_what_a_family_did_goes_with_the_last_who_holds_it(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, relative = room.pupils[0], room.relatives[0]
    other = relative_of(pupil)
    tick(by=pupil, entry=homework(room.teacher, homework_book(room.teacher, room.school_class)))
    open_calendar(by=relative, pupil=pupil)
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), pupils=(pupil,))
    sign(by=relative, copy=copy_of(made, relative))
    erase([relative.pk, other.pk])
    connection.check_constraints()
    # The school knows still who signed for a child who is there.
    signed = LiaisonCopy.objects.get(signed_version=1)
    assert (signed.relative, signed.relative_name) == (None, relative.full_name)
    assert not HomeworkCalendar.objects.exists()
    assert HomeworkTick.objects.count() == 1
    erase([pupil.pk])
    assert not HomeworkTick.objects.exists()
    assert not LiaisonCopy.objects.exists()
    assert LiaisonWord.objects.filter(pk=made.pk).exists()


def test_a_relative_keeps_a_word_about_a_child_who_is_erased(world: SchoolWorld) -> None:
    room = world.classes[0]
    pupil, relative = room.pupils[0], room.relatives[0]
    word(room.teacher, liaison_book(room.teacher, room.school_class), pupils=(pupil,))
    erase([pupil.pk])
    assert [copy.pupil_name for copy in copies_of(relative)] == [pupil.full_name]
    assert not waiting(copies_of(relative)).exists()


def test_two_accounts_of_a_relative_are_one_and_taken_apart_each_has_theirs_again() -> None:
    world = twins("relative")
    children = [tie.pupil for tie in Guardianship.objects.filter(relative__in=[world.kept, world.gone])]
    room = world.home.classes[0]
    for child in children:
        ClassAttachment.objects.get_or_create(
            person=child,
            school_class=room.school_class,
            role="PUPIL",
            defaults={"since": "2026-09-01", "source": "MANUAL"},
        )
    assert Group.objects.exists()
    made = word(room.teacher, liaison_book(room.teacher, room.school_class), room.school_class)
    before = rows()
    held = LiaisonCopy.objects.filter(word=made, relative__in=[world.kept, world.gone]).count()
    merge = duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    connection.check_constraints()
    assert LiaisonCopy.objects.filter(word=made, relative=world.kept).count() == held
    duplicates.unmerge(by=world.director, merge=merge)
    connection.check_constraints()
    assert rows() == before
