"""Blocks close an open session at its next request."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.gate import blocked
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, BlockFactory, TieRestrictionFactory
from tests.directory.worlds import relative_of, school_world

pytestmark = pytest.mark.django_db


def is_out(person: User) -> bool:
    return person.pk in blocked([person])


def test_a_block_ends_an_open_session_at_its_next_request_with_the_reason(client: Client) -> None:
    person = PersonFactory(teacher=True, activated=True)
    client.force_login(person)
    assert client.get("/mon-compte/").status_code == 200
    BlockFactory(person=person, message="Passez au bureau.")
    answer = client.get("/mon-compte/")
    assert answer.status_code == 403
    assert "Passez au bureau." in answer.content.decode()
    assert SESSION_KEY not in client.session


def test_the_api_says_why_as_a_problem(client: Client) -> None:
    person = PersonFactory(teacher=True, activated=True)
    client.force_login(person)
    BlockFactory(person=person)
    answer = client.get("/api/v1/schema/")
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_a_part_of_a_page_shows_the_reason_in_the_whole_page(client: Client) -> None:
    person = PersonFactory(teacher=True, activated=True)
    client.force_login(person)
    BlockFactory(person=person)
    answer = client.get("/mon-compte/", headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "body"
    assert "fermé pour l’instant" in answer.content.decode()


def test_relatives_blocked_in_every_school_of_theirs_are_out() -> None:
    here, there = school_world(), school_world()
    both = relative_of(here.classes[0].pupils[0], there.classes[0].pupils[0])
    BlockFactory(of_profile=True, school=here.school, profile=Profile.RELATIVE)
    assert is_out(here.classes[0].relatives[0])
    assert not is_out(both)
    assert not is_out(here.classes[0].pupils[0])
    BlockFactory(of_profile=True, school=there.school, profile=Profile.RELATIVE)
    assert is_out(both)


def test_a_block_covers_those_who_arrive_later() -> None:
    world = school_world()
    BlockFactory(of_profile=True, school=world.school, profile=Profile.RELATIVE)
    assert is_out(relative_of(world.classes[0].pupils[1]))


def test_a_block_of_a_profile_never_covers_administrators() -> None:
    world = school_world()
    BlockFactory(of_profile=True, school=world.school, profile=Profile.TEACHER)
    assert not is_out(world.director)
    assert is_out(world.classes[0].teacher)


def test_who_has_no_school_is_not_blocked_by_any() -> None:
    world = school_world()
    BlockFactory(of_profile=True, school=world.school, profile=Profile.STAFF)
    admin = PersonFactory(staff=True)
    AdministratorFactory(person=admin, of_platform=True)
    assert not is_out(admin)


def test_a_tie_ended_counts_for_no_school() -> None:
    here, there = school_world(), school_world()
    me = relative_of(here.classes[0].pupils[0], there.classes[0].pupils[0])
    TieRestrictionFactory(relative=me, pupil=there.classes[0].pupils[0], over=True)
    BlockFactory(of_profile=True, school=here.school, profile=Profile.RELATIVE)
    assert is_out(me)


@pytest.mark.parametrize(
    ("day", "out"), [(9, False), (10, True), (19, True), (21, False)], ids=["before", "first", "last", "over"]
)
def test_a_block_holds_between_its_dates(day: int, out: bool) -> None:
    person = PersonFactory(teacher=True)
    BlockFactory(person=person, over=True)
    with clock.at(datetime(2026, 9, day, 12, tzinfo=UTC)):
        assert is_out(person) is out


def test_a_pupil_is_told_as_a_pupil() -> None:
    world = school_world()
    pupil = world.classes[0].pupils[0]
    BlockFactory(of_profile=True, school=world.school, profile=Profile.PUPIL)
    assert blocked([pupil])[pupil.pk].sentence == "Ton espace est fermé pour l’instant."


def test_whoever_is_pre_deleted_is_led_to_the_one_page_left(client: Client) -> None:
    person = PersonFactory(teacher=True, activated=True, pre_deleted=True)
    client.force_login(person)
    answer = client.get("/mon-compte/")
    assert answer.url == "/mon-compte/depart/"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "30 novembre 2026" in page.content.decode()
    assert client.get("/donnees-personnelles/").status_code == 200
    assert client.get("/api/v1/me/").status_code == 403
    assert client.post("/deconnexion/").url == "/connexion/"


def test_a_request_asks_the_gates_in_one_query(client: Client, django_assert_num_queries) -> None:
    people = [PersonFactory(teacher=True) for _ in range(3)]
    with django_assert_num_queries(1):
        blocked(people)
