"""What others had in a folder that goes: back at their owners' roots, numbered there, and told once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from documents.models import Returned
from documents.services import trash
from sharing import fates
from sharing.enums import Role
from sharing.models import Resource
from tests.accounts.factories import PersonFactory
from tests.documents import factories

pytestmark = pytest.mark.django_db

type SignIn = Callable[[User], Client]
type TextOf = Callable[[HttpResponse], str]
MINE = "/documents/"


@pytest.fixture
def owner() -> User:
    return factories.teacher(first_name="Zoé", last_name="Diallo")


@pytest.fixture
def guest() -> User:
    return factories.teacher()


@pytest.fixture
def folder(owner: User, guest: User) -> Resource:
    """A folder to which a colleague contributes: two files of theirs, one named as one at their root."""
    made = factories.folder(owner, "Projet")
    factories.share(made, guest, Role.CONTRIBUTE)
    for name in ("affiche.txt", "plan.txt"):
        factories.file(guest, name, folder=made)
    factories.file(guest, "Affiche.txt")
    return made


def root_of(person: User) -> set[str]:
    return set(Resource.objects.filter(owner=person, parent=None).values_list("title", flat=True))


def notes() -> list[tuple[int, str, int]]:
    return list(Returned.objects.order_by("pk").values_list("person", "folder", "count"))


def test_whoever_contributed_finds_their_things_at_their_root_each_name_once(
    owner: User, guest: User, folder: Resource
) -> None:
    trash.trash(by=owner, resources=[folder])
    assert root_of(guest) == {"Affiche.txt", "affiche (2).txt", "plan.txt"}
    assert notes() == [(guest.pk, "Projet", 2)]
    assert factories.broken() == []


def test_two_of_one_name_from_two_folders_are_numbered_too(owner: User, guest: User) -> None:
    above = factories.folder(owner, "Année")
    for title in ("Période 1", "Période 2"):
        inner = factories.folder(owner, title, above)
        factories.share(inner, guest, Role.CONTRIBUTE)
        factories.file(guest, "mots.txt", folder=inner)
    trash.trash(by=owner, resources=[above])
    assert root_of(guest) == {"mots.txt", "mots (2).txt"}
    # Each note names the folder that they knew, not the one above it.
    assert notes() == [(guest.pk, "Période 1", 1), (guest.pk, "Période 2", 1)]


def test_my_documents_tell_it_until_it_is_read(
    owner: User, guest: User, folder: Resource, as_person: SignIn, text_of: TextOf
) -> None:
    trash.trash(by=owner, resources=[folder])
    client = as_person(guest)
    page = text_of(client.get(MINE))
    words = f"2 éléments vous ont été rendus du dossier «\u00a0Projet\u00a0» de {owner.full_name}."
    assert words in page
    assert words not in text_of(as_person(owner).get(MINE))
    note = Returned.objects.get().uuid
    as_person(owner).post(reverse("documents:dismiss"), {"note": note})
    assert words in text_of(client.get(MINE))
    assert words not in text_of(client.post(reverse("documents:dismiss"), {"note": note}, follow=True))
    assert not Returned.objects.exists()


def test_a_pupil_is_told_in_a_childs_words(owner: User, as_person: SignIn, text_of: TextOf) -> None:
    pupil = PersonFactory(pupil=True, activated=True)
    folder = factories.folder(owner, "Exposés")
    factories.share(folder, pupil, Role.CONTRIBUTE)
    factories.file(pupil, "volcans.txt", folder=folder)
    trash.trash(by=owner, resources=[folder])
    page = text_of(as_person(pupil).get(MINE))
    assert "Ton document est revenu ici." in page
    assert "vous ont" not in page


def test_whoever_is_erased_returns_what_others_had_in_their_folders(
    owner: User, guest: User, folder: Resource
) -> None:
    folder.grants.all().delete()  # nobody reads it any more: it goes with its owner
    fates.erase([owner.pk])
    assert root_of(guest) == {"Affiche.txt", "affiche (2).txt", "plan.txt"}
    assert notes() == [(guest.pk, "Projet", 2)]


def test_the_api_tells_and_dismisses(owner: User, guest: User, folder: Resource, as_person: SignIn) -> None:
    trash.trash(by=owner, resources=[folder])
    client, base = as_person(guest), "/api/v1/documents/returned/"
    (told,) = client.get(base).json()["results"]
    assert (told["folder"], told["of"], told["count"]) == ("Projet", str(owner.uuid), 2)
    assert as_person(owner).delete(f"{base}{told['uuid']}/").status_code == 404
    assert client.delete(f"{base}{told['uuid']}/").status_code == 204
    assert client.get(base).json()["results"] == []


def test_many_things_of_many_people_take_no_more_queries(owner: User) -> None:
    def asked(count: int) -> int:
        made: Any = factories.folder(owner, f"Projet {count}")
        for n in range(count):
            person = factories.teacher()
            factories.share(made, person, Role.CONTRIBUTE)
            factories.folder(person, "Le mien", parent=made)
            factories.folder(person, "Le mien")
            assert n >= 0
        with CaptureQueriesContext(
            connection,
        ) as found:
            trash.trash(by=owner, resources=[made])
        return len(found)

    assert asked(2) == asked(30)
