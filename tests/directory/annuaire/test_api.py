"""The Annuaire in the API: the same rules as its pages."""

from collections.abc import Callable

from django.test import Client

from accounts.models import User
from tests.directory.worlds import pupil_in, relative_of, school_world

type AsPerson = Callable[[User], Client]


def test_search_answers_within_reach_and_says_when_it_guesses(as_person: AsPerson) -> None:
    world = school_world()
    near = pupil_in(world.classes[0].school_class, first_name="Éloïse", last_name="Kervadec")
    pupil_in(school_world().classes[0].school_class, first_name="Éloi", last_name="Kervadec")
    client = as_person(world.director)
    found = client.get("/api/v1/annuaire/", {"q": "kervadec"}).json()
    assert [line["uuid"] for line in found["results"]] == [str(near.uuid)]
    assert (found["count"], found["approximate"]) == (1, False)
    assert client.get("/api/v1/annuaire/", {"q": "kervadek"}).json()["approximate"] is True


def test_a_card_tells_details_only_to_whom_the_page_does(as_person: AsPerson) -> None:
    world = school_world()
    pupil = world.classes[0].pupils[0]
    mother = relative_of(pupil, mobile_phone="06 12 34 56 78")
    address = f"/api/v1/annuaire/{mother.uuid}/"
    assert as_person(world.director).get(address).json()["contact"]["phones"] == ["06 12 34 56 78"]
    assert as_person(pupil).get(address).json()["contact"]["phones"] == []


def test_out_of_reach_is_the_same_as_unknown(as_person: AsPerson) -> None:
    client = as_person(school_world().director)
    hidden = client.get(f"/api/v1/annuaire/{school_world().classes[0].pupils[0].uuid}/")
    nobody = client.get("/api/v1/annuaire/00000000-0000-4000-8000-000000000000/")
    assert hidden.status_code == nobody.status_code == 404
    assert hidden.json() == nobody.json()


def test_nobody_without_a_session_searches(db: None, client: Client) -> None:
    assert client.get("/api/v1/annuaire/", {"q": "a"}).status_code in {401, 403}
