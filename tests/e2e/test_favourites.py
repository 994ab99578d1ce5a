"""The guide, « Supprimer vos anciens favoris de partage », in its words and its order, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from directory.models import Attachment, ClassAttachment, Favourite
from directory.services import favourites
from sharing.enums import Role
from sharing.models import Grant
from sharing.services import share
from tests.directory.factories import ENDED
from tests.directory.worlds import SchoolWorld, pupil_in, school_world
from tests.plugins.browser import violations
from tests.sharing.factories import ResourceFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAB = "Gérer mes favoris de partage"


@pytest.fixture
def world(db: None) -> SchoolWorld:
    made = school_world()
    pupil_in(made.classes[0].school_class, first_name="Éloïse", last_name="Kervadec")
    return made


def test_an_old_favourite_goes_to_the_bin_and_another_is_kept_renamed_and_brought_up_to_date(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    room = world.classes[0]
    teacher, (gone, stays) = room.teacher, room.pupils
    resource = ResourceFactory(owner=teacher, title="Photos de la sortie")
    old = favourites.create(by=teacher, name="Sortie 2025", persons=[gone, stays])
    share.share(by=teacher, resource=resource, favourites=[old], role=Role.READ)
    favourites.create(by=teacher, name="Chorale 2025", persons=[gone, stays])
    for table in (Attachment, ClassAttachment):
        table.objects.filter(person=gone).update(ended_on=ENDED)

    page = open_as(teacher, "/")
    page.get_by_role("link", name="Annuaire", exact=True).first.click()
    tabs = page.get_by_role("navigation", name="Vues de l’annuaire").get_by_role("link")
    third = tabs.nth(2)
    third.wait_for()
    assert third.inner_text() == TAB
    page.get_by_role("link", name=TAB, exact=True).click()

    # On the left; hovered, a favourite shows its bin.
    line = page.locator("#liste-favoris > li").filter(has_text="Sortie 2025")
    corbeille = line.get_by_role("link", name="Corbeille")
    page.mouse.move(0, 0)
    assert shown(corbeille) == "0"
    line.hover()
    assert shown(corbeille) == "1"
    corbeille.click()
    page.get_by_role("button", name="Supprimer le favori").click()
    page.get_by_text("est supprimé").wait_for()
    assert page.locator("#liste-favoris > li").count() == 1
    assert {each.person for each in Grant.objects.filter(resource=resource, person__isnull=False)} == {
        stays,
        gone,
    }

    # The other is kept: renamed, its former members out, new ones in.
    page.get_by_role("link", name="Chorale 2025").first.click()
    page.get_by_role("link", name="Renommer").click()
    page.get_by_label("Nom du favori").fill("Chorale 2026")
    page.get_by_role("button", name="Renommer").click()
    page.get_by_role("heading", name="Chorale 2026").wait_for()
    assert page.get_by_text("a quitté l’école").count() == 1
    page.get_by_role("button", name="Retirer ce destinataire").click()
    page.get_by_text("Destinataires (1)").wait_for()
    page.get_by_label("Nom d’une personne ou d’un groupe").fill("kervadec")
    page.get_by_role("button", name="Ajouter Éloïse Kervadec").click()
    page.get_by_text("Destinataires (2)").wait_for()
    assert page.complaints == []
    kept = Favourite.objects.get(owner=teacher)
    assert (kept.name, members(kept)) == ("Chorale 2026", {stays.full_name, "Éloïse Kervadec"})


def shown(button: Any) -> str:
    button.page.wait_for_timeout(200)
    return str(button.evaluate("element => getComputedStyle(element).opacity"))


def members(favourite: Favourite) -> set[str]:
    return {entry.person.full_name for entry in favourite.entries.all()}


def test_the_bin_is_reached_by_the_keyboard_and_stands_there_on_a_phone(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    teacher: User = world.classes[0].teacher
    favourites.create(by=teacher, name="Sortie 2025")
    page = open_as(teacher, reverse("annuaire:favourites"))
    corbeille = page.get_by_role("link", name="Corbeille")
    page.get_by_role("link", name="Sortie 2025").first.focus()
    page.keyboard.press("Tab")
    assert corbeille.evaluate("element => element === document.activeElement")
    assert shown(corbeille) == "1"
    page = open_as(teacher, reverse("annuaire:favourites"), width="phone", scheme="dark")
    tab = page.get_by_role("link", name=TAB, exact=True)
    assert tab.bounding_box()["width"] <= 200
    assert violations(page) == []
