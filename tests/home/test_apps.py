"""Mes applis: doors as tiles, those one marks stand on one's home page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from home.errors import TooManyFavourites
from home.fates import erase
from home.models import AppFavourite
from home.services.favourites import MOST, favourites_of, mark
from schools.models import ApplicationOff
from tests.directory.worlds import SchoolWorld

pytestmark = pytest.mark.django_db
type AsPerson = Callable[[User], Client]
FAVOURITE = "/applications/favori/"


def shortcuts_of(client: Client) -> str:
    page: str = client.get("/").text
    return page.partition('class="ct-acts"')[2].partition("</ul>")[0]


def test_a_door_marked_stands_on_the_home_page_until_its_mark_is_taken_away(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    relative = board.classes[0].relatives[0]
    client, address = as_person(relative), f'href="{reverse("documents:index")}"'
    assert address not in shortcuts_of(client)
    for _ in range(2):
        client.post(FAVOURITE, {"app": "documents"})
    assert shortcuts_of(client).count(address) == 1
    assert address not in shortcuts_of(as_person(board.classes[0].relatives[1]))
    assert 'aria-pressed="true"' in client.get("/applications/").text
    client.post(FAVOURITE, {"app": "documents", "enlever": "1"})
    assert address not in shortcuts_of(client)


def test_a_door_that_does_not_open_is_neither_shown_nor_marked(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    relative = board.classes[0].relatives[0]
    client = as_person(relative)
    for key in ("console", "home", "apps", "nowhere", ""):
        assert client.post(FAVOURITE, {"app": key}).status_code == 404
    assert not AppFavourite.objects.exists()
    client.post(FAVOURITE, {"app": "documents"})
    ApplicationOff.objects.create(school=board.school, application="documents", profile="RELATIVE")
    assert reverse("documents:index") not in shortcuts_of(client)
    assert reverse("documents:index") not in client.get("/applications/").text
    assert favourites_of(relative) == {"documents"}


def test_the_same_in_the_api(board: SchoolWorld, as_person: AsPerson) -> None:
    client = as_person(board.classes[0].teacher)

    def marked() -> set[str]:
        return {each["key"] for each in client.get("/api/v1/applications/").json() if each["favourite"]}

    assert marked() == set()
    assert client.post("/api/v1/applications/messaging/favourite/").status_code == 204
    assert marked() == {"messaging"}
    assert client.delete("/api/v1/applications/messaging/favourite/").status_code == 204
    assert marked() == set()
    assert client.post("/api/v1/applications/console/favourite/").status_code == 404


def test_favourites_are_a_few_and_go_with_the_account(board: SchoolWorld) -> None:
    person = board.director
    for n in range(MOST):
        mark(by=person, key=f"app{n}")
    mark(by=person, key="app0")
    with pytest.raises(TooManyFavourites):
        mark(by=person, key="one.more")
    erase([person.pk])
    assert not AppFavourite.objects.exists()


@pytest.mark.parametrize("path", ["/", "/applications/"])
def test_pages_ask_as_much_for_one_favourite_as_for_all(
    board: SchoolWorld, as_person: AsPerson, path: str
) -> None:
    client = as_person(board.director)

    def asked() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    mark(by=board.director, key="documents")
    one = asked()
    doors: list[dict[str, Any]] = client.get("/api/v1/applications/").json()
    for door in doors[: MOST - 1]:
        mark(by=board.director, key=door["key"])
    assert asked() == one
