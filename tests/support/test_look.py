"""The help desk in a browser: accessible in both themes, nothing sideways on a phone; a relative asks from theirs, a
director answers."""

from typing import Any

import pytest

from support.enums import Level, State
from support.models import Ticket
from support.services import answer, canned, handle
from support.services.canned import Place
from tests.plugins.browser import violations
from tests.support.factories import answered, asked
from tests.support.worlds import DeskWorld

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/assistance/"


@pytest.mark.parametrize(("width", "scheme"), [("narrow", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(open_as: Any, world: DeskWorld, width: str, scheme: str) -> None:
    ticket = asked(world.relative, subject="Le dossier de la classe découverte ne s’ouvre plus", urgency=3)
    answer.note(by=world.director, ticket=ticket, body="<p>À voir avec la mairie</p>")
    answered(world.director, ticket, to=State.WAITING)
    passed = asked(world.relative)
    handle.pass_on(by=world.director, ticket=passed, to=Level.DISTRICT, names=False)
    kept = canned.keep(
        by=world.director, place=Place(school=world.school), title="Un code", body="<p>Bonjour {nom}</p>"
    )
    one, other = f"demandes/{ticket.uuid}/", f"demandes/{passed.uuid}/"
    for person, path in (
        (world.relative, "mes-demandes/"),
        (world.relative, "demander/?depuis=/documents/"),
        (world.relative, one),
        (world.director, "demandes/?etat=toutes"),
        (world.director, one),
        (world.director, "reponses/"),
        (world.director, f"reponses/{kept.uuid}/"),
        (world.director, "chiffres/"),
        (world.director, "aide/?sujet=documents"),
        (world.director, "aide/guide-rentree-direction/"),
        (world.erun, other),
        (world.erun, f"{other}transmettre/"),
        (world.pupil, "aide/"),
        (world.pupil, "aide/eleve-messages/"),
    ):
        page = open_as(person, f"{DESK}{path}", width=width, scheme=scheme, again=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.complaints == [], path


def test_without_an_account_the_page_of_trouble_is_accessible(open_page: Any, world: DeskWorld) -> None:
    page = open_page(f"{DESK}connexion/", width="phone")
    assert violations(page) == []
    assert page.complaints == []


def test_a_relative_asks_from_a_phone_and_the_director_answers(open_as: Any, world: DeskWorld) -> None:
    page = open_as(world.relative, "/documents/", width="phone")
    page.locator(".ct-foot").get_by_role("link", name="Assistance ENT").click()
    page.get_by_label("En une ligne").fill("Plus de place")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Je ne peux plus rien ajouter.")
    page.get_by_label("Motif").select_option("BUG")
    with page.expect_response(lambda got: "/pieces/envois/" in got.url and got.request.method == "PATCH"):
        page.locator("#fichier-joint").set_input_files(
            [{"name": "ecran.txt", "mimeType": "text/plain", "buffer": b"plein"}]
        )
    page.get_by_text("ecran.txt").first.wait_for()
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_role("heading", name="Plus de place").wait_for()
    ticket = Ticket.objects.get()
    assert (ticket.page, ticket.application) == ("/documents/", "documents")
    page = open_as(world.director, f"{DESK}demandes/")
    page.get_by_role("link", name="Plus de place").click()
    page.get_by_text("ecran.txt").first.wait_for()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Videz la corbeille.")
    page.get_by_text("C’est résolu", exact=True).click()
    page.get_by_role("button", name="Répondre").click()
    page.get_by_text("Réponse envoyée").wait_for()
    ticket.refresh_from_db()
    assert (ticket.state, ticket.assignee) == (State.SOLVED, world.director)
    assert page.complaints == []


def test_help_is_found_as_one_types(open_as: Any, world: DeskWorld) -> None:
    page = open_as(world.relative, f"{DESK}aide/")
    page.get_by_label("Chercher dans l’aide").type("oublie mot de passe")
    page.get_by_role("link", name="Je n’arrive pas à me connecter").wait_for()
    page.wait_for_url("**q=oublie*")
    assert page.complaints == []
