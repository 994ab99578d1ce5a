"""Administered people in the API: the same card, the same acts, the same refusals."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from directory.models import Attachment, Block, ClassAttachment
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.worlds import SchoolWorld, school_world, teacher_at

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(in_district=True)


@pytest.fixture
def api(world: SchoolWorld, as_person) -> Any:
    return as_person(world.director)


def url(name: str, person: User) -> str:
    return reverse(f"administered-person-{name}", kwargs={"uuid": person.uuid})


def by_hand(world: SchoolWorld, **traits: Any) -> User:
    person = PersonFactory(**{"teacher": True, "first_name": "Bernard", "last_name": "Grolier", **traits})
    AttachmentFactory(person=person, school=world.school, by_hand=True)
    return person


def test_the_card_is_told_and_a_stranger_has_none(world: SchoolWorld, api) -> None:
    card = api.get(url("detail", world.classes[0].teacher)).json()
    assert card["schools"][0]["mine"] is True
    assert [each["label"] for each in card["classes"]] == [world.classes[0].school_class.label]
    assert {holding["key"] for holding in card["holdings"]} >= {"owned", "quota"}
    assert api.get(url("detail", school_world().director)).status_code == 404


def test_an_account_is_made_corrected_and_ended(world: SchoolWorld, api) -> None:
    given = {
        "school": str(world.school.uuid),
        "profile": "GUEST",
        "first_name": "Mona",
        "last_name": "Quillien",
    }
    made = api.post(reverse("administered-person-by-hand"), given, **JSON)
    assert made.status_code == 201
    person = User.objects.get(uuid=made.json()["uuid"])
    twin = api.post(reverse("administered-person-by-hand"), given, **JSON)
    assert (twin.status_code, twin.json()["people"]) == (409, [str(person.uuid)])
    assert api.patch(url("detail", person), {"first_name": "Monah"}, **JSON).json()["first_name"] == "Monah"
    assert api.delete(url("detail", person)).status_code == 204
    used = by_hand(world, activated=True)
    assert api.delete(url("detail", used)).json()["type"] == "urn:cartable:account-used"
    assert api.post(url("pre-delete", used)).status_code == 204
    assert api.post(url("restore", used)).status_code == 204


def test_people_are_detached_attached_blocked_and_given_codes(world: SchoolWorld, api) -> None:
    teacher, place = world.classes[0].teacher, {"school": str(world.school.uuid)}
    AttachmentFactory(person=teacher, school=school_world().school)
    assert api.post(url("detach", teacher), place, **JSON).status_code == 204
    assert api.get(url("detail", teacher)).status_code == 404
    assert api.post(url("attach", teacher), place, **JSON).status_code == 204
    assert Attachment.objects.filter(person=teacher, school=world.school, ended_on=None).exists()
    assert api.post(url("block", teacher), {"reason": "Enquête"}, **JSON).status_code == 204
    assert api.post(url("unblock", teacher)).status_code == 204
    assert api.post(url("unblock", teacher)).status_code == 409
    assert Block.objects.get(person=teacher).lifted_at is not None
    assert api.post(url("code", teacher), {}, **JSON).json()["code"] is None
    assert len(api.post(url("code", teacher), {"renew": True}, **JSON).json()["code"]) == 9


def test_ties_and_consents_are_said(world: SchoolWorld, api) -> None:
    here = world.classes[0]
    act = {"relative": str(here.relatives[0].uuid), "act": "limit", "reason": "Jugement"}
    assert api.post(url("ties", here.pupils[0]), act, **JSON).status_code == 204
    card = api.get(url("detail", here.pupils[0])).json()
    assert [tie["restriction"] for tie in card["family"]] == ["LIMITED"]
    assert api.post(url("ties", here.pupils[0]), {**act, "act": "lift"}, **JSON).status_code == 204
    assert api.post(url("ties", here.pupils[1]), {**act, "act": "make"}, **JSON).status_code == 204
    assert api.post(url("ties", here.pupils[1]), {**act, "act": "unmake"}, **JSON).status_code == 204
    fed = api.post(url("ties", here.pupils[0]), {**act, "act": "unmake"}, **JSON)
    assert fed.json()["type"] == "urn:cartable:fed-tie"
    assert api.post(url("photo-consent", here.pupils[0]), {"allowed": False}, **JSON).status_code == 204


def test_the_grid_of_a_school_is_read_and_saved(world: SchoolWorld, api) -> None:
    here, helper = world.classes[0], teacher_at(world.school)
    address = reverse("administered-classes-detail", kwargs={"uuid": world.school.uuid})
    assert api.get(address).json()["classes"][0]["pupils"] == len(here.pupils)
    pair = {"teacher": str(helper.uuid), "school_class": str(here.school_class.uuid)}
    assert api.patch(address, {"attach": [pair]}, **JSON).json() == {"attached": 1, "detached": 0}
    assert ClassAttachment.objects.filter(person=helper, ended_on=None).exists()
    strange = {**pair, "teacher": str(school_world().director.uuid)}
    assert api.patch(address, {"attach": [strange]}, **JSON).status_code == 404


def test_a_pupil_is_given_a_password_and_nobody_else(world: SchoolWorld, api) -> None:
    pupil = world.classes[0].pupils[0]
    given = api.post(url("password", pupil)).json()
    pupil.refresh_from_db()
    assert given["login"] == pupil.username
    assert pupil.check_password(given["password"])
    assert api.post(url("password", world.classes[0].teacher)).status_code == 404
    assert api.post(url("password", school_world().classes[0].pupils[0])).status_code == 404


def test_the_card_names_the_alike_and_what_may_be_attached_again(world: SchoolWorld, as_person) -> None:
    one, other = (by_hand(world, birth_date="1980-02-03") for _ in range(2))
    api = as_person(world.director)
    (alike,) = api.get(url("detail", one)).json()["alike"]
    assert (alike["uuid"], alike["reasons"]) == (str(other.uuid), ["birth"])
    api.post(url("detach", one), {"school": str(world.school.uuid)}, **JSON)
    above = PersonFactory(staff=True, activated=True)
    AdministratorFactory(person=above, of_district=True, district=world.school.district)
    card = as_person(above).get(url("detail", one)).json()
    assert [gone["uuid"] for gone in card["detached"]] == [str(world.school.uuid)]
