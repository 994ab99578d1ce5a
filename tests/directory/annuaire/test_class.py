"""Ma classe: relatives beside each pupil for the team, in the order of calls; a sheet of faces."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.models import Guardianship
from tests.accounts.factories import PersonFactory
from tests.directory.factories import GuardianshipFactory, TieRestrictionFactory
from tests.directory.worlds import ClassWorld, SchoolWorld, pupil_in, school_world

type AsPerson = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world(classes=1, pupils=2)


@pytest.fixture
def room(world: SchoolWorld) -> ClassWorld:
    return world.classes[0]


def address(room: ClassWorld) -> str:
    return reverse("annuaire:class", args=[room.school_class.uuid])


def family(pupil: User) -> tuple[User, User]:
    """A mother, to be called first, and a father who lives elsewhere."""
    mother = PersonFactory(
        relative=True, mobile_phone="06 11 11 11 11", address="1 rue des Lilas", own_email="mere@exemple.fr"
    )
    father = PersonFactory(relative=True, mobile_phone="06 22 22 22 22", address="9 quai Sud")
    GuardianshipFactory(relative=father, pupil=pupil, rank=2)
    GuardianshipFactory(relative=mother, pupil=pupil, rank=1)
    return mother, father


def test_a_teacher_reads_whom_to_call_first_and_who_lives_elsewhere(
    room: ClassWorld, as_person: AsPerson
) -> None:
    pupil = pupil_in(room.school_class, first_name="Noé", last_name="Abadie")
    mother, father = family(pupil)
    page = as_person(room.teacher).get(address(room)).text
    told = page.split("Noé Abadie", 1)[1].split("</ol>", 1)[0]
    assert told.index(mother.full_name) < told.index(father.full_name)
    for word in ("tel:06 11 11 11 11", "mailto:mere@exemple.fr", "tel:06 22 22 22 22"):
        assert word in told
    assert "autre adresse" in told.split(father.full_name, 1)[1]
    assert "autre adresse" not in told.split(father.full_name, 1)[0]


def test_a_tie_that_the_direction_ended_is_marked_and_gives_no_telephone(
    room: ClassWorld, as_person: AsPerson
) -> None:
    pupil = pupil_in(room.school_class, first_name="Noé", last_name="Abadie")
    _, father = family(pupil)
    # Whom the teacher still reaches, through a sister.
    GuardianshipFactory(relative=father, pupil=room.pupils[0])
    TieRestrictionFactory(relative=father, pupil=pupil, limit="ENDED")
    page = as_person(room.teacher).get(address(room)).text
    told = page.split("Noé Abadie", 1)[1].split("</ol>", 1)[0]
    assert "lien terminé" in told
    assert "06 22 22 22 22" not in told


@pytest.mark.parametrize("kind", ["pupil", "relative"])
def test_families_and_pupils_read_no_telephone(kind: str, room: ClassWorld, as_person: AsPerson) -> None:
    mother, _ = family(room.pupils[0])
    viewer = {"pupil": room.pupils[1], "relative": room.relatives[0]}[kind]
    page = as_person(viewer).get(address(room)).text
    assert "06 11 11 11 11" not in page
    assert mother.full_name not in page


def test_a_class_is_sorted_by_name_or_by_first_name(room: ClassWorld, as_person: AsPerson) -> None:
    pupil_in(room.school_class, first_name="Éva", last_name="Zola")
    pupil_in(room.school_class, first_name="Zoé", last_name="Arnaud")
    client = as_person(room.teacher)
    by_name = client.get(address(room)).text
    by_first_name = client.get(address(room), {"tri": "prenom"}).text
    assert by_name.index("Zoé Arnaud") < by_name.index("Éva Zola")
    assert by_first_name.index("Éva Zola") < by_first_name.index("Zoé Arnaud")


def test_a_sheet_of_faces_tells_names_alone(room: ClassWorld, as_person: AsPerson) -> None:
    family(room.pupils[0])
    page = as_person(room.teacher).get(address(room), {"vue": "trombinoscope"}).text
    assert page.count('class="ct-face"') == 3
    assert "ct-avatar--xl" in page
    assert "06 11 11 11 11" not in page
    assert "data-print" in page


def test_the_api_tells_a_class_as_its_page_does(room: ClassWorld, as_person: AsPerson) -> None:
    mother, father = family(room.pupils[0])
    Guardianship.objects.filter(relative=room.relatives[0]).update(rank=3)
    there = f"/api/v1/annuaire/classes/{room.school_class.uuid}/"
    pupils = {pupil["uuid"]: pupil for pupil in as_person(room.teacher).get(there).json()["pupils"]}
    guardians = pupils[str(room.pupils[0].uuid)]["guardians"]
    assert [guardian["name"] for guardian in guardians[:2]] == [mother.full_name, father.full_name]
    assert guardians[0]["contact"]["phones"] == ["06 11 11 11 11"]
    assert [guardian["apart"] for guardian in guardians[:2]] == [False, True]
    of_friend = as_person(room.pupils[1]).get(there).json()["pupils"]
    assert {pupil["uuid"]: pupil["guardians"] for pupil in of_friend}[str(room.pupils[0].uuid)] == []
    assert as_person(school_world().director).get(there).status_code == 404
