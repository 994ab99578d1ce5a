"""A director opens the blog of the back-to-school; a family without an account reads it on a phone."""

from collections.abc import Callable
from typing import Any

import pytest

from blog.models import PublicBlog
from tests.blog.public import ADDRESS, PDF, PLACE, TITLE, joined, opened, out
from tests.directory.worlds import SchoolWorld
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_director_opens_it_writes_and_puts_it_offline(
    world: SchoolWorld, open_as: Callable[..., Any], open_page: Callable[..., Any]
) -> None:
    page = open_as(world.director, "/blog/")
    page.get_by_role("link", name="Créer un blog").first.click()
    page.get_by_label("Titre").fill(TITLE)
    page.get_by_label("Rendre public").check()
    page.locator("#adresse-entiere", has_text=PLACE).wait_for()
    assert page.get_by_label("Adresse du blog").input_value() == ADDRESS
    assert violations(page) == []
    page.context.grant_permissions(["clipboard-write"])  # which a browser without a window does not ask for
    page.get_by_role("button", name="Copier l’adresse").click()
    page.get_by_role("button", name="Adresse copiée").wait_for()
    page.get_by_role("button", name="Créer le blog").click()
    page.get_by_role("button", name="Écrire un billet").click()
    page.get_by_label("Titre").fill("Fournitures")
    page.get_by_text("brouillon enregistré").wait_for()
    files = page.locator("#fichier-joint")
    files.set_input_files(
        {"name": "cour.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(64)}
    )
    page.get_by_text("ni photo, ni son, ni vidéo").first.wait_for()
    files.set_input_files({"name": "Liste du CP.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.locator(".ct-piece", has_text="Liste du CP.pdf").wait_for()
    page.get_by_role("button", name="Publier", exact=True).click()
    page.get_by_role("heading", name="Avant de publier").wait_for()
    page.get_by_role("button", name="C’est relu, publier").click()
    page.get_by_text("Billet publié").wait_for()

    reader = open_page(PLACE, width="phone", scheme="dark")
    reader.get_by_role("link", name="Liste du CP").wait_for()
    assert reader.context.cookies() == []

    page.goto(page.url.split("/blog/")[0] + f"/blog/{PublicBlog.objects.get().blog.resource.uuid}/public/")
    page.get_by_role("button", name="Mettre hors ligne").click()
    page.get_by_role("button", name="Remettre en ligne").wait_for()
    reader.reload()
    reader.get_by_role("heading", name="Cette page n’existe pas").wait_for()


@pytest.mark.parametrize(("width", "scheme"), [("narrow", "light"), ("phone", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(
    world: SchoolWorld, open_as: Callable[..., Any], open_page: Callable[..., Any], width: str, scheme: str
) -> None:
    me, public = world.director, opened(world)
    table = "<table><tbody><tr><th>CP</th><td>9 h 15</td><td>rue des Tilleuls</td></tr></tbody></table>"
    post = out(me, public.blog, body=f"<h2>Le matin</h2><p>Le portail ouvre.</p>{table}")
    joined(me, post)
    page = open_page(PLACE, width=width, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []
    assert page.context.cookies() == []
    place = f"/blog/{public.blog.resource.uuid}/public/"
    for path in (place, f"{place}affiche/", "/blog/nouveau/"):
        page = open_as(me, path, width=width, scheme=scheme, again=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.complaints == [], path
