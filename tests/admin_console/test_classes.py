"""The tab « Classes »: a grid of the whole school, saved once."""

from typing import Any

import pytest
from django.urls import reverse

from directory.models import ClassAttachment, SchoolClass
from tests.admin_console.worlds import academy_admin
from tests.directory.factories import SchoolClassFactory
from tests.directory.worlds import SchoolWorld, school_world, teacher_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=2)


def pair(teacher: Any, school_class: SchoolClass) -> str:
    return f"{teacher.uuid} {school_class.uuid}"


def held(world: SchoolWorld) -> set[tuple[int, int]]:
    rows = ClassAttachment.objects.filter(role="TEACHER", ended_on=None, school_class__school=world.school)
    return set(rows.values_list("person_id", "school_class_id"))


def test_the_grid_is_saved_once_and_twice_changes_nothing(world: SchoolWorld, as_person) -> None:
    one, two = world.classes
    helper = teacher_at(world.school)
    console = as_person(world.director)
    posted = {
        "vu": [pair(one.teacher, one.school_class), pair(two.teacher, two.school_class)],
        "tient": [
            pair(helper, one.school_class),
            pair(helper, two.school_class),
            pair(two.teacher, two.school_class),
        ],
    }
    answer = console.post(reverse("console:classes"), posted, follow=True).content.decode()
    assert "2 rattachements ajoutés, 1 rattachement retiré" in answer
    assert held(world) == {
        (helper.pk, one.school_class.pk),
        (helper.pk, two.school_class.pk),
        (two.teacher.pk, two.school_class.pk),
    }
    again = console.post(reverse("console:classes"), posted, follow=True).content.decode()
    assert "Rien n’a changé." in again


def test_the_grid_refuses_strangers_whole_and_names_what_is_awaited(world: SchoolWorld, as_person) -> None:
    one = world.classes[0]
    SchoolClassFactory(school=world.school, last_year=True, label="CM2 Jaune")
    before = held(world)
    console = as_person(world.director)
    posted = {
        "tient": [pair(world.director, one.school_class), pair(school_world().director, one.school_class)]
    }
    answer = console.post(reverse("console:classes"), posted, follow=True).content.decode()
    assert "Une des personnes ou des classes choisies n’existe pas." in answer
    assert "CM2 Jaune" in answer
    assert held(world) == before


def test_whoever_administers_several_schools_is_asked_which(world: SchoolWorld, as_person) -> None:
    school_world(academy=world.school.academy)
    console = as_person(academy_admin(world.school.academy))
    assert "De quelle école" in console.get(reverse("console:classes")).content.decode()
    one = console.get(reverse("console:classes"), {"ecole": world.school.uuid}).content.decode()
    assert "Enregistrer les classes" in one
