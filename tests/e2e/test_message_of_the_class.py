"""A teacher writes to the relatives of her class, with a picture and a document; a relative reads it on a phone, and
keeps the document."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from core import clock
from documents.querysets import mine
from messaging.models import Copy
from tests.directory.worlds import SchoolWorld, school_world
from tests.documents import factories as documents
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world()


def photo() -> dict[str, Any]:
    written = BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(written, "JPEG")
    return {"name": "mer.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def test_a_message_with_a_picture_and_a_document_is_read_on_a_phone(
    world: SchoolWorld, open_as: Callable[..., Any], as_person: Callable[..., Any]
) -> None:
    room = world.classes[0]
    relative = room.relatives[0]
    documents.file(room.teacher, "Autorisation de sortie.txt", b"Je, soussigne...", None)
    as_person(room.teacher).get("/messagerie/ecrire/")

    page = open_as(room.teacher, "/messagerie/")
    page.get_by_role("link", name="Nouveau message").first.click()
    page.get_by_role("button", name="Ajouter Parents").click()
    page.get_by_role("button", name="Retirer Parents").wait_for()
    page.get_by_label("Objet").fill("Classe de mer")
    text = page.get_by_role("textbox", name="Message", exact=True)
    text.click()
    page.keyboard.type("Nous voici arrivés. ")
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="Image").click()
    asked.value.set_files(photo())
    page.get_by_label("Description de l’image").fill("La plage à marée basse")
    page.get_by_role("button", name="Décrire").click()
    text.get_by_role("img", name="La plage à marée basse").wait_for()

    # From her documents: who will receive it is said before.
    page.get_by_role("button", name="Depuis mes documents").click()
    page.get_by_text("Qui le recevra").wait_for()
    assert page.get_by_text("Parents").first.is_visible()
    page.get_by_label("Autorisation de sortie.txt").check()
    page.get_by_role("button", name="Joindre").click()
    page.get_by_role("button", name="Retirer Autorisation de sortie.txt").wait_for()
    page.get_by_role("textbox", name="Message", exact=True).get_by_role("img").wait_for()
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_text("Message envoyé à 2 personnes").wait_for()
    assert page.complaints == []

    # It may be the night: the relative opens it in the morning, by her box.
    Copy.objects.filter(person=relative).update(at=clock.now())
    as_person(relative).get("/messagerie/")
    page = open_as(relative, "/", width="phone")
    page.get_by_role("link", name="Messages").click()
    page.get_by_role("link", name="Classe de mer").click()
    picture = page.get_by_role("img", name="La plage à marée basse")
    picture.wait_for()
    assert picture.evaluate("e => e.complete && e.naturalWidth > 0 && e.width <= innerWidth")
    assert violations(page) == []
    page.get_by_role("button", name="Vers mes documents").click()
    page.get_by_text("est enregistré dans vos documents").wait_for()
    assert [each.title for each in mine(relative)] == ["Autorisation de sortie.txt"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []
