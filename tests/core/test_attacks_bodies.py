"""Bodies past all sense: nothing is read whole before it is refused, whatever the method or the format."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.directory.worlds import SchoolWorld, school_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world()


@pytest.fixture
def api(world: SchoolWorld, as_person: Callable[[Any], Any]) -> Any:
    return as_person(world.director)


def test_a_hundred_thousand_people_are_refused_unread(api: Any) -> None:
    body = json.dumps({"act": "block", "people": [str(uuid4())] * 100_000})
    asked = api.post(reverse("administered-people-bulk"), body, content_type="application/json")
    assert asked.status_code == 413


def test_a_name_of_a_million_letters_is_a_clear_error(world: SchoolWorld, api: Any) -> None:
    given = {
        "school": str(world.school.uuid),
        "profile": "GUEST",
        "first_name": "a" * 1_000_000,
        "last_name": "b",
    }
    answer = api.post(reverse("administered-person-by-hand"), given, content_type="application/json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["first_name"])


def test_a_form_that_is_patched_is_bounded_too(api: Any, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    form = "application/x-www-form-urlencoded"
    asked = api.patch(f"/api/v1/groups/{uuid4()}/", "name=" + "a" * 2_000, content_type=form)
    assert asked.status_code == 413
