"""The share panel of several things in a browser: over the list, by what is ticked; undone in a click."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from sharing.models import Grant
from tests.documents import factories
from tests.plugins.browser import violations
from tests.sharing.pages import ShareWorld, share_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world() -> ShareWorld:
    made = share_world()
    made.note.delete()
    for title in ("Sortie au moulin", "Dictées", "Poésies"):
        factories.folder(made.teacher, title)
    return made


def sound(page: Any) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_what_is_ticked_is_shared_together_and_taken_back_by_a_click(
    open_as: Callable[..., Any], world: ShareWorld, width: str, scheme: str
) -> None:
    page = open_as(world.teacher, "/documents/", width=width, scheme=scheme)
    for title in ("Dictées", "Poésies"):
        page.get_by_label(f"Choisir {title}").check()
    bar = page.get_by_role("toolbar", name="Actions sur la sélection")
    bar.get_by_role("link", name="Partager").click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("heading", name="Partager 2 contenus").wait_for()
    panel.get_by_role("combobox", name="Ajouter une personne").fill(world.pupils[0].first_name)
    panel.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    sound(page)
    panel.get_by_role("button", name="Partager 2 contenus").click()
    panel.get_by_text("2 contenus, partagés avec 1 personne.").first.wait_for()
    assert Grant.objects.count() == 2
    sound(page)
    pupil = Grant.objects.select_related("person").first().person.full_name  # type: ignore[union-attr]
    panel.get_by_label(f"Droit de {pupil}").select_option("3")
    panel.get_by_text("Le droit est changé pour 2 contenus").first.wait_for()
    assert set(Grant.objects.values_list("role", flat=True)) == {3}
    panel.get_by_role("button", name=f"Retirer {pupil}").click()
    panel.get_by_text("2 partages sont retirés.").first.wait_for()
    assert not Grant.objects.exists()
    sound(page)
    panel.get_by_role("button", name="Annuler").click()
    page.get_by_text("C’est remis").wait_for()
    assert Grant.objects.count() == 2
    thing = Grant.objects.first().resource  # type: ignore[union-attr]
    page.goto(page.url.replace("/documents/", reverse("sharing:panel", args=[thing.uuid])))
    page.get_by_role("button", name="Retirer").first.click()
    page.get_by_role("button", name="Annuler").click()
    page.get_by_text("C’est remis").wait_for()
    assert Grant.objects.count() == 2
