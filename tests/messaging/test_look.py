"""The pages of messages in a browser: accessible in both themes, nothing sideways on a phone."""

from typing import Any

import pytest

from messaging.services import writing
from tests.directory.worlds import SchoolWorld
from tests.documents import factories as documents
from tests.messaging.factories import content, draft, sent
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(open_as: Any, world: SchoolWorld, width: str, scheme: str) -> None:
    room = world.classes[0]
    message = sent(world.director, room.teacher, room.relatives[0], subject="Réunion de rentrée")
    kept = draft(room.teacher, room.relatives[0], world.director)
    documents.folder(room.teacher)
    documents.file(room.teacher, "Plan.txt")
    writing.attach(by=room.teacher, message=kept, blob=content(), name="plan.txt")
    pages = [
        "",
        "envoyes/",
        "brouillons/",
        "corbeille/",
        "ecrire/",
        f"ecrire/?brouillon={kept.uuid}",
        f"{kept.uuid}/documents/",
    ]
    pages += ["signature/", f"{message.uuid}/", f"{message.uuid}/imprimer/"]
    for person, path in [(room.teacher, page) for page in pages] + [(room.pupils[0], "ecrire/")]:
        page = open_as(person, f"/messagerie/{path}", width=width, scheme=scheme, again=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.complaints == [], path


def test_a_teacher_writes_with_the_keyboard_and_the_draft_is_kept(open_as: Any, world: SchoolWorld) -> None:
    room = world.classes[0]
    page = open_as(room.teacher, "/messagerie/ecrire/")
    page.get_by_role("searchbox", name="Ajouter une personne ou un groupe").type(
        room.relatives[0].last_name[:4]
    )
    page.get_by_role("button", name=f"Ajouter {room.relatives[0].full_name}").click()
    page.get_by_text(room.relatives[0].full_name).first.wait_for()
    page.get_by_label("Objet").fill("Piscine")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Jeudi")
    page.get_by_text("brouillon enregistré").wait_for()
    page.wait_for_url("**/ecrire/?brouillon=*")
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_text("Message envoyé à 1 personne").wait_for()
    assert page.complaints == []
