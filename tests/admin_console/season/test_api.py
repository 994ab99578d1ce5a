"""The season in the API: the same figures, the same refusals."""

from typing import Any

import pytest

from directory.querysets import season as read
from tests.admin_console.season import worlds
from tests.admin_console.season.worlds import settled
from tests.admin_console.worlds import academy_admin

pytestmark = pytest.mark.django_db
API = "/api/v1/administration/season/"


@pytest.fixture(autouse=True)
def _a_tuesday_of_september(at: Any) -> None:
    at(worlds.MORNING)


def test_a_school_tells_its_steps_and_its_items(as_person: Any) -> None:
    world, other = settled(), settled()
    worlds.past_group(world)
    client = as_person(world.director)
    told = client.get(f"{API}{world.school.uuid}/").json()
    assert told["counts"][read.PAST_GROUPS] == 1
    assert told["steps"][0]["step"] == "END"
    item = next(each for each in told["items"] if each["key"] == read.PAST_GROUPS)
    assert (item["state"], item["may_be_seen"]) == ("todo", False)
    assert client.get(f"{API}{other.school.uuid}/").status_code == 404
    assert [each["name"] for each in client.get(API).json()["results"]] == [world.school.name]


def test_an_item_is_marked_and_looked_at_again(as_person: Any) -> None:
    world, other = settled(), settled()
    worlds.account_by_hand(world)
    address = f"{API}{world.school.uuid}/items/{read.BY_HAND}/"
    client = as_person(world.director)
    body = {"data": {"reason": "La cantine"}, "content_type": "application/json"}
    assert client.post(address, **body).status_code == 204
    told = client.get(f"{API}{world.school.uuid}/").json()
    assert next(each for each in told["items"] if each["key"] == read.BY_HAND)["reason"] == "La cantine"
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    refused = client.post(address.replace(read.BY_HAND, read.PAST_GROUPS), **body)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:cartable:season-item-not-to-be-seen")
    assert as_person(other.director).post(address, **body).status_code == 404


def test_districts_are_those_of_the_scope_and_files_leave(as_person: Any) -> None:
    world = settled(in_district=True)
    client = as_person(academy_admin(world.school.academy))
    (told,) = client.get(f"{API}districts/").json()
    assert (told["name"], told["schools"]) == (world.school.district.name, 1)
    assert client.get(f"{API}?district={world.school.district.uuid}").json()["count"] == 1
    assert client.get(f"{API}?district={world.school.uuid}").status_code == 404
    assert client.get(f"{API}export/csv/").status_code == 200
    assert as_person(world.classes[0].teacher).get(f"{API}districts/").status_code == 404
