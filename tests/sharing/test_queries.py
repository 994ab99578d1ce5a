"""Every list of shares, page and API, and the panel of a thing that 200 see: no query more."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from sharing.models import Grant, Resource
from tests.accounts.factories import PersonFactory
from tests.sharing.factories import NOW, ResourceFactory
from tests.sharing.pages import ShareWorld, share_everything, share_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
MANY = 200


@pytest.fixture
def world() -> ShareWorld:
    made = share_world()
    share_everything(made)
    return made


def given(resource: Resource, person: User, by: User) -> Grant:
    return Grant(
        resource=resource,
        person=person,
        role=1,
        given_by=by.uuid,
        given_at=NOW,
        origins=[{"by": "name", "role": 1}],
    )


def fill(world: ShareWorld, count: int) -> None:
    """So many more people who see the note; so many more things of mine shared; so many shared with me."""
    teacher, colleague = world.teacher, world.colleagues[1]
    people = PersonFactory.create_batch(count, teacher=True)
    mine = ResourceFactory.create_batch(count, owner=teacher)
    theirs = ResourceFactory.create_batch(count, owner=colleague, kind="box")
    grants = [given(world.note, person, teacher) for person in people]
    grants += [given(each, colleague, teacher) for each in mine]
    grants += [given(each, teacher, colleague) for each in theirs]
    Grant.objects.bulk_create(grants)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def test_lists_and_the_panel_take_as_many_queries_with_few_as_with_two_hundred(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    client, note = as_person(world.teacher), world.note.uuid
    pinned = {
        "/partages/": 16,
        "/partages/les-miens/": 13,
        "/partages/les-miens/?bascule=1": 12,
        f"/partages/{note}/": 15,
        "/api/v1/resources/": 5,
        "/api/v1/resources/?shared=with_me": 5,
        "/api/v1/resources/?shared=by_me": 5,
        f"/api/v1/resources/{note}/grants/": 6,
        "/api/v1/handovers/": 3,
    }
    fill(world, 2)
    for address in pinned:
        client.get(address)  # what a process reads once
    assert {address: queries(client, address) for address in pinned} == pinned
    fill(world, MANY)
    assert {address: queries(client, address) for address in pinned} == pinned
