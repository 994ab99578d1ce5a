"""Gérer mes favoris de partage: made, filled and ended by forms alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import sessions
from accounts.models import User
from directory.models import Attachment, ClassAttachment, Favourite, Group
from directory.services import favourites
from tests.directory.annuaire.crowds import crowd
from tests.directory.factories import ENDED, GroupFactory
from tests.directory.worlds import SchoolWorld, pupil_in, school_world

type AsPerson = Callable[[User], Client]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world(classes=2, pupils=2)


@pytest.fixture
def teacher(world: SchoolWorld) -> User:
    return world.classes[0].teacher


@pytest.fixture
def favourite(teacher: User) -> Favourite:
    return favourites.create(by=teacher, name="Projet théâtre")


def address(name: str, favourite: Favourite) -> str:
    return reverse(f"annuaire:{name}", args=[favourite.uuid])


def names_in(favourite: Favourite) -> set[str]:
    return {
        entry.person.full_name if entry.person else entry.group.label for entry in favourite.entries.all()
    }


def test_a_favourite_is_made_then_shown_in_the_list(
    world: SchoolWorld, teacher: User, as_person: AsPerson
) -> None:
    client = as_person(teacher)
    answer = client.post(reverse("annuaire:favourites"), {"name": "Sortie au musée"})
    made = Favourite.objects.get(owner=teacher)
    assert answer.url == address("favourite", made)
    page = client.get(reverse("annuaire:favourites")).text
    assert "Sortie au musée" in page
    assert "Sortie au musée" not in as_person(world.director).get(reverse("annuaire:favourites")).text


@pytest.mark.parametrize(("name", "word"), [("", "Écrivez un nom."), ("projet THEATRE", "porte déjà ce nom")])
def test_a_name_that_cannot_be_is_said_beside_its_field(
    name: str, word: str, favourite: Favourite, teacher: User, as_person: AsPerson
) -> None:
    client = as_person(teacher)
    assert word in client.post(reverse("annuaire:favourites"), {"name": name, "x": "1"}).text
    other = favourites.create(by=teacher, name="Musique")
    page = client.post(address("favourite_rename", other), {"name": name, "x": "1"}).text
    assert word in page
    assert "Renommer «&nbsp;Musique&nbsp;»" in page
    other.refresh_from_db()
    assert other.name == "Musique"


def test_the_search_finds_groups_and_persons_within_reach_alone(
    world: SchoolWorld, teacher: User, favourite: Favourite, as_person: AsPerson
) -> None:
    here = world.classes[0].school_class
    pupil_in(here, first_name="Éloïse", last_name="Kervadec")
    GroupFactory(school=world.school, name="Élèves du Cœur de Kervadec")
    elsewhere = school_world()
    pupil_in(elsewhere.classes[0].school_class, first_name="Éloïse", last_name="Kervadec")
    GroupFactory(school=elsewhere.school, name="Kervadec d’ailleurs")
    client = as_person(teacher)
    page = client.get(address("favourite", favourite), {"q": "kervadec"}).text
    assert page.count("Éloïse Kervadec</span>") == 2  # the line's title, its button's hidden name
    assert "Élèves du Cœur de Kervadec" in page
    assert "d’ailleurs" not in page
    assert "Élèves du Cœur" in client.get(address("favourite", favourite), {"q": "coeur"}).text
    part = client.get(address("favourite", favourite), {"q": "parents"}, headers={"HX-Request": "true"}).text
    assert part.startswith('<div id="trouves"')
    assert Group.objects.get(school_class=here, profile="RELATIVE").label in part


def test_recipients_are_added_and_taken_out_by_forms(
    world: SchoolWorld, teacher: User, favourite: Favourite, as_person: AsPerson
) -> None:
    client, pupil = as_person(teacher), world.classes[0].pupils[0]
    group = GroupFactory(school=world.school, name="Chorale")
    answer = client.post(address("favourite_add", favourite), {"person": pupil.uuid, "q": "no é"})
    assert answer.url == f"{address('favourite', favourite)}?q=no+%C3%A9"
    client.post(address("favourite_add", favourite), {"group": group.uuid})
    assert names_in(favourite) == {pupil.full_name, "Chorale"}
    page = client.get(address("favourite", favourite)).text
    assert f"Retirer {pupil.full_name}" in page
    client.post(address("favourite_remove", favourite), {"person": pupil.uuid})
    assert names_in(favourite) == {"Chorale"}


def test_htmx_gets_both_lists_and_a_word_for_who_listens(
    world: SchoolWorld, teacher: User, favourite: Favourite, as_person: AsPerson
) -> None:
    pupil = world.classes[0].pupils[0]
    answer = as_person(teacher).post(
        address("favourite_add", favourite),
        {"person": pupil.uuid, "q": pupil.last_name},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert answer.text.count("hx-swap-oob") == 4
    assert f"{pupil.full_name}\u00a0: dans le favori." in answer.text
    assert f"Retirer {pupil.full_name}" in answer.text


@pytest.mark.parametrize("kind", ["person", "group"])
def test_nobody_out_of_reach_is_added(
    kind: str, teacher: User, favourite: Favourite, as_person: AsPerson
) -> None:
    other = school_world()
    keys = {"person": other.classes[0].pupils[0].uuid, "group": GroupFactory(school=other.school).uuid}
    as_person(teacher).post(address("favourite_add", favourite), {kind: keys[kind]})
    as_person(teacher).post(address("favourite_add", favourite), {kind: "pas un uuid"})
    assert not favourite.entries.exists()


def test_whoever_left_is_marked_and_taken_out_in_one_act(
    world: SchoolWorld, teacher: User, favourite: Favourite, as_person: AsPerson
) -> None:
    gone, stays = world.classes[0].pupils
    favourites.add(by=teacher, favourite=favourite, persons=[gone, stays])
    client = as_person(teacher)
    assert "à votre portée" not in client.get(address("favourite", favourite)).text
    for table in (Attachment, ClassAttachment):
        table.objects.filter(person=gone).update(ended_on=ENDED)
    page = client.get(address("favourite", favourite)).text
    assert "1 destinataire n’est plus à votre portée" in page
    assert gone.full_name in page
    assert "a quitté l’école" in page
    client.post(address("favourite_remove", favourite), {"unreached": "1"})
    assert names_in(favourite) == {stays.full_name}


def test_the_tab_bears_the_guides_words_and_each_favourite_its_bin(
    teacher: User, favourite: Favourite, as_person: AsPerson
) -> None:
    client = as_person(teacher)
    for there in (reverse("annuaire:favourites"), address("favourite", favourite)):
        page = client.get(there).text
        tabs = page.split('aria-label="Vues de l’annuaire"', 1)[1].split("</nav>", 1)[0]
        assert re.sub(r"<[^>]+>", "", tabs.split("<a ")[3]).endswith("Gérer mes favoris de partage")
        assert address("favourite_delete", favourite) in page
        assert "Corbeille\u00a0: supprimer Projet théâtre" in page


def test_a_favourite_ends_after_a_question(teacher: User, favourite: Favourite, as_person: AsPerson) -> None:
    client = as_person(teacher)
    assert (
        "Ce que vous avez partagé avec lui reste partagé"
        in client.get(address("favourite_delete", favourite)).text
    )
    assert Favourite.objects.filter(pk=favourite.pk).exists()
    assert client.post(address("favourite_delete", favourite)).url == reverse("annuaire:favourites")
    assert not Favourite.objects.filter(pk=favourite.pk).exists()


def test_a_person_is_added_from_their_card(
    world: SchoolWorld, teacher: User, favourite: Favourite, as_person: AsPerson
) -> None:
    client, pupil = as_person(teacher), world.classes[0].pupils[0]
    there = reverse("annuaire:favourite_person", args=[pupil.uuid])
    assert there in client.get(reverse("annuaire:person", args=[pupil.uuid])).text
    own = reverse("annuaire:favourite_person", args=[teacher.uuid])
    assert own not in client.get(reverse("annuaire:person", args=[teacher.uuid])).text
    assert client.get(own).status_code == 404
    client.post(there, {"favourite": favourite.uuid})
    client.post(there, {"name": "Musique"})
    assert names_in(favourite) == {pupil.full_name}
    assert names_in(Favourite.objects.get(name="Musique")) == {pupil.full_name}
    assert client.get(there).text.count("déjà dedans") == 2
    not_mine = favourites.create(by=world.director, name="Direction")
    assert client.post(there, {"favourite": not_mine.uuid}).status_code == 404
    assert client.post(there, {"favourite": "rien"}).status_code == 404


def test_a_sign_in_by_picture_reads_favourites_and_changes_none(
    world: SchoolWorld, as_person: AsPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil, friend = world.classes[0].pupils
    favourite = favourites.create(by=pupil, name="Mes copains", persons=[friend])
    client = as_person(pupil)
    monkeypatch.setattr(sessions, "assurance_of", lambda request: sessions.Assurance.LOW)
    page = client.get(address("favourite", favourite)).text
    assert friend.full_name in page
    assert "entre d’abord avec ton nom et ton mot de passe" in page
    assert "Retirer" not in page
    for name, data in (
        ("favourite_remove", {"person": friend.uuid}),
        ("favourite_rename", {"name": "Autre"}),
        ("favourite_delete", {}),
    ):
        client.post(address(name, favourite), data)
    client.post(reverse("annuaire:favourites"), {"name": "Encore"})
    assert [(f.name, names_in(f)) for f in Favourite.objects.all()] == [("Mes copains", {friend.full_name})]


def test_pupils_are_spoken_to_as_children(world: SchoolWorld, as_person: AsPerson) -> None:
    pupil = world.classes[0].pupils[0]
    favourite = favourites.create(by=pupil, name="Mes copains")
    client = as_person(pupil)
    for there in (
        reverse("annuaire:favourites"),
        address("favourite", favourite),
        address("favourite_delete", favourite),
    ):
        page = client.get(there).text.split("<main", 1)[1].split("</main>", 1)[0]
        assert " vous " not in page
        assert " votre " not in page
        assert "favoris de partage" not in page


def asked(client: Client, there: str, **query: str) -> int:
    client.get(there, query)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(there, query).status_code == 200
    return len(queries)


def test_the_pages_ask_as_much_for_one_recipient_as_for_two_hundred(
    world: SchoolWorld, teacher: User, favourite: Favourite, as_person: AsPerson
) -> None:
    here = world.classes[0].school_class
    groups = [GroupFactory(school=world.school, name="Kervadec")]
    people = crowd(here, 1, last_name="Kervadec")
    favourites.add(by=teacher, favourite=favourite, persons=people, groups=groups)
    client = as_person(teacher)
    pages: list[tuple[str, dict[str, Any]]] = [
        (reverse("annuaire:favourites"), {}),
        (address("favourite", favourite), {}),
        (address("favourite", favourite), {"q": "kervadec"}),
        (reverse("annuaire:favourite_person", args=[world.director.uuid]), {}),
    ]
    few = [asked(client, there, **query) for there, query in pages]
    people = crowd(here, 200, last_name="Kervadec-Le Goff")
    groups = GroupFactory.create_batch(50, school=world.school, name="Kervadec")
    favourites.add(by=teacher, favourite=favourite, persons=people, groups=groups)
    for number in range(50):
        favourites.create(by=teacher, name=f"Favori {number}", persons=people[:2])
    assert [asked(client, there, **query) for there, query in pages] == few
    assert max(few) <= 21
