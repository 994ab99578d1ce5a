"""The API keeps to the same reach and the same acts."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from accounts.models import User
from directory.models import ClassAttachment, Group
from tests.accounts.factories import PASSWORD
from tests.directory.worlds import SchoolWorld, school_world, teacher_at

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def world() -> SchoolWorld:
    return school_world()


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def uuids(client: Client, path: str) -> set[str]:
    return {row["uuid"] for row in client.get(f"{API}/{path}/").json()["results"]}


def test_nobody_reads_anything_without_signing_in(client: Client) -> None:
    for path in ("me", "people", "schools", "classes", "groups"):
        assert client.get(f"{API}/{path}/").status_code == 403, path


def test_one_reads_ones_own_account(world: SchoolWorld) -> None:
    told = client_of(world.director).get(f"{API}/me/").json()
    assert told["username"] == world.director.username
    assert "password" not in told


def test_people_schools_classes_and_groups_within_reach_alone(world: SchoolWorld) -> None:
    other = school_world()
    here = world.classes[0]
    relative = client_of(here.relatives[0])
    people = {here.relatives[0], here.pupils[0], here.teacher, world.director}
    assert uuids(relative, "people") == {str(p.uuid) for p in people}
    assert uuids(relative, "schools") == {str(world.school.uuid)}
    assert uuids(relative, "classes") == {str(here.school_class.uuid)}
    assert len(uuids(relative, "groups")) == 2
    for path in (
        f"people/{other.director.uuid}",
        f"schools/{other.school.uuid}",
        f"classes/{other.classes[0].school_class.uuid}",
        f"groups/{other.school.group_set.get(kind='DIRECTION').uuid}",
    ):
        assert relative.get(f"{API}/{path}/").status_code == 404, path


def test_people_are_filtered_by_profile(world: SchoolWorld) -> None:
    found = client_of(world.director).get(f"{API}/people/?profile=PUPIL").json()["results"]
    assert {row["uuid"] for row in found} == {str(p.uuid) for p in world.classes[0].pupils}


@pytest.mark.parametrize("path", ["people", "groups", "classes", "schools"])
def test_a_list_takes_four_queries_for_one_row_and_for_many(path: str, django_assert_num_queries) -> None:
    small, large = school_world(pupils=1), school_world(pupils=12)
    for world in (small, large):
        client = client_of(world.director)
        client.get(f"{API}/{path}/")
        with django_assert_num_queries(4):
            client.get(f"{API}/{path}/")


def test_an_administrator_makes_fills_names_and_ends_a_group(world: SchoolWorld) -> None:
    client = client_of(world.director)
    given = {"school": str(world.school.uuid), "name": "Chorale"}
    made = client.post(f"{API}/groups/", given, content_type="application/json")
    assert made.status_code == 201
    url = f"{API}/groups/{made.json()['uuid']}/"
    people = {"people": [str(world.classes[0].pupils[0].uuid)]}
    added = client.post(f"{url}members/", people, content_type="application/json")
    assert added.json() == {"count": 1}
    assert [row["uuid"] for row in client.get(f"{url}members/").json()["results"]] == people["people"]
    renamed = client.patch(url, {"name": "Chœur"}, content_type="application/json")
    assert renamed.json()["label"] == "Chœur"
    removed = client.post(f"{url}members/remove/", people, content_type="application/json")
    assert removed.json() == {"count": 1}
    assert client.delete(url).status_code == 204
    assert not Group.objects.filter(uuid=made.json()["uuid"]).exists()


def test_a_teacher_edits_no_group_and_a_protected_one_keeps_its_name(world: SchoolWorld) -> None:
    group = world.school.group_set.get(protected=True)
    url = f"{API}/groups/{group.uuid}/"
    teacher = client_of(world.classes[0].teacher)
    assert teacher.patch(url, {"name": "GAR"}, content_type="application/json").status_code == 404
    answer = client_of(world.director).patch(url, {"name": "GAR"}, content_type="application/json")
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:cartable:protected-group"


def test_a_stranger_added_is_nobody(world: SchoolWorld) -> None:
    group = world.school.group_set.get(protected=True)
    given = {"people": [str(school_world().director.uuid)]}
    answer = client_of(world.director).post(
        f"{API}/groups/{group.uuid}/members/", given, content_type="application/json"
    )
    assert answer.status_code == 400


def test_a_teacher_is_attached_to_a_class_and_taken_off(world: SchoolWorld) -> None:
    newcomer = teacher_at(world.school)
    school_class = world.classes[0].school_class
    url = f"{API}/classes/{school_class.uuid}/teachers/{newcomer.uuid}/"
    client = client_of(world.director)
    assert client.put(url).status_code == 204
    attached = ClassAttachment.objects.filter(person=newcomer, ended_on=None)
    assert attached.exists()
    assert client.put(url).status_code == 409
    assert client.delete(url).status_code == 204
    assert not attached.exists()
    assert client_of(world.classes[0].relatives[0]).put(url).status_code == 404


def test_a_password_changed_by_the_api_keeps_this_session(world: SchoolWorld) -> None:
    client = client_of(world.director)
    given = {"present": PASSWORD, "password": "un velo bleu sous la pluie"}
    assert client.post(f"{API}/me/password/", given, content_type="application/json").status_code == 204
    assert SESSION_KEY in client.session
    assert client.get(f"{API}/me/").status_code == 200
    weak = {"present": given["password"], "password": "craie"}
    answer = client.post(f"{API}/me/password/", weak, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["problems"]


def test_other_sessions_end_and_an_address_is_asked_and_forgotten(world: SchoolWorld) -> None:
    client = client_of(world.director)
    other = client_of(world.director)
    assert client.delete(f"{API}/me/sessions/").status_code == 204
    assert client.get(f"{API}/me/").status_code == 200
    assert other.get(f"{API}/me/").status_code == 403
    asked = client.post(f"{API}/me/email/", {"email": "a@exemple.fr"}, content_type="application/json")
    assert asked.status_code == 202
    assert client.delete(f"{API}/me/own-email/").status_code == 204


def test_a_pupil_asks_for_no_address(world: SchoolWorld) -> None:
    client = client_of(world.classes[0].pupils[0])
    answer = client.post(f"{API}/me/email/", {"email": "a@exemple.fr"}, content_type="application/json")
    assert answer.status_code == 403


def test_the_schema_knows_every_door(world: SchoolWorld) -> None:
    paths = client_of(world.director).get(f"{API}/schema/").json()["paths"]
    assert {f"{API}/me/", f"{API}/people/", f"{API}/groups/{{uuid}}/members/"} <= set(paths)
