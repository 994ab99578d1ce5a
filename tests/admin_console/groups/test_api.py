"""Groups in the API: everything that their pages do."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from directory.models import Group
from directory.querysets import members_of
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.schools.factories import YEAR
from tests.sharing.factories import GrantFactory

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=2)


@pytest.fixture
def director(world: SchoolWorld, as_person: Callable[[User], Client]) -> Client:
    return as_person(world.director)


def test_groups_are_listed_with_their_marks_and_filtered(world: SchoolWorld, director: Client) -> None:
    GroupFactory(school=world.school, name="Vide")
    address = reverse("administered-groups-list")
    [line] = director.get(address, {"mark": "unused"}).json()["results"]
    assert (line["group"]["label"], line["marks"], line["members"]) == ("Vide", ["unused"], 0)
    found = director.get(address, {"kind": "manual", "q": "gar"}).json()["results"]
    assert [each["group"]["label"] for each in found] == ["Resp Affect Gar"]
    for wrong in ({"kind": "x"}, {"mark": "x"}, {"school_class": "x"}, {"profile": "x"}, {"school": "x"}):
        assert director.get(address, wrong).json()["results"] == []
    labels = {each["label"] for each in director.get(reverse("groups-list"), {"q": "vide"}).json()["results"]}
    assert labels == {"Vide"}


def test_a_group_is_opened_closed_and_kept(world: SchoolWorld, director: Client) -> None:
    group = GroupFactory(school=world.school, name="APE", year=YEAR - 1)
    opening = reverse("groups-opening", args=[group.uuid])
    assert director.put(opening).json()["open_to_members"] is True
    assert director.delete(opening).json()["open_to_members"] is False
    assert director.post(reverse("groups-keep", args=[group.uuid])).json()["year"] == YEAR


def test_a_whole_class_is_added(world: SchoolWorld, director: Client) -> None:
    group = GroupFactory(school=world.school)
    source = Group.objects.get(school_class=world.classes[0].school_class, profile="RELATIVE")
    address = reverse("groups-members", args=[group.uuid])
    done = director.post(address, {"of_group": str(source.uuid)}, content_type=JSON)
    assert done.json() == {"count": 2}
    assert set(members_of([group])) == set(world.classes[0].relatives)
    elsewhere = Group.objects.get(school=school_world().school, kind="SCHOOL", profile="PUPIL")
    assert director.post(address, {"of_group": str(elsewhere.uuid)}, content_type=JSON).status_code == 404


def test_what_a_deletion_ends_is_told_and_groups_are_cleaned(world: SchoolWorld, director: Client) -> None:
    group = GroupFactory(school=world.school, name="APE", year=YEAR - 1)
    MembershipFactory(group=group, person=world.director)
    GrantFactory(to_group=True, group=group)
    ending = director.get(reverse("administered-groups-ending", args=[group.uuid])).json()
    assert ending == {"shares": 1, "things": 1, "people": 1}
    address = reverse("administered-groups-cleaning")
    [cleaning] = director.get(address, {"school": str(world.school.uuid)}).json()["cleanings"]
    assert (cleaning["act"], cleaning["offered"], cleaning["shares"]) == ("delete", False, 1)
    asked = {"school": str(world.school.uuid), "keys": [cleaning["key"]]}
    assert director.post(address, asked, content_type=JSON).json()["deleted"] == ["APE"]
    assert not Group.objects.filter(pk=group.pk).exists()
    assert director.get(address, {"school": str(school_world().school.uuid)}).status_code == 404
