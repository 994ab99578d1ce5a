"""The API speaks of its errors in one way, and describes itself."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from rest_framework.exceptions import ValidationError

from core.errors import RefusedByRule
from ent.api import problem
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_who_is_not_signed_in_gets_a_problem_not_a_page(client: Client) -> None:
    answer = client.get("/api/v1/me/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert json.loads(answer.content)["status"] == 403


def test_what_one_may_not_see_is_the_same_problem_as_what_does_not_exist(client: Client) -> None:
    client.force_login(PersonFactory(teacher=True, activated=True))
    stranger = PersonFactory(pupil=True, activated=True)
    unseen = client.get(f"/api/v1/annuaire/{stranger.uuid}/")
    absent = client.get(f"/api/v1/annuaire/{uuid4()}/")
    assert (unseen.status_code, unseen.json()) == (absent.status_code, absent.json())
    assert unseen.status_code == 404
    assert unseen["Content-Type"] == "application/problem+json"


def test_a_rule_that_says_no_is_told_with_its_code_and_figures() -> None:
    answer = problem(RefusedByRule("Trop de départs.", code="too-many", gone=31), {})
    assert answer is not None
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    assert answer.data["type"] == "urn:cartable:too-many"
    assert answer.data["gone"] == 31


def test_fields_that_do_not_hold_are_named() -> None:
    answer = problem(ValidationError({"email": ["Adresse invalide."]}), {})
    assert answer is not None
    assert (answer.status_code, answer.data["fields"]) == (400, {"email": ["Adresse invalide."]})


def test_a_bug_is_left_to_the_page_of_bugs() -> None:
    assert problem(RuntimeError("a bug"), {}) is None


def test_the_api_describes_itself_to_anybody(client: Client) -> None:
    told = client.get("/api/v1/schema/").json()
    assert told["info"]["title"] == "Cartable"
    assert "/api/v1/me/" in told["paths"]


def test_a_body_too_long_is_a_problem_that_says_what_to_do(client: Client) -> None:
    client.force_login(PersonFactory(teacher=True, activated=True))
    body = json.dumps({"name": "x" * 3_000_000})
    answer = client.post("/api/v1/favourites/", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert "plusieurs fois" in answer.json()["detail"]
