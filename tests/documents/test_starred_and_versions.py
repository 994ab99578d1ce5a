"""Mes favoris, and former versions deleted from a file's page."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.services import files, stars, trash
from sharing.enums import Role
from sharing.models import Resource
from tests.documents import factories

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]
type TextOf = Callable[[HttpResponse], str]


@pytest.fixture
def me() -> User:
    return factories.teacher()


@pytest.fixture
def twice(me: User) -> Resource:
    """A file of two versions, of 7 and of 1,500 bytes; the second is shown."""
    made = factories.file(me, "dictée.txt")
    files.replace(by=me, resource=made, blob=factories.content(b"x" * 1500), name="dictée.txt")
    return made


def erase(client: Client, resource: Resource, number: int, **data: str) -> HttpResponse:
    return client.post(reverse("documents:erase_version", args=[resource.uuid, number]), data, follow=True)


def test_favourites_are_mine_and_others_still_seen(me: User, as_person: SignIn, text_of: TextOf) -> None:
    other = factories.teacher()
    mine, theirs, gone, unseen = (
        factories.file(owner, name)
        for owner, name in ((me, "mien.txt"), (other, "autre.txt"), (me, "jeté.txt"), (other, "secret.txt"))
    )
    for each in (theirs, unseen):
        factories.share(each, me)
    for each in (mine, theirs, gone, unseen):
        stars.star(by=me, resource=each)
    unseen.grants.all().delete()
    trash.trash(by=me, resources=[gone])
    page = text_of(as_person(me).get(reverse("documents:starred")))
    assert "Mes favoris" in page
    assert [name in page for name in ("mien.txt", "autre.txt", "jeté.txt", "secret.txt")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_no_favourite_yet_says_how_to_have_one(me: User, as_person: SignIn, text_of: TextOf) -> None:
    assert "Pas encore de favori" in text_of(as_person(me).get(reverse("documents:starred")))


def test_a_former_version_goes_once_confirmed_and_frees_its_room(
    me: User, twice: Resource, as_person: SignIn, text_of: TextOf
) -> None:
    client = as_person(me)
    asked = text_of(erase(client, twice, 1))
    assert "Cela libère <strong>7\u00a0octets</strong>" in asked
    assert factories.used(me) == 1507
    told = text_of(erase(client, twice, 1, sur="1"))
    assert "Version 1 supprimée\u00a0: 7\u00a0octets de place en plus." in told
    assert factories.used(me) == 1500
    assert factories.broken() == []


def test_the_version_shown_stays(me: User, twice: Resource, as_person: SignIn, text_of: TextOf) -> None:
    assert "Cette version est celle qui est affichée." in text_of(erase(as_person(me), twice, 2, sur="1"))
    assert factories.used(me) == 1507


def test_whoever_contributes_deletes_no_version(
    me: User, twice: Resource, as_person: SignIn, text_of: TextOf
) -> None:
    other = factories.teacher()
    factories.share(twice, other, Role.MANAGE)
    client = as_person(other)
    assert "Supprimer la version" not in text_of(client.get(reverse("documents:file", args=[twice.uuid])))
    assert "Ce contenu n’est pas à vous" in text_of(erase(client, twice, 1, sur="1"))
    assert factories.used(me) == 1507
