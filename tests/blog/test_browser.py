"""Blogs in a browser: a pupil writes on a phone, their teacher publishes, faces are blurred by hand; axe looks at
every page."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from blog.enums import State
from blog.models import Comment, Post
from blog.services import comments, publish, trash
from core.storage.services import opened
from documents.models import Use
from tests.blog.factories import BlogWorld, draft, joined, published, submitted
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
type Open = Callable[..., Any]


def test_a_pupil_writes_on_a_phone_and_a_relative_answers(here: BlogWorld, open_as: Open) -> None:
    page = open_as(here.pupil, "/blog/", width="phone")
    page.get_by_role("link", name="Le blog des CE2").click()
    page.get_by_role("button", name="J’écris un billet").click()
    page.get_by_label("Titre").fill("Ma dent")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Elle est tombée à la cantine.")
    page.get_by_text("gardé à").wait_for()
    assert Post.objects.get().text == "Elle est tombée à la cantine."
    assert violations(page) == []
    page.get_by_role("button", name="J’envoie à relire").click()
    page.get_by_text("sera relu, puis publié").wait_for()
    page = open_as(here.teacher, f"/blog/{here.blog.resource.uuid}/", width="phone")
    page.get_by_role("link", name="Relire", exact=True).click()
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("Rien n’attend").wait_for()
    page = open_as(here.relative, f"/blog/{here.blog.resource.uuid}/", width="narrow")
    page.get_by_role("link", name="Ouvrir «").click()
    page.get_by_label("Votre commentaire").fill("Bravo pour la dent !")
    page.get_by_role("button", name="Commenter").click()
    page.get_by_text("attend d’être relu").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
    assert Comment.objects.get().text == "Bravo pour la dent !"
    assert page.complaints == []


def test_faces_are_blurred_by_mouse_and_keyboard_and_the_first_picture_is_gone(
    here: BlogWorld, open_as: Open
) -> None:
    post = draft(here.teacher, here.blog)
    drawn = Image.effect_noise((320, 240), 90).convert("RGB")
    kept = BytesIO()
    drawn.save(kept, "PNG")
    page = open_as(here.teacher, f"/blog/billet/{post.uuid}/flouter/")
    page.get_by_label("Choisir une photo").set_input_files(
        {"name": "classe.png", "mimeType": "image/png", "buffer": kept.getvalue()}
    )
    canvas = page.locator("canvas")
    canvas.wait_for()
    send = page.get_by_role("button", name="Ajouter au billet")
    assert send.is_disabled()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Ajouter une zone").click()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Delete"):
        page.keyboard.press(key)
    assert violations(page) == []
    send.click()
    page.wait_for_url("**/modifier/")
    use = Use.objects.select_related("file__blob").get(subject=post.uuid)
    with opened(use.file.blob) as sent:
        seen = Image.open(sent).convert("L")
        # Noise differs from one pixel to the next; under the zone, neighbours are alike.
        covered = seen.crop((70, 55, 90, 65))
        free = seen.crop((280, 200, 300, 210))
    assert len(set(covered.tobytes())) * 2 < len(set(free.tobytes()))
    assert page.complaints == []


def test_every_page_passes_axe(here: BlogWorld, open_as: Open) -> None:
    # Its neighbours have titles that do not fit beside one another.
    published(here.teacher, here.blog, "Nos semis de haricots, jour après jour")
    post = published(here.teacher, here.blog)
    published(here.teacher, here.blog, "La comptine du mois, avec les gestes")
    joined(here.teacher, post)
    comments.say(by=here.relative, post=post, text="Oh")
    submitted(here.pupil, here.blog, "Mon chat")
    publish.send_back(by=here.teacher, post=submitted(here.pupil, here.blog, "Mon chien"), word="Relis.")
    thrown = trash.trash(by=here.teacher, post=draft(here.teacher, here.blog, "Raté"))
    mine = draft(here.teacher, here.blog, "Pas fini")
    blog = f"/blog/{here.blog.resource.uuid}/"
    pages = [
        "/blog/",
        "/blog/nouveau/",
        blog,
        f"{blog}reglages/",
        f"{blog}copier/",
        f"{blog}relire/",
        f"{blog}corbeille/",
        f"{blog}imprimer/?commentaires=1",
        f"/blog/billet/{post.uuid}/",
        f"/blog/billet/{mine.uuid}/modifier/",
        f"/blog/billet/{post.uuid}/flouter/",
        f"/blog/billet/{thrown.uuid}/supprimer/",
    ]
    found = {}
    for number, path in enumerate(pages):
        page = open_as(
            here.teacher, path, width="phone", scheme="dark" if number % 2 else "light", again=number > 1
        )
        if wrong := violations(page) + page.complaints:
            found[path] = wrong
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            found[path] = [*found.get(path, []), "sideways"]
    assert found == {}
    assert Post.objects.get(pk=mine.pk).state == State.DRAFT
