"""Cahiers mémo in a browser: accessible in both themes, two who write at once, order by the keyboard and by a drag,
a sound by the microphone, pages turned by the keyboard."""

from typing import Any

import pytest

from notebooks.models import MemoBlock, MemoPage
from notebooks.services import memo_blocks, memo_pages
from sharing.enums import Role
from tests.directory.worlds import SchoolWorld
from tests.notebooks import memo_factories as memo
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHELF = "/cahiers/memo/"
# A microphone that hums: no machine of tests has one.
HUMMING = """() => { navigator.mediaDevices.getUserMedia = async () => {
  const audio = new AudioContext(); const out = audio.createMediaStreamDestination();
  const hum = audio.createOscillator(); hum.connect(out); hum.start(); return out.stream; }; }"""
CLOSED = """() => { navigator.mediaDevices.getUserMedia = () =>
  Promise.reject(new DOMException("no", "NotAllowedError")); }"""


@pytest.mark.parametrize(("width", "scheme"), [("narrow", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(open_as: Any, world: SchoolWorld, width: str, scheme: str) -> None:
    room = world.classes[0]
    zoe = room.pupils[0]
    made = memo.book(room.teacher, "Album de la classe", zoe, role=Role.CONTRIBUTE)
    page = memo.page(room.teacher, made, "La mer", "Bleue")
    memo.picture(room.teacher, page, caption="La plage")
    memo_blocks.add_file(by=room.teacher, page=page, blob=memo.blob(memo.sound(), "s.wav"), name="s.wav")
    memo_blocks.add_link(by=room.teacher, page=page, address="mer.fr")
    mine = memo.page(zoe, made, "La forêt", "Verte")
    gone = memo.page(zoe, made, "La neige", "Blanche")
    memo_pages.remove_page(by=zoe, page=gone)
    text, *_ = page.blocks.order_by("position")
    teachers = [
        "",
        "nouveau/",
        f"{made.uuid}/",
        f"{made.uuid}/couverture/",
        f"{made.uuid}/au-nom-des-eleves/",
    ]
    teachers += [f"page/{page.uuid}/", f"page/{page.uuid}/?bloc={text.uuid}", f"page/{page.uuid}/lire/"]
    teachers += [f"page/{page.uuid}/documents/", f"page/{gone.uuid}/supprimer/"]
    pupils = ["", f"{made.uuid}/", f"page/{mine.uuid}/", f"page/{page.uuid}/lire/"]
    for person, path in [(room.teacher, each) for each in teachers] + [(zoe, each) for each in pupils]:
        shown = open_as(person, f"{SHELF}{path}", width=width, scheme=scheme, again=True)
        assert violations(shown) == [], path
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert shown.complaints == [], path


def test_a_page_is_made_of_a_text_a_sound_and_pictures_and_read(open_as: Any, world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe = room.pupils[0]
    made = memo.book(room.teacher, "Album", zoe, role=Role.CONTRIBUTE)
    page = open_as(zoe, f"{SHELF}{made.uuid}/", width="phone")
    page.get_by_role("button", name="J’ajoute une page").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("Titre de la page").fill("La mer")
    page.keyboard.press("Tab")
    page.get_by_text("Titre enregistré").wait_for()
    page.get_by_role("button", name="Texte").click()
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Elle est bleue.")
    page.get_by_text("Enregistré à").wait_for()
    page.get_by_role("button", name="J’ai fini").click()
    page.locator(".ct-block p").get_by_text("Elle est bleue.").wait_for()
    page.evaluate(CLOSED)
    page.get_by_role("button", name="Son", exact=True).click()
    page.get_by_role("button", name="J’enregistre ma voix").click()
    page.get_by_text("Le micro est fermé.").wait_for()
    page.evaluate(HUMMING)
    page.get_by_role("button", name="J’enregistre ma voix").click()
    page.get_by_text("0:01").wait_for()
    page.get_by_role("button", name="J’ai fini").click()
    page.get_by_role("button", name="Je le garde").click()
    page.locator(".ct-block audio").wait_for()
    photos = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": memo.photo(n)} for n in ("red", "teal")
    ]
    page.locator("input[accept='image/*']").set_input_files(photos)
    page.locator(".ct-block").nth(3).wait_for()
    assert violations(page) == []
    kinds = MemoBlock.objects.order_by("position").values_list("kind", flat=True)
    assert list(kinds) == ["TEXT", "SOUND", "PICTURE", "PICTURE"]
    # By the keyboard: the button keeps the focus, and a reader of the screen hears where the block went.
    up = page.get_by_role("button", name="Monter le son")
    up.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Place 1 sur 4.").wait_for(state="attached")
    assert page.evaluate("document.activeElement.id").startswith("haut-")
    grips = page.locator("[data-order-grip]")
    start, end = grips.first.bounding_box(), grips.nth(1).bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + 30, steps=4)
    page.mouse.up()
    page.get_by_text("Place 2 sur 4.").wait_for(state="attached")
    assert list(kinds.all()) == ["TEXT", "SOUND", "PICTURE", "PICTURE"]
    memo.page(room.teacher, made, "La forêt", "Elle est verte.")
    page.get_by_role("link", name="Je la lis").click()
    page.get_by_text("Page 1 sur 2").wait_for()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowRight")
    page.get_by_text("Elle est verte.").wait_for()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowLeft")
    page.get_by_text("Elle est bleue.").wait_for()
    assert page.complaints == []


def test_two_who_write_at_once_lose_nothing(open_as: Any, world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe = room.pupils[0]
    made = memo.book(room.teacher, "Album", zoe, role=Role.CONTRIBUTE)
    block = memo.page(zoe, made, "La mer", "Bleue").blocks.get()
    where = f"{SHELF}page/{MemoPage.objects.get().uuid}/?bloc={block.uuid}"
    pupil, teacher = open_as(zoe, where), open_as(room.teacher, where)
    for page, words in ((teacher, " Bravo."), (pupil, " Et verte.")):
        page.locator("[contenteditable=true]").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(words)
        page.get_by_text("Enregistré à" if page is teacher else "Deux personnes ont écrit").first.wait_for()
    assert violations(pupil) == []
    assert "Bravo." in pupil.locator("#blocs").inner_text()
    pupil.get_by_role("button", name="Mettre mon texte en dessous").click()
    pupil.locator(".ct-block").nth(1).wait_for()
    bodies = MemoBlock.objects.order_by("position").values_list("body", flat=True)
    assert list(bodies) == ["<p>Bleue Bravo.</p>", "<p>Bleue Et verte.</p>"]
    # The teacher goes on in the same form: what it saved itself is no quarrel.
    teacher.keyboard.type(" Encore.")
    teacher.get_by_role("button", name="Enregistrer", exact=True).click()
    teacher.locator(".ct-block").nth(1).wait_for()
    assert bodies.all()[0] == "<p>Bleue Bravo. Encore.</p>"
