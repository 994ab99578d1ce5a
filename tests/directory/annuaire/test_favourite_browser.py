"""Favourites in a browser: quick with scripts, whole without, right for everyone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from directory.models import Attachment, Favourite
from directory.services import favourites
from tests.directory.factories import ENDED, GroupFactory
from tests.directory.worlds import SchoolWorld, pupil_in, school_world
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    made = school_world()
    pupil_in(made.classes[0].school_class, first_name="Éloïse", last_name="Kervadec")
    GroupFactory(school=made.school, name="Chorale des Kervadec")
    return made


def test_recipients_come_and_go_while_the_page_stays(world: SchoolWorld, open_as: Callable[..., Any]) -> None:
    teacher = world.classes[0].teacher
    favourite = favourites.create(by=teacher, name="Projet théâtre")
    page = open_as(teacher, reverse("annuaire:favourite", args=[favourite.uuid]))
    page.evaluate("window.stayed = true")
    page.get_by_label("Nom d’une personne ou d’un groupe").fill("kervadec")
    button = page.get_by_role("button", name="Ajouter Éloïse Kervadec")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Destinataires (1)").wait_for()
    assert page.locator("#favori-dit").inner_text() == "Éloïse Kervadec\u00a0: dans le favori."
    # The button became its contrary, and whoever pressed it is still there.
    assert page.evaluate("document.activeElement.innerText").startswith("Retirer")
    page.get_by_role("button", name="Ajouter Chorale des Kervadec").click()
    page.get_by_text("Destinataires (2)").wait_for()
    page.locator("#destinataires").get_by_role("button", name="Retirer Éloïse Kervadec").click()
    page.get_by_text("Destinataires (1)").wait_for()
    assert page.evaluate("document.activeElement.id") == "qui"
    page.get_by_role("button", name="Ajouter Éloïse Kervadec").wait_for()
    assert page.evaluate("window.stayed") is True
    assert page.complaints == []
    assert [entry.group.name for entry in favourite.entries.all()] == ["Chorale des Kervadec"]


def test_without_scripts_a_favourite_is_made_filled_and_deleted(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    page = open_as(world.classes[0].teacher, reverse("annuaire:index"), script=False)
    page.get_by_role("link", name="Mes favoris").click()
    page.get_by_label("Nom du favori").fill("Sortie au musée")
    page.get_by_role("button", name="Créer").click()
    page.get_by_label("Nom d’une personne ou d’un groupe").fill("eloise")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("button", name="Ajouter Éloïse Kervadec").click()
    page.get_by_text("Destinataires (1)").wait_for()
    page.get_by_role("link", name="Supprimer", exact=True).click()
    page.get_by_role("button", name="Supprimer le favori").click()
    page.get_by_text("est supprimé").wait_for()
    assert not Favourite.objects.exists()


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(
    width: str, scheme: str, world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    room = world.classes[0]
    manual = world.school.group_set.get(name="Chorale des Kervadec")
    full = favourites.create(
        by=room.teacher,
        name="Projet théâtre",
        persons=[world.director, *room.pupils],
        groups=[manual, room.school_class.group_set.get(profile="RELATIVE")],
    )
    favourites.create(by=room.teacher, name="Vide pour l’instant")
    of_pupil = favourites.create(by=room.pupils[1], name="Mes copains", persons=[room.teacher])
    Attachment.objects.filter(person=room.pupils[0]).update(ended_on=ENDED)
    User.objects.filter(pk=room.pupils[0].pk).update(absent_since="2026-09-01", pre_deleted_on="2026-10-01")
    shown = reverse("annuaire:favourite", args=[full.uuid])
    for person, path in (
        (room.teacher, reverse("annuaire:favourites")),
        (room.relatives[1], reverse("annuaire:favourites")),
        (room.teacher, shown),
        (room.teacher, f"{shown}?q=kervadec"),
        (room.teacher, reverse("annuaire:favourite_rename", args=[full.uuid])),
        (room.teacher, reverse("annuaire:favourite_delete", args=[full.uuid])),
        (room.teacher, reverse("annuaire:favourite_person", args=[world.director.uuid])),
        (room.teacher, reverse("annuaire:person", args=[world.director.uuid])),
        (room.pupils[1], reverse("annuaire:favourite", args=[of_pupil.uuid])),
    ):
        page = open_as(person, path, width=width, scheme=scheme, again=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.complaints == [], path


def test_on_a_phone_the_tab_of_the_page_stands_in_view(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    page = open_as(world.classes[0].teacher, reverse("annuaire:favourites"), width="phone")
    box = page.get_by_role("link", name="Mes favoris").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
