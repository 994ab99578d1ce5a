"""Every list of the Espace documentaire, page and API: as many queries with 1 row as with 200."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from core.storage.models import Blob
from documents.models import File, FileVersion, Folder, Returned, Star, Use
from sharing.models import Grant, Resource
from tests.accounts.factories import PersonFactory
from tests.documents import factories
from tests.sharing.factories import NOW, ResourceFactory

pytestmark = pytest.mark.django_db

API = "/api/v1/documents/"
MANY = 200


@pytest.fixture
def me() -> User:
    return factories.teacher()


def files(owner: User, count: int, blob: Blob, **traits: object) -> list[Resource]:
    """So many files, each shared with somebody by name, two of whom share a content."""
    kept = bool(traits.pop("kept", False))
    made: list[Resource] = ResourceFactory.create_batch(count, owner=owner, kind="file", **traits)
    rows = [
        File(resource=each, blob=blob, size=7, charged=7, media_type="text/plain", kept=kept) for each in made
    ]
    File.objects.bulk_create(rows)
    FileVersion.objects.bulk_create(
        FileVersion(file=each, number=1, blob=blob, name="a.txt", size=7, media_type="text/plain", at=NOW)
        for each in rows
    )
    return made


def share(things: list[Resource], person: User) -> None:
    Grant.objects.bulk_create(
        Grant(
            resource=each,
            person=person,
            role=1,
            given_by=person.uuid,
            given_at=NOW,
            origins=[{"by": "name", "role": 1}],
        )
        for each in things
    )


def fill(me: User, count: int, blob: Blob) -> None:
    """One's own, in a folder and at the root, shared; others' shared with me; kept, starred and trashed."""
    other = PersonFactory(teacher=True)
    above = Resource.objects.filter(owner=me, title="Tout", kind="folder").first()
    folders = ResourceFactory.create_batch(count, owner=me, kind="folder")
    Folder.objects.bulk_create(Folder(resource=each) for each in folders)
    mine = files(me, count, blob)
    inside = files(me, count, blob, parent=above)
    theirs = files(other, count, blob)
    kept = files(me, count, blob, kept=True)
    files(me, count, blob, trashed_at=NOW)
    Use.objects.bulk_create(
        Use(file_id=each.pk, space="mail", subject=each.uuid, label="Message", at=NOW) for each in kept
    )
    share([*folders, *mine, *inside], other)
    share(theirs, me)
    Star.objects.bulk_create(Star(person=me, resource=each, at=NOW) for each in [*mine, *theirs])
    Returned.objects.bulk_create(
        Returned(person=me, folder="Projet", of=other.uuid, count=2, at=clock.now()) for _ in range(count)
    )


@pytest.fixture
def folder(me: User) -> Resource:
    return factories.folder(me, "Tout")


def pinned(folder: Resource) -> dict[str, tuple[int, int]]:
    """The queries of each address: with a few rows, with two hundred. What fills the first page may need
    fewer."""
    return {
        "/documents/": (18, 18),
        "/documents/partages/": (14, 14),
        "/documents/favoris/": (16, 14),
        "/documents/applis/": (15, 15),
        "/documents/corbeille/": (16, 16),
        "/documents/recherche/?q=lecon": (17, 15),
        "/documents/liberer/": (20, 20),
        "/documents/?tri=nom&vue=grille": (18, 18),
        f"/documents/dossier/{folder.uuid}/": (16, 16),
        f"{API}?place=mine": (6, 6),
        f"{API}?place=shared": (6, 6),
        f"{API}?place=attached": (6, 6),
        f"{API}?place=trash": (6, 6),
        f"{API}?place=starred": (6, 6),
        f"{API}?folder={folder.uuid}": (8, 8),
        f"{API}?q=lecon": (7, 6),
        f"{API}returned/": (4, 4),
        f"{API}space/": (15, 15),
    }


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def test_a_list_takes_as_many_queries_with_a_row_as_with_two_hundred(
    me: User, folder: Resource, as_person: Callable[..., Client]
) -> None:
    blob, addresses = factories.content(), pinned(folder)
    client = as_person(me)
    fill(me, 2, blob)
    for address in addresses:
        client.get(address)  # what a process reads once
    few = {address: queries(client, address) for address in addresses}
    fill(me, MANY, blob)
    assert {address: (few[address], queries(client, address)) for address in addresses} == addresses
