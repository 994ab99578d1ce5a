"""The accounts of a scope in the API: the list's own rules."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.admin_console.worlds import academy_admin
from tests.directory.annuaire.crowds import crowd
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world

pytestmark = pytest.mark.django_db
PEOPLE = "/api/v1/administration/people/"


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=1, pupils=2)


def told(client: Client, **query: str) -> list[dict[str, object]]:
    answer = client.get(PEOPLE, query)
    assert answer.status_code == 200
    return answer.json()["results"]


def uuids(client: Client, **query: str) -> set[str]:
    return {str(each["uuid"]) for each in told(client, **query)}


def test_a_director_reads_the_accounts_of_their_school_alone(as_person, world) -> None:
    in_class = world.classes[0]
    school_world(academy=world.school.academy)
    own = {world.director, in_class.teacher, *in_class.pupils, *in_class.relatives}
    assert uuids(as_person(world.director)) == {str(person.uuid) for person in own}


def test_whoever_administers_nothing_reads_nobody(as_person, world) -> None:
    assert told(as_person(world.classes[0].teacher)) == []


def test_a_line_tells_where_the_account_stands(as_person, world) -> None:
    in_class = world.classes[0]
    child = pupil_in(in_class.school_class, first_name="Lina")
    relative = relative_of(child, activated=False, first_name="Ada", last_name="Morel")
    (line,) = told(as_person(world.director), q="ada morel")
    assert line["uuid"] == str(relative.uuid)
    assert line["state"] == "never_activated"
    assert line["children"] == [f"Lina ({in_class.school_class.label})"]
    assert line["schools"] == [world.school.name]


def test_filters_combine_and_a_wrong_one_is_named(as_person, world) -> None:
    in_class = world.classes[0]
    client = as_person(world.director)
    found = uuids(client, school_class=str(in_class.school_class.uuid), profile="PUPIL")
    assert found == {str(pupil.uuid) for pupil in in_class.pupils}
    answer = client.get(PEOPLE, {"profile": "ROBOT"})
    assert answer.status_code == 400
    assert "profile" in answer.json()["fields"]


def test_a_school_of_another_scope_is_not_found(as_person, world) -> None:
    other = school_world(academy=world.school.academy)
    assert as_person(world.director).get(PEOPLE, {"school": other.school.uuid}).status_code == 404
    wide = as_person(academy_admin(world.school.academy))
    assert str(other.director.uuid) in uuids(wide, school=str(other.school.uuid))
    assert str(world.director.uuid) not in uuids(wide, school=str(other.school.uuid))


def test_pages_follow_one_another_by_name(as_person, world) -> None:
    crowd(world.classes[0].school_class, 80)
    client = as_person(world.director)
    seen, address = [], PEOPLE
    while address:
        answer = client.get(address).json()
        seen += [each["uuid"] for each in answer["results"]]
        address = answer["next"]
    in_order = User.objects.order_by("sort_name", "pk").values_list("uuid", flat=True)
    assert seen == [str(uuid) for uuid in in_order]


def test_the_list_asks_as_much_for_one_as_for_two_hundred(as_person, world) -> None:
    crowd(world.classes[0].school_class, 1)
    client = as_person(world.director)

    def asked() -> int:
        client.get(PEOPLE)
        with CaptureQueriesContext(connection) as queries:
            told(client)
        return len(queries)

    few = asked()
    crowd(world.classes[0].school_class, 200, last_name="Kervadec")
    assert asked() == few
    assert few <= 10
