"""The Annuaire's pages: what each person finds, and what does not exist for them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory, TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at

type AsPerson = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world(classes=2, pupils=2)


def address(person: User) -> str:
    return reverse("annuaire:person", args=[person.uuid])


def test_a_teacher_finds_their_class_with_pupils_and_relatives(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    room = world.classes[0]
    page = as_person(room.teacher).get(reverse("annuaire:index"))
    for person in [room.teacher, *room.pupils, *room.relatives]:
        assert address(person) in page.text
    assert address(world.classes[1].pupils[0]) not in page.text


def test_a_relative_sees_the_classes_of_all_their_children(world: SchoolWorld, as_person: AsPerson) -> None:
    other = school_world(classes=1)
    parent = relative_of(world.classes[0].pupils[0], other.classes[0].pupils[0])
    page = as_person(parent).get(reverse("annuaire:index"))
    assert reverse("annuaire:class", args=[world.classes[0].school_class.uuid]) in page.text
    assert reverse("annuaire:class", args=[other.classes[0].school_class.uuid]) in page.text


def test_a_relative_finds_in_the_class_their_child_and_its_teacher_alone(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    room = world.classes[0]
    page = as_person(room.relatives[0]).get(reverse("annuaire:index"))
    assert address(room.teacher) in page.text
    assert address(room.pupils[0]) in page.text
    assert address(room.pupils[1]) not in page.text
    assert address(room.relatives[1]) not in page.text


def test_a_pupil_finds_classmates_and_teacher(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    page = as_person(room.pupils[0]).get(reverse("annuaire:index"))
    assert address(room.pupils[1]) in page.text
    assert address(room.teacher) in page.text
    assert address(room.relatives[1]) not in page.text


def test_a_teacher_without_class_is_told_why(world: SchoolWorld, as_person: AsPerson) -> None:
    newcomer = teacher_at(world.school)
    page = as_person(newcomer).get(reverse("annuaire:index"))
    assert "Aucune classe pour l’instant" in page.text


def test_staff_without_class_start_at_their_school(world: SchoolWorld, as_person: AsPerson) -> None:
    helper = PersonFactory(staff=True, activated=True)
    AttachmentFactory(person=helper, school=world.school)
    page = as_person(helper).get(reverse("annuaire:index"))
    assert world.school.name in page.text
    assert address(world.director) in page.text


def test_a_school_lists_its_people_by_profile(world: SchoolWorld, as_person: AsPerson) -> None:
    client = as_person(world.director)
    school = reverse("annuaire:school", args=[world.school.uuid])
    pupils = client.get(school, {"profil": "eleves"}).text
    assert address(world.classes[0].pupils[0]) in pupils
    assert address(world.classes[0].relatives[0]) not in pupils
    assert "Parents (4)" in pupils


def test_a_search_finds_within_reach_and_nobody_beyond(world: SchoolWorld, as_person: AsPerson) -> None:
    near = pupil_in(world.classes[0].school_class, first_name="Éloïse", last_name="Kervadec")
    far = pupil_in(school_world().classes[0].school_class, first_name="Éloi", last_name="Kervadec")
    client = as_person(world.classes[0].teacher)
    for typed in ("kervadec", "kervadek", "eloi"):
        page = client.get(reverse("annuaire:search"), {"q": typed})
        assert address(near) in page.text
        assert address(far) not in page.text


@pytest.mark.parametrize("kind", ["pupil", "relative", "teacher", "director"])
def test_a_person_out_of_reach_answers_as_one_who_does_not_exist(
    kind: str, world: SchoolWorld, as_person: AsPerson
) -> None:
    other = school_world()
    room = world.classes[0]
    viewers = {
        "pupil": room.pupils[0],
        "relative": room.relatives[0],
        "teacher": room.teacher,
        "director": world.director,
    }
    client = as_person(viewers[kind])
    nobody = client.get(reverse("annuaire:person", args=["00000000-0000-4000-8000-000000000000"]))
    hidden = client.get(address(other.classes[0].pupils[0]))
    assert (hidden.status_code, nobody.status_code) == (404, 404)
    assert client.get(address(room.teacher)).status_code == 200


def test_classes_and_schools_of_others_do_not_exist(world: SchoolWorld, as_person: AsPerson) -> None:
    other = school_world()
    client = as_person(world.classes[0].relatives[0])
    sister_class = world.classes[1].school_class
    for hidden in (
        reverse("annuaire:class", args=[other.classes[0].school_class.uuid]),
        reverse("annuaire:school", args=[other.school.uuid]),
        reverse("annuaire:class", args=[sister_class.uuid]),
    ):
        assert client.get(hidden).status_code == 404


def test_the_pre_deleted_are_nowhere(world: SchoolWorld, as_person: AsPerson) -> None:
    gone = pupil_in(world.classes[0].school_class, pre_deleted=True, last_name="Kervadec")
    client = as_person(world.director)
    assert client.get(address(gone)).status_code == 404
    assert address(gone) not in client.get(reverse("annuaire:search"), {"q": "kervadec"}).text


def test_a_limited_tie_closes_the_childs_card_and_class(world: SchoolWorld, as_person: AsPerson) -> None:
    room = world.classes[0]
    client = as_person(room.relatives[0])
    assert client.get(address(room.pupils[0])).status_code == 200
    TieRestrictionFactory(relative=room.relatives[0], pupil=room.pupils[0])
    assert client.get(address(room.pupils[0])).status_code == 404
    assert client.get(reverse("annuaire:class", args=[room.school_class.uuid])).status_code == 404


def test_a_part_answers_htmx_and_equals_the_same_part_of_the_whole_page(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    client = as_person(world.director)
    for page in (
        reverse("annuaire:index"),
        reverse("annuaire:schools"),
        reverse("annuaire:search") + "?q=le",
        reverse("annuaire:class", args=[world.classes[0].school_class.uuid]),
    ):
        whole = client.get(page)
        part = client.get(page, headers={"HX-Request": "true"})
        assert "HX-Request" in whole["Vary"]
        assert "<html" not in part.text
        assert part.text.strip() in whole.text


def test_a_history_restored_by_htmx_is_a_whole_page(world: SchoolWorld, as_person: AsPerson) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    page = as_person(world.director).get(reverse("annuaire:index"), headers=headers)
    assert "<html" in page.text


def test_whoever_has_no_session_is_asked_to_sign_in(world: SchoolWorld, client: Client) -> None:
    answer = client.get(address(world.director))
    assert answer.status_code == 302
    assert "/connexion/" in answer["Location"]
