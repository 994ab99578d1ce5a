"""The grid of a school's classes and teachers: saved whole, once, or not at all."""

from typing import Any

import pytest

from core.models import AuditEntry
from directory.class_grid import class_grid
from directory.errors import ClassNotOpen, NotATeacher, NotYours, OutOfReach
from directory.models import ClassAttachment
from directory.services.class_teachers import Saved, save_grid
from tests.accounts.factories import PersonFactory
from tests.directory.factories import SchoolClassFactory
from tests.directory.worlds import SchoolWorld, class_world, school_world, teacher_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=2)


def taught() -> set[tuple[int, int]]:
    rows = ClassAttachment.objects.filter(role="TEACHER", ended_on=None)
    return set(rows.values_list("person_id", "school_class_id"))


def test_several_classes_a_teacher_and_several_teachers_a_class_are_saved_at_once(world: SchoolWorld) -> None:
    one, two = world.classes
    helper = teacher_at(world.school)
    attach = [(helper, one.school_class), (helper, two.school_class), (one.teacher, two.school_class)]
    given: dict[str, Any] = {
        "by": world.director,
        "school": world.school,
        "attach": attach,
        "detach": [(one.teacher, one.school_class)],
    }
    assert save_grid(**given) == Saved(attached=3, detached=1)
    assert taught() == {(t.pk, c.pk) for t, c in [*attach, (two.teacher, two.school_class)]}
    verbs = AuditEntry.objects.filter(subject=one.teacher.uuid).values_list("verb", flat=True)
    assert set(verbs) == {"class.teacher_attached", "class.teacher_detached"}
    assert save_grid(**given) == Saved(attached=0, detached=0)


def test_a_grid_of_which_one_line_cannot_be_is_not_saved_at_all(world: SchoolWorld) -> None:
    one, two = world.classes
    before = taught()
    empty, former = SchoolClassFactory(school=world.school), class_world(world.school, last_year=True)
    elsewhere = school_world()
    refused = [
        ((one.teacher, empty), ClassNotOpen),
        ((one.teacher, former.school_class), ClassNotOpen),
        ((one.teacher, elsewhere.classes[0].school_class), OutOfReach),
        ((elsewhere.classes[0].teacher, one.school_class), NotATeacher),
        ((PersonFactory(staff=True), one.school_class), NotATeacher),
    ]
    before = taught()
    for pair, error in refused:
        with pytest.raises(error):
            save_grid(by=world.director, school=world.school, attach=[(one.teacher, two.school_class), pair])
    with pytest.raises(NotYours):
        save_grid(by=elsewhere.director, school=world.school, attach=[(one.teacher, two.school_class)])
    assert taught() == before


def test_the_grid_tells_classes_with_a_pupil_those_awaited_and_those_without_a_teacher(
    world: SchoolWorld,
) -> None:
    one, two = world.classes
    SchoolClassFactory(school=world.school, label="CM2 vide")
    SchoolClassFactory(school=world.school, last_year=True, label=one.school_class.label)
    SchoolClassFactory(school=world.school, last_year=True, label="CM2 A")
    ClassAttachment.objects.filter(person=two.teacher).delete()
    grid = class_grid(world.school)
    assert {each.pk: each.size for each in grid.classes} == {
        one.school_class.pk: len(one.pupils),
        two.school_class.pk: len(two.pupils),
    }
    assert [each.label for each in grid.awaited] == ["CM2 A"]
    assert grid.without_teacher == [two.school_class]
    assert [line.person for line in grid.without_class] == [two.teacher]


def test_the_grid_asks_as_many_questions_of_a_small_school_as_of_a_large_one(
    world: SchoolWorld, django_assert_num_queries
) -> None:
    for number in (0, 6):
        for _ in range(number):
            class_world(world.school)
        with django_assert_num_queries(5):
            class_grid(world.school)
