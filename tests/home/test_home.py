"""The first page says something true to each profile, and no more."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.models import ClassAttachment
from home.views.home import week_of
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory, TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at

type AsPerson = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world(classes=1, pupils=2)


SCHOOLS = 'id="mes-ecoles"'  # of the side column


def home(client: Client) -> str:
    page = client.get(reverse("home:index"), {"tout": "1"})
    assert page.status_code == 200
    return page.text


def test_a_relative_finds_a_cover_for_each_child_in_all_their_schools(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    other = school_world()
    parent = relative_of(world.classes[0].pupils[0], other.classes[0].pupils[0])
    told = home(as_person(parent))
    for place in (world, other):
        room = place.classes[0]
        assert place.school.name in told
        assert room.pupils[0].first_name in told
        assert room.school_class.label in told
        assert room.teacher.last_name in told
        assert reverse("annuaire:class", args=[room.school_class.uuid]) in told


def test_a_relative_whose_child_has_no_class_yet_is_told_that_it_is_awaited(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    pupil = PersonFactory(pupil=True)
    AttachmentFactory(person=pupil, school=world.school, level="MS")
    told = home(as_person(relative_of(pupil)))
    assert "Pas encore de classe" in told
    assert "Moyenne section" in told


def test_a_relative_whose_tie_is_limited_is_told_the_school_and_no_class(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    room = world.classes[0]
    TieRestrictionFactory(relative=room.relatives[0], pupil=room.pupils[0])
    told = home(as_person(room.relatives[0]))
    assert world.school.name in told
    assert room.school_class.label not in told
    assert reverse("annuaire:person", args=[room.pupils[0].uuid]) not in told


def test_a_relative_whose_tie_is_ended_is_told_nothing_of_the_child(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    room = world.classes[0]
    TieRestrictionFactory(relative=room.relatives[0], pupil=room.pupils[0], over=True)
    told = home(as_person(room.relatives[0]))
    assert "Aucun enfant pour l’instant" in told
    assert world.school.name not in told


def test_a_teacher_finds_their_classes_in_figures(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    relative_of(room.pupils[0], activated=False)
    told = home(as_person(room.teacher))
    assert room.school_class.label in told
    assert '3</span><span class="ct-fig__t"><span class="ct-gommette" data-profile="relative"' in told
    assert "1 parent ne s’est encore jamais connecté" in told


def test_in_august_a_teacher_is_told_that_classes_come_with_their_pupils(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    told = home(as_person(teacher_at(world.school)))
    assert "Aucune classe pour l’instant" in told
    assert world.school.name in told


def test_a_director_without_class_is_not_told_to_wait_for_one(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    told = home(as_person(world.director))
    assert "Aucune classe pour l’instant" not in told
    assert world.school.name in told


def test_a_pre_deleted_pupil_is_counted_nowhere(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    relative_of(pupil_in(room.school_class, pre_deleted=True), activated=False)
    told = home(as_person(room.teacher))
    assert "jamais connecté" not in told


def test_a_pupil_finds_big_tiles_that_open(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    client = as_person(room.pupils[0])
    told = home(client)
    assert f"Bonjour {room.pupils[0].first_name}" in told
    assert room.teacher.last_name in told
    for label, address in (
        ("Ma classe", reverse("annuaire:index")),
        ("Mon école", reverse("annuaire:schools")),
        ("Ma famille", reverse("annuaire:person", args=[room.pupils[0].uuid])),
    ):
        assert label in told
        assert f'href="{address}"' in told
        assert client.get(address).status_code == 200


def test_a_pupil_without_class_has_no_tile_for_it(world: SchoolWorld, as_person: AsPerson) -> None:
    pupil = world.classes[0].pupils[0]
    ClassAttachment.objects.filter(person=pupil).update(ended_on=date(2026, 9, 2))
    told = home(as_person(pupil))
    assert "Ma classe" not in told
    assert "Tu n’as pas encore de classe" in told


def test_staff_and_guests_find_their_school(world: SchoolWorld, as_person: AsPerson) -> None:
    for kind in ("staff", "guest"):
        person = PersonFactory(**{kind: True, "activated": True})
        AttachmentFactory(person=person, school=world.school, function_label="Aide en classe")
        told = home(as_person(person))
        assert world.school.name in told
        assert "Aide en classe" in told


def test_whoever_has_no_school_is_told_what_to_do(db: None, as_person: AsPerson) -> None:
    told = home(as_person(PersonFactory(staff=True, activated=True)))
    assert "Rien à montrer pour l’instant" in told


def test_what_does_not_press_comes_after_the_page_and_without_a_script_in_it(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    teacher = world.classes[0].teacher
    client, later = as_person(teacher), reverse("home:later")
    page = client.get("/").text
    assert f'hx-get="{later}?vide=1"' in page
    assert 'content="0; url=/?tout=1"' in page
    assert SCHOOLS not in page
    rest = client.get(later, headers={"HX-Request": "true"}).text
    assert SCHOOLS in rest
    assert "<html" not in rest
    # Asked without a script, it is the page, whole.
    assert client.get(later)["Location"] == "/?tout=1"
    whole = client.get("/?tout=1").text
    assert SCHOOLS in whole
    assert f'hx-get="{later}' not in whole


def test_whoever_has_no_school_is_told_so_after_the_page_too(db: None, as_person: AsPerson) -> None:
    client = as_person(PersonFactory(staff=True, activated=True))
    assert "vide=1" in client.get("/").text
    rest = client.get(reverse("home:later"), {"vide": "1"}, headers={"HX-Request": "true"}).text
    assert "Rien à montrer pour l’instant" in rest


def test_the_date_is_the_clocks(world: SchoolWorld, as_person: AsPerson, at: Callable[[Any], None]) -> None:
    at(datetime(2026, 9, 15, 8, tzinfo=UTC))
    told = home(as_person(world.classes[0].teacher))
    assert "Mardi 15 septembre<" in told
    assert " · année scolaire 2026-2027" in told


def test_on_a_saturday_no_school_day_is_today() -> None:
    assert [day.today for day in week_of(date(2026, 9, 19))] == [False] * 5
    assert [day.name for day in week_of(date(2026, 9, 15)) if day.today] == ["mardi"]
