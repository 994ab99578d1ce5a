"""The trash of applications that have none of their own: thrown, taken back, deleted for good."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from sharing.errors import NotInTrash, NotTheOwner
from sharing.models import Resource
from sharing.querysets import in_bin, told_of
from sharing.services import bin as removal
from tests.documents.factories import folder, share, teacher
from tests.messaging.factories import signed_in
from tests.sharing.factories import ResourceFactory
from tests.sharing.kinds import NOTE, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def erased() -> Iterator[list[int]]:
    told: list[int] = []
    with registered(replace(NOTE, erase=told.extend)):
        yield told


@pytest.fixture
def owner() -> User:
    return teacher()


def note(owner: User, title: str = "Leçon") -> Resource:
    made: Resource = ResourceFactory(owner=owner, kind="note", title=title)
    return made


def test_what_is_thrown_comes_back_for_those_who_saw_it(owner: User, erased: list[int]) -> None:
    reader, made = teacher(), note(owner)
    share(made, reader)
    removal.throw(by=owner, resources=[made])
    assert list(in_bin(owner)) == [made]
    assert list(in_bin(owner, app="blog")) == []
    assert list(in_bin(reader)) == []
    removal.bring_back(by=owner, resources=[made])
    assert list(in_bin(owner)) == []
    assert made.grants.count() == 1
    assert erased == []


def test_only_its_owner_throws_and_only_what_was_thrown_is_deleted(owner: User, erased: list[int]) -> None:
    reader, made = teacher(), note(owner)
    share(made, reader)
    with pytest.raises(NotTheOwner):
        removal.throw(by=reader, resources=[made])
    with pytest.raises(NotInTrash):
        removal.erase(by=owner, resources=[made])
    removal.throw(by=owner, resources=[made])
    with pytest.raises(NotTheOwner):
        removal.erase(by=reader, resources=[made])
    assert removal.erase(by=owner, resources=[made]) == 1
    assert erased == [made.pk]
    assert not Resource.objects.filter(pk=made.pk).exists()


def test_the_page_shows_throws_restores_and_deletes(
    owner: User, erased: list[int], text_of: Callable[[Any], str]
) -> None:
    client, made = signed_in(owner), note(owner, "Ma leçon")
    chosen = {"d": str(made.uuid), "retour": "/partages/corbeille/"}
    told = text_of(client.post("/partages/corbeille/jeter/", chosen, follow=True))
    assert "«\u00a0Ma leçon\u00a0» est à la corbeille." in told
    assert "Restaurer" in text_of(client.get("/partages/corbeille/"))
    client.post("/partages/corbeille/reprendre/", chosen)
    assert not in_bin(owner).exists()
    client.post("/partages/corbeille/jeter/", chosen)
    sure = text_of(client.post("/partages/corbeille/supprimer/", chosen))
    assert "Supprimer définitivement «\u00a0Ma leçon\u00a0»\u00a0?" in sure
    assert erased == []
    client.post("/partages/corbeille/supprimer/", chosen | {"sur": "1"})
    assert erased == [made.pk]


def test_documents_have_a_trash_of_their_own_and_others_things_are_not_thrown(
    owner: User, erased: list[int], text_of: Callable[[Any], str]
) -> None:
    made, theirs = folder(owner), note(teacher())
    removal.throw(by=owner, resources=[made])
    assert not in_bin(owner).exists()
    client = signed_in(owner)
    told = text_of(client.post("/partages/corbeille/jeter/", {"d": str(theirs.uuid)}, follow=True))
    assert "Choisissez d’abord un contenu." in told
    theirs.refresh_from_db()
    assert theirs.trashed_at is None


def test_the_api_does_the_same(owner: User, erased: list[int]) -> None:
    client, made = signed_in(owner), note(owner)
    chosen: dict[str, Any] = {"data": {"resources": [str(made.uuid)]}, "content_type": "application/json"}
    assert client.post("/api/v1/bin/", **chosen).status_code == 204
    assert [each["uuid"] for each in client.get("/api/v1/bin/").json()["results"]] == [str(made.uuid)]
    assert client.post("/api/v1/bin/restore/", **chosen).status_code == 204
    assert client.post("/api/v1/bin/erase/", **chosen).status_code == 404
    client.post("/api/v1/bin/", **chosen)
    assert client.post("/api/v1/bin/erase/", **chosen).status_code == 204
    assert erased == [made.pk]


def _queries(client: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/partages/corbeille/").status_code == 200
    return len(queries)


def test_the_page_asks_as_many_queries_for_many_things_as_for_one(owner: User, erased: list[int]) -> None:
    client = signed_in(owner)
    removal.throw(by=owner, resources=[note(owner)])
    one = _queries(client)
    removal.throw(by=owner, resources=[note(owner, f"Leçon {number}") for number in range(199)])
    assert _queries(client) == one


def test_news_of_a_thing_are_for_its_owner_and_all_that_it_is_shared_with(
    owner: User, erased: list[int]
) -> None:
    reader, made = teacher(), note(owner)
    share(made, reader)
    assert told_of(made) == ({owner.pk, reader.pk}, set())
