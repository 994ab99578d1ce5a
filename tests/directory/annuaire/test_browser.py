"""The Annuaire and the first page in a browser: live with scripts, whole without, right for everyone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    made = school_world()
    pupil = pupil_in(made.classes[0].school_class, first_name="Éloïse", last_name="Kervadec")
    relative_of(pupil, first_name="Yves", last_name="Kervadec", mobile_phone="06 12 34 56 78")
    return made


def test_names_come_as_they_are_typed_and_the_address_follows(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    page = open_as(world.classes[0].teacher, reverse("annuaire:index"))
    page.evaluate("window.stayed = true")
    page.get_by_label("Nom, prénom ou groupe").fill("kervadek")
    page.get_by_text("Noms proches").wait_for()
    assert page.get_by_role("link", name=re.compile("^Éloïse Kervadec")).count() == 1
    assert page.url.endswith("/annuaire/recherche/?q=kervadek")
    assert page.evaluate("window.stayed") is True
    live = page.locator("#annuaire").inner_html()
    page.reload()
    assert page.locator("#annuaire").inner_html().strip() == live.strip()
    assert page.complaints == []


def test_going_back_brings_the_class_back(world: SchoolWorld, open_as: Callable[..., Any]) -> None:
    page = open_as(world.classes[0].teacher, reverse("annuaire:index"))
    page.get_by_label("Nom, prénom ou groupe").fill("eloise")
    page.get_by_text("1 personne trouvée").wait_for()
    page.go_back()
    page.get_by_role("heading", name=world.classes[0].school_class.label).wait_for()


def test_without_scripts_the_same_form_finds(world: SchoolWorld, open_as: Callable[..., Any]) -> None:
    page = open_as(world.classes[0].teacher, reverse("annuaire:index"), script=False)
    page.get_by_label("Nom, prénom ou groupe").fill("eloise")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("^Éloïse Kervadec")).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Éloïse Kervadec"


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(
    width: str, scheme: str, world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    room = world.classes[0]
    relative = User.objects.get(last_name="Kervadec", first_name="Yves")
    for person, path in (
        (room.teacher, reverse("home:index")),
        (relative, reverse("home:index")),
        (room.pupils[0], reverse("home:index")),
        (room.teacher, reverse("annuaire:index")),
        (room.teacher, reverse("annuaire:schools")),
        (room.teacher, reverse("annuaire:search") + "?q=kervadek"),
        (room.teacher, reverse("annuaire:person", args=[relative.uuid])),
        (room.pupils[0], reverse("annuaire:person", args=[room.pupils[0].uuid])),
    ):
        page = open_as(person, path, width=width, scheme=scheme, again=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.complaints == [], path
