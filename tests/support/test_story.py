"""A teacher asks about a pupil; the director passes it on without names; the eRUN answers; it is settled."""

from typing import Any

import pytest

from support.enums import State
from support.models import Ticket
from tests.plugins.browser import violations
from tests.support.worlds import DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_teacher_to_the_erun_and_back(open_as: Any, world: DeskWorld) -> None:
    world.pupil.first_name, world.pupil.last_name = "Apolline", "Vandermeersch"
    world.pupil.save(update_fields=["first_name", "last_name"])
    page = open_as(world.teacher, "/annuaire/")
    page.locator(".ct-foot").get_by_role("link", name="Assistance ENT").click()
    page.get_by_text(world.erun.full_name).wait_for()
    page.get_by_label("En une ligne").fill("Apolline Vandermeersch est en double")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Apolline apparait deux fois dans ma classe.")
    page.get_by_label("Motif").select_option("DATA")
    page.get_by_text("Je suis bloqué").click()
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_text("est partie à l’école").wait_for()

    page = open_as(world.director, "/assistance/")
    page.get_by_role("link", name="Apolline Vandermeersch est en double").click()
    page.get_by_role("link", name="Transmettre").click()
    page.get_by_text("Transmettre à la circonscription").click()
    page.get_by_text("Non, masquer les noms").click()
    assert violations(page) == []
    page.get_by_role("button", name="Transmettre la demande").click()
    page.get_by_text("La demande est transmise à la circonscription").wait_for()

    page = open_as(world.erun, "/assistance/")
    page.get_by_role("link", name="[masqué] est en double").click()
    page.get_by_text("[masqué] apparait deux fois dans ma classe.").wait_for()
    assert "Apolline" not in page.content()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Vu avec ONDE.")
    page.get_by_role("button", name="Garder en note interne").click()
    page.get_by_text("son auteur ne la verra pas").wait_for()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Les deux comptes sont réunis.")
    page.get_by_text("C’est résolu", exact=True).click()
    page.get_by_role("button", name="Répondre").click()
    page.get_by_text("Réponse envoyée").wait_for()
    assert page.complaints == []

    page = open_as(world.teacher, "/assistance/")
    page.get_by_role("link", name="Apolline Vandermeersch est en double").click()
    page.get_by_text("Les deux comptes sont réunis.").wait_for()
    assert "Vu avec ONDE" not in page.content()
    page.get_by_role("button", name="C’est réglé").click()
    page.get_by_text("Demande close").wait_for()
    assert Ticket.objects.get().state == State.CLOSED
    assert page.complaints == []
