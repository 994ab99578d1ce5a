"""Writing in a browser: pictures in the text, files that come by pieces."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from messaging.models import Message
from tests.directory.worlds import SchoolWorld
from tests.messaging.factories import signed_in
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photo(colour: str, size: tuple[int, int]) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


def test_pictures_are_chosen_or_pasted_described_and_made_smaller(open_as: Any, world: SchoolWorld) -> None:
    room = world.classes[0]
    signed_in(room.teacher).get("/messagerie/ecrire/")  # made once before a browser waits for it
    page = open_as(room.teacher, "/messagerie/ecrire/", width="phone")
    text = page.get_by_role("textbox", name="Message", exact=True)
    text.click()
    page.keyboard.type("La mer ")
    with page.expect_file_chooser() as asked:
        page.get_by_role("button", name="Image").click()
    large = {"name": "mer.jpg", "mimeType": "image/jpeg", "buffer": photo("teal", (2400, 1200))}
    asked.value.set_files(large)
    page.get_by_label("Description de l’image").fill("La plage")
    assert violations(page) == []
    page.get_by_role("button", name="Décrire").click()
    text.get_by_role("img", name="La plage").wait_for()
    text.evaluate(
        """async (e, bytes) => {
             const data = new DataTransfer();
             data.items.add(new File([new Uint8Array(bytes)], "phare.jpg", {type: "image/jpeg"}));
             e.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
           }""",
        list(photo("red", (40, 30))),
    )
    page.get_by_label("Description de l’image").fill("Le phare")
    page.keyboard.press("Enter")
    text.get_by_role("img", name="Le phare").wait_for()
    page.get_by_text("brouillon enregistré").wait_for()
    page.wait_for_url("**/ecrire/?brouillon=*")
    page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    page.get_by_role("img", name="Le phare").wait_for()
    kept = Message.objects.get()
    assert kept.body.index("La plage") < kept.body.index("Le phare")
    assert [each.inline for each in kept.attachments.all()] == [True, True]
    assert [each.blob.width for each in kept.attachments.select_related("blob")] == [1600, 40]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


def test_files_come_by_pieces_several_at_once_and_are_taken_up_after_a_cut(
    open_as: Any, world: SchoolWorld
) -> None:
    room = world.classes[0]
    signed_in(room.teacher).get("/messagerie/ecrire/")
    page = open_as(room.teacher, "/messagerie/ecrire/", width="phone")
    joined = page.locator("#pieces")
    files = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"x" * 1000} for n in ("un", "deux")]
    page.get_by_label("Joindre des fichiers").set_input_files(files)
    for file in files:
        joined.get_by_role("button", name=f"Retirer {file['name']}").wait_for()
    page.context.set_offline(True)
    page.get_by_label("Joindre des fichiers").set_input_files([files[0] | {"name": "coupé.txt"}])
    page.get_by_role("button", name="Mettre en pause coupé.txt").wait_for()
    assert violations(page) == []
    page.context.set_offline(False)
    joined.get_by_text("coupé.txt").first.wait_for(timeout=20_000)
    page.get_by_label("Objet").fill("Trois fichiers")
    page.get_by_text("brouillon enregistré").wait_for()
    # The draft of the files may say that it is kept before that of the title is.
    for _ in range(100):
        if Message.objects.get().subject:
            break
        page.wait_for_timeout(100)
    kept = Message.objects.get()
    assert kept.subject == "Trois fichiers"
    assert sorted(each.name for each in kept.attachments.all()) == ["coupé.txt", "deux.txt", "un.txt"]
    joined.get_by_role("button", name="Retirer un.txt").click()
    page.get_by_role("button", name="Retirer un.txt").wait_for(state="detached")
    assert kept.attachments.count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
