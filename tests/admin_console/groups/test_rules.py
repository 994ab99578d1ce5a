"""« Règles de communication », and « À qui cette personne peut-elle écrire, et pourquoi »."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.communication import defaults
from directory.enums import Extent, Party
from directory.querysets import people_visible_to
from directory.querysets.communication import matrix_of
from tests.directory.worlds import SchoolWorld, school_world

pytestmark = pytest.mark.django_db
CELL = "RELATIVE-TEACHER"
KEY = (Party.RELATIVE, Party.TEACHER)


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=2)


@pytest.fixture
def director(world: SchoolWorld, as_person: Callable[[User], Client]) -> Client:
    return as_person(world.director)


def rules(world: SchoolWorld) -> str:
    return reverse("console:rules", args=[world.school.uuid])


def test_a_change_is_said_in_words_before_it_is_done(world: SchoolWorld, director: Client) -> None:
    assert "Ce qu’aucune école ne change" in director.get(rules(world)).content.decode()
    foreseen = director.post(rules(world), {CELL: "SCHOOL", "acte": "apercu"}).content.decode()
    assert "Les parents peuvent écrire aux enseignants de toute l’école." in foreseen
    assert matrix_of(world.school) == defaults()
    answer = director.post(rules(world), {CELL: "SCHOOL", "acte": "appliquer"})
    assert answer["Location"] == rules(world)
    assert matrix_of(world.school)[KEY] == Extent.SCHOOL
    relative, teacher = world.classes[0].relatives[0], world.classes[1].teacher
    assert teacher in people_visible_to(relative)
    page = director.get(rules(world)).content.decode()
    assert "Cette école a ses propres règles" in page
    assert "data-changed" in page


def test_the_rules_by_default_come_back(world: SchoolWorld, director: Client) -> None:
    director.post(rules(world), {CELL: "NOBODY", "PUPIL-PUPIL": "NOBODY", "acte": "appliquer"})
    address = reverse("console:rules_reset", args=[world.school.uuid])
    assert "de la classe de leurs enfants" in director.get(address).content.decode()
    director.post(address)
    assert matrix_of(world.school) == defaults()


def test_what_no_school_opens_is_refused_by_the_page_too(world: SchoolWorld, director: Client) -> None:
    answer = director.post(rules(world), {"PUPIL-RELATIVE": "SCHOOL", CELL: "SCHOOL", "acte": "appliquer"})
    assert answer.status_code == 409
    assert "Un élève ne joint jamais les parents des autres." in answer.content.decode()
    assert matrix_of(world.school) == defaults()
    assert "déjà celles de l’école" in director.post(rules(world), {CELL: "rien"}).content.decode()


def test_a_card_says_to_whom_one_may_write_and_why(world: SchoolWorld, director: Client) -> None:
    relative, child = world.classes[0].relatives[0], world.classes[0].pupils[0]
    address = reverse("console:person_reach", args=[relative.uuid])
    page = director.get(address).content.decode()
    assert child.full_name in page
    assert f"({child.first_name}, {world.classes[0].school_class.label})" in page
    teacher, stranger = world.classes[0].teacher, world.classes[1].teacher
    assert teacher.full_name in director.get(address, {"q": teacher.last_name}).content.decode()
    assert "Oui," in director.get(address, {"a": teacher.uuid}).content.decode()
    assert "Non," in director.get(address, {"a": stranger.uuid}).content.decode()
    elsewhere = school_world().director
    assert director.get(address, {"a": elsewhere.uuid}).status_code == 404


def test_the_api_reads_changes_and_resets(world: SchoolWorld, director: Client) -> None:
    address = reverse("school-communication", args=[world.school.uuid])
    cells = director.get(address).json()["cells"]
    assert {(c["who"], c["whom"]): c["extent"] for c in cells} == defaults()
    asked = {"cells": [{"who": "RELATIVE", "whom": "TEACHER", "extent": "SCHOOL"}]}
    dry = director.patch(address, asked | {"dry": True}, content_type="application/json")
    assert dry.json()["changes"][0]["after"] == "SCHOOL"
    assert matrix_of(world.school) == defaults()
    assert director.patch(address, asked, content_type="application/json").json() == dry.json()
    assert matrix_of(world.school)[KEY] == Extent.SCHOOL
    beyond = {"cells": [{"who": "RELATIVE", "whom": "PUPIL", "extent": "SCHOOL"}]}
    refused = director.patch(address, beyond, content_type="application/json")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:cartable:rule-out-of-bounds")
    assert director.delete(address).json()["changes"][0]["after"] == "CLASS"
    assert matrix_of(world.school) == defaults()


def test_the_api_tells_reach_and_tests_it(world: SchoolWorld, director: Client) -> None:
    relative = world.classes[0].relatives[0]
    address = reverse("person-reach", args=[relative.uuid])
    told = director.get(address).json()
    assert told["people"][0]["who"] == world.classes[0].pupils[0].full_name
    assert len(told["groups"]) == 2
    tested = director.get(address, {"to": str(world.classes[0].teacher.uuid)}).json()
    assert tested["reached"]
    assert tested["why"]
    other = director.get(address, {"to": str(world.classes[1].teacher.uuid)}).json()
    assert other == {"reached": False, "why": []}
    assert director.get(address, {"to": "x"}).status_code == 404
