"""The API of what is shared: same gate, same services, problems with their names."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from sharing.enums import Role
from sharing.models import Grant, Handover
from sharing.querysets import role_on
from tests.accounts.factories import PersonFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.worlds import SharingWorld, sharing_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
JSON = "application/json"
type As = Callable[..., Client]


@pytest.fixture
def world() -> SharingWorld:
    return sharing_world()


def of(world: SharingWorld, rest: str = "") -> str:
    return f"/api/v1/resources/{world.folder.uuid}/{rest}"


def test_a_resource_is_there_for_who_may_see_it_with_their_role(as_person: As, world: SharingWorld) -> None:
    assert as_person(world.pupil).get(of(world)).status_code == 404
    GrantFactory(resource=world.folder, person=world.pupil, role=Role.COMMENT)
    told = as_person(world.pupil).get(of(world)).json()
    assert (told["title"], told["role"], told["owner"]) == (world.folder.title, 2, str(world.teacher.uuid))


def test_lists_are_all_that_is_visible_or_what_is_shared(as_person: As, world: SharingWorld) -> None:
    GrantFactory(resource=world.folder, person=world.pupil)
    titles = {
        asked: [each["title"] for each in as_person(who).get(f"/api/v1/resources/{asked}").json()["results"]]
        for who, asked in (
            (world.pupil, ""), (world.pupil, "?shared=with_me"), (world.teacher, "?shared=by_me"),
        )
    }  # fmt: skip
    assert titles == {
        "": ["Poésie", "Dossier de lecture"],
        "?shared=with_me": ["Dossier de lecture"],
        "?shared=by_me": ["Dossier de lecture"],
    }


def test_a_share_is_given_changed_and_removed(as_person: As, world: SharingWorld) -> None:
    teacher = as_person(world.teacher)
    given = {"persons": [str(world.pupil.uuid)], "groups": [str(world.group().uuid)], "role": 1}
    answer = teacher.post(of(world, "grants/"), given, content_type=JSON)
    assert answer.json() == {"persons": 1, "groups": 1, "people_reached": 2}
    marks = {each["name"]: each["mark"] for each in teacher.get(of(world, "grants/")).json()["results"]}
    assert marks == {world.group().label: "ends", world.pupil.full_name: "kept"}
    person = of(world, f"grants/persons/{world.pupil.uuid}/")
    assert teacher.patch(person, {"role": 3}, content_type=JSON).json() == {"count": 1}
    assert role_on(world.pupil, world.folder) == Role.CONTRIBUTE
    assert list(teacher.delete(person).json()) == ["withdrawal"]
    assert teacher.delete(person).json()["type"] == "urn:cartable:nothing-shared"


def test_whoever_reads_knows_not_with_whom_it_is_shared_and_shares_nothing(
    as_person: As, world: SharingWorld
) -> None:
    grant = GrantFactory(resource=world.folder, person=world.director, role=Role.CONTRIBUTE)
    director = as_person(world.director)
    for answer in (
        director.get(of(world, "grants/")),
        director.post(
            of(world, "grants/"), {"persons": [str(world.pupil.uuid)], "role": 1}, content_type=JSON
        ),
        director.delete(of(world, f"grants/persons/{world.director.uuid}/")),
        director.post(of(world, "handover/"), {"to": str(world.pupil.uuid)}, content_type=JSON),
    ):
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:cartable:not-a-manager"
    Grant.objects.filter(pk=grant.pk).update(role=Role.MANAGE)
    assert director.get(of(world, "grants/")).status_code == 200


@pytest.mark.parametrize("field", ["persons", "groups", "favourites"])
def test_who_is_out_of_reach_does_not_exist(as_person: As, world: SharingWorld, field: str) -> None:
    stranger = PersonFactory(teacher=True)
    uuid = stranger.uuid if field == "persons" else uuid4()
    answer = as_person(world.teacher).post(
        of(world, "grants/"), {field: [str(uuid)], "role": 1}, content_type=JSON
    )
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])


def test_several_things_change_at_once(as_person: As, world: SharingWorld) -> None:
    teacher = as_person(world.teacher)
    both = {"resources": [str(world.folder.uuid), str(world.note.uuid)]}
    for more, count in (
        ({"act": "add", "persons": [str(world.pupil.uuid)], "role": 1}, 2),
        ({"act": "role", "role": 4}, 2),
        ({"act": "remove"}, 2),
    ):
        answer = teacher.post("/api/v1/resources/bulk/", both | more, content_type=JSON)
        assert answer.json()["count"] == count, more
    assert not Grant.objects.exists()
    without = teacher.post("/api/v1/resources/bulk/", both | {"act": "role"}, content_type=JSON)
    assert list(without.json()["fields"]) == ["role"]


def test_ownership_is_offered_and_accepted(as_person: As, world: SharingWorld) -> None:
    told = as_person(world.teacher).post(
        of(world, "handover/"), {"to": str(world.director.uuid)}, content_type=JSON
    )
    assert told.status_code == 201
    director = as_person(world.director)
    (offer,) = director.get("/api/v1/handovers/").json()["results"]
    assert offer["title"] == world.folder.title
    assert director.post(f"/api/v1/handovers/{offer['uuid']}/accept/").status_code == 204
    world.folder.refresh_from_db()
    assert world.folder.owner == world.director
    assert director.get("/api/v1/handovers/").json()["results"] == []


def test_an_offer_declined_changes_nothing(as_person: As, world: SharingWorld) -> None:
    made = Handover.objects.create(
        resource=world.folder, to=world.director, by=world.teacher.uuid, at=world.folder.created_at
    )
    assert as_person(world.pupil).post(f"/api/v1/handovers/{made.uuid}/decline/").status_code == 404
    assert as_person(world.director).post(f"/api/v1/handovers/{made.uuid}/decline/").status_code == 204
    world.folder.refresh_from_db()
    assert world.folder.owner == world.teacher


@pytest.mark.parametrize("many", [1, 60])
def test_a_list_of_grants_is_the_same_number_of_queries(
    as_person: As, world: SharingWorld, many: int, django_assert_max_num_queries: Callable
) -> None:
    for _ in range(many):
        GrantFactory(resource=world.folder)
        GrantFactory(resource=ResourceFactory(), person=world.teacher)
    teacher = as_person(world.teacher)
    with django_assert_max_num_queries(10):
        assert len(teacher.get(of(world, "grants/")).json()["results"]) == min(many, 50)
    with django_assert_max_num_queries(10):
        assert teacher.get("/api/v1/resources/?shared=with_me").json()["results"]
