"""The guide's « Bloquer les comptes », in its words and order, in real browsers: a pupil's open session ends
at the next request, and they are back once let in."""

from typing import Any

import pytest
from django.urls import reverse

from tests.directory.worlds import school_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pupils_and_parents_are_blocked_in_bulk_and_let_in_again(open_as: Any) -> None:
    world = school_world(pupils=2)
    pupil = open_as(world.classes[0].pupils[0], "/", width="phone")
    assert pupil.get_by_role("heading", name="Bonjour").count() == 1

    page = open_as(world.director, "/")
    page.get_by_role("link", name="Console d’administration").first.click()
    page.get_by_role("link", name="Gérer mon établissement").click()
    page.get_by_role("link", name="Blocage en lot").click()
    for line in ("Élèves", "Parents"):
        row = page.get_by_role("row").filter(has_text=line)
        row.get_by_role("button", name="Bloquer").click()
        page.get_by_role("row").filter(has_text=line).get_by_role("button", name="Débloquer").wait_for()

    # the action shows at the foot of the page
    foot = page.locator("h3", has_text="Dernières actions").locator("xpath=following-sibling::ul[1]")
    assert "2 élèves bloqués" in foot.inner_text()
    assert "2 parents bloqués" in foot.inner_text()
    assert foot.get_by_text("en cours").count() == 2

    # the open session ends at the next request
    pupil.reload()
    assert "Ton espace est fermé pour l’instant." in pupil.content()
    pupil.goto(pupil.url)
    assert pupil.get_by_role("heading", name="Bonjour").count() == 0

    for line in ("Élèves", "Parents"):
        page.get_by_role("row").filter(has_text=line).get_by_role("button", name="Débloquer").click()
        row = page.get_by_role("row").filter(has_text=line)
        row.get_by_role("button", name="Bloquer", exact=False).first.wait_for()
        row.get_by_text("ouverts").wait_for()
    assert foot.get_by_text("en cours").count() == 0

    back = open_as(world.classes[0].pupils[0], reverse("home:index"), width="phone")
    assert back.get_by_role("heading", name="Bonjour").count() == 1
    assert page.complaints == []
