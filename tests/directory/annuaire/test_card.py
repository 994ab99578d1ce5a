"""A person's card: who reads what on it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.enums import TieLimit
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory, TieRestrictionFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at

type AsPerson = Callable[[User], Client]

PHONE, MAIL, STREET = "06 12 34 56 78", "sofia.kervadec@exemple.fr", "4 rue des Lilas"


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world()


@pytest.fixture
def pupil(world: SchoolWorld) -> User:
    return pupil_in(
        world.classes[0].school_class, first_name="Noé", last_name="Kervadec", email="noe@exemple.fr"
    )


@pytest.fixture
def mother(pupil: User) -> User:
    return relative_of(
        pupil, first_name="Sofia", last_name="Kervadec", mobile_phone=PHONE, email=MAIL, address=STREET
    )


@pytest.fixture
def father(pupil: User) -> User:
    return relative_of(pupil, first_name="Yves", last_name="Prigent")


def card(client: Client, person: User) -> str:
    page = client.get(reverse("annuaire:person", args=[person.uuid]))
    assert page.status_code == 200
    return page.text


def test_the_team_of_the_school_reads_how_to_reach_a_relative(
    world: SchoolWorld, mother: User, pupil: User, as_person: AsPerson
) -> None:
    told = card(as_person(world.director), mother)
    assert PHONE in told
    assert MAIL in told
    assert STREET in told
    assert pupil.full_name in told


def test_a_relative_reads_their_own_details(mother: User, as_person: AsPerson) -> None:
    told = card(as_person(mother), mother)
    assert PHONE in told
    assert "C’est vous" in told


def test_a_pupil_reads_who_their_relatives_are_and_no_address(
    mother: User, pupil: User, as_person: AsPerson
) -> None:
    client = as_person(pupil)
    assert mother.full_name in card(client, pupil)
    told = card(client, mother)
    assert PHONE not in told
    assert MAIL not in told
    assert STREET not in told


def test_relatives_of_one_child_see_nothing_of_one_another(
    mother: User, father: User, pupil: User, as_person: AsPerson
) -> None:
    client = as_person(father)
    told = card(client, pupil)
    assert father.full_name in told
    assert mother.full_name not in told
    assert client.get(reverse("annuaire:person", args=[mother.uuid])).status_code == 404
    assert mother.full_name not in client.get(reverse("annuaire:search"), {"q": "sofia"}).text


def test_they_still_do_where_the_school_lets_relatives_of_a_class_talk(
    world: SchoolWorld, mother: User, father: User, pupil: User, as_person: AsPerson
) -> None:
    world.school.relatives_reach_relatives = True
    world.school.save()
    neighbour = world.classes[0].relatives[0]
    client = as_person(father)
    told = card(client, neighbour)
    assert "Coordonnées" not in told
    assert client.get(reverse("annuaire:person", args=[mother.uuid])).status_code == 404


def test_a_pupils_card_has_no_mail_for_anybody(world: SchoolWorld, pupil: User, as_person: AsPerson) -> None:
    for viewer in (world.director, pupil, world.classes[0].pupils[0]):
        assert "noe@exemple.fr" not in card(as_person(viewer), pupil)


def test_the_birth_date_of_a_pupil_is_for_the_team(
    world: SchoolWorld, pupil: User, mother: User, as_person: AsPerson
) -> None:
    assert "14 mars 2018" in card(as_person(world.classes[0].teacher), pupil)
    assert "14 mars 2018" not in card(as_person(world.classes[0].pupils[0]), pupil)


def test_the_team_sees_that_the_direction_limited_a_tie(
    world: SchoolWorld, mother: User, pupil: User, as_person: AsPerson
) -> None:
    TieRestrictionFactory(relative=mother, pupil=pupil, by=world.director.uuid)
    assert TieLimit.LIMITED.label in card(as_person(world.director), pupil)


def test_colleagues_read_the_mail_at_work_but_no_private_number(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    colleague = teacher_at(world.school, email="c.morel@academie.exemple", mobile_phone=PHONE)
    told = card(as_person(world.director), colleague)
    assert "c.morel@academie.exemple" in told
    assert PHONE not in told
    assert "c.morel@academie.exemple" not in card(
        as_person(world.classes[0].relatives[0]), world.classes[0].teacher
    )


def test_a_colleague_of_the_district_is_found_without_details(as_person: AsPerson) -> None:
    world = school_world(in_district=True)
    there = school_world(academy=world.school.academy, district=world.school.district)
    other = teacher_at(there.school, email="d.okafor@academie.exemple")
    told = card(as_person(world.director), other)
    assert there.school.name in told
    assert "d.okafor@academie.exemple" not in told
    assert (
        as_person(world.director)
        .get(reverse("annuaire:person", args=[there.classes[0].pupils[0].uuid]))
        .status_code
        == 404
    )


def test_a_relative_is_not_told_the_other_schools_of_a_teacher(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    teacher = world.classes[0].teacher
    elsewhere = school_world()
    AttachmentFactory(person=teacher, school=elsewhere.school)
    assert elsewhere.school.name not in card(as_person(world.classes[0].relatives[0]), teacher)
    assert elsewhere.school.name in card(as_person(world.director), teacher)


def test_a_relatives_children_out_of_the_viewers_school_are_not_named(
    world: SchoolWorld, mother: User, as_person: AsPerson
) -> None:
    elsewhere = school_world()
    other_child = pupil_in(elsewhere.classes[0].school_class, first_name="Jade", last_name="Kervadec")
    both = relative_of(world.classes[0].pupils[0], other_child)
    told = card(as_person(world.director), both)
    assert world.classes[0].pupils[0].full_name in told
    assert other_child.full_name not in told


def test_two_of_one_name_and_class_are_told_apart_by_their_birth_date_for_the_team_alone(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    room = world.classes[0]
    twins = [
        pupil_in(room.school_class, first_name="Lina", last_name="Diallo", birth_date=f"2018-0{n}-02")
        for n in (4, 5)
    ]
    address = reverse("annuaire:search")
    told = as_person(room.teacher).get(address, {"q": "lina diallo"}).text
    assert "2 avril 2018" in told
    assert "2 mai 2018" in told
    seen = as_person(twins[0]).get(address, {"q": "lina diallo"}).text
    assert "avril" not in seen


def test_two_teachers_of_one_name_are_told_apart_by_their_class(as_person: AsPerson) -> None:
    world = school_world(classes=2)
    for room in world.classes:
        teacher_at(world.school, room.school_class, first_name="Anne", last_name="Morel", birth_date=None)
    told = as_person(world.director).get(reverse("annuaire:search"), {"q": "anne morel"}).text
    for room in world.classes:
        assert room.school_class.label in told


def test_two_relatives_of_one_name_are_told_apart_by_their_children(
    world: SchoolWorld, as_person: AsPerson
) -> None:
    for child in world.classes[0].pupils:
        relative_of(child, first_name="Anne", last_name="Morel")
    told = as_person(world.director).get(reverse("annuaire:search"), {"q": "anne morel"}).text
    for child in world.classes[0].pupils:
        assert child.full_name in told


def test_a_guest_finds_the_direction_alone(world: SchoolWorld, as_person: AsPerson) -> None:
    guest = PersonFactory(guest=True, activated=True)
    AttachmentFactory(person=guest, school=world.school)
    client = as_person(guest)
    assert world.director.full_name in card(client, world.director)
    assert client.get(reverse("annuaire:person", args=[world.classes[0].teacher.uuid])).status_code == 404
