"""The Espace documentaire in a browser: files that go on after a cut, drops, moves, the trash and back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from documents.models import File
from sharing.models import Resource
from tests.documents import factories
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Two pieces each, so that a cut falls between them.
FIRST, SECOND = b"1" * 5_000_000, b"2" * 4_500_000


@pytest.fixture
def me() -> User:
    return factories.teacher()


def test_two_files_go_on_after_the_connection_was_cut(me: User, open_as: Callable[..., Any]) -> None:
    page = open_as(me, "/documents/")
    sent: list[tuple[str, str]] = []

    def cut(route: Any) -> None:
        """Each upload's second piece is lost on its way, once."""
        offset = route.request.headers.get("upload-offset", "0")
        key = (route.request.url, offset)
        if route.request.method == "PATCH" and offset != "0" and key not in sent:
            sent.append(key)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/documents/envois/**", cut)
    page.get_by_role("link", name="Ajouter", exact=True).click()
    page.get_by_label("Choisissez un ou plusieurs fichiers").set_input_files(
        [
            {"name": "premier.txt", "mimeType": "text/plain", "buffer": FIRST},
            {"name": "second.txt", "mimeType": "text/plain", "buffer": SECOND},
        ]
    )
    for name in ("premier.txt", "second.txt"):
        page.get_by_role("link", name=name, exact=True).wait_for(timeout=30_000)
    assert len(sent) == 2
    sizes = dict(File.objects.values_list("resource__title", "size"))
    assert sizes == {"premier.txt": len(FIRST), "second.txt": len(SECOND)}
    assert factories.used(me) == len(FIRST) + len(SECOND)


def test_a_file_is_dropped_moved_thrown_away_and_taken_back(me: User, open_as: Callable[..., Any]) -> None:
    factories.folder(me, "Sorties")
    page = open_as(me, "/documents/", width="phone")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["bonjour"], "lettre.txt", { type: "text/plain" }));
          for (const type of ["dragenter", "dragover", "drop"])
            document.body.dispatchEvent(
              new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    page.get_by_role("link", name="lettre.txt", exact=True).wait_for()
    assert not page.get_by_role("button", name="Trier").is_visible()  # for those without a script alone
    page.get_by_label("Choisir lettre.txt").check()
    assert page.get_by_text("1 choisi", exact=True).is_visible()
    page.get_by_role("toolbar").get_by_role("button", name="Déplacer").click()
    page.get_by_role("button", name="Sorties").click()
    page.get_by_role("button", name="Déplacer ici").click()
    page.get_by_text("1 document déplacé dans").wait_for()
    moved = Resource.objects.get(title="lettre.txt")
    assert moved.parent is not None
    assert moved.parent.title == "Sorties"
    page.goto(page.url.split("/documents/")[0] + reverse("documents:folder", args=[moved.parent.uuid]))
    page.get_by_label("Choisir lettre.txt").check()
    page.get_by_role("toolbar").get_by_role("button", name="Supprimer").click()
    page.get_by_text("1 document mis à la corbeille.").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Annuler").last.click()
    page.get_by_text("1 document restauré.").wait_for()
    assert page.get_by_role("link", name="lettre.txt", exact=True).is_visible()
    moved.refresh_from_db()
    assert moved.trashed_at is None
    assert page.complaints == []


def test_without_scripts_one_adds_throws_away_and_takes_back(me: User, open_as: Callable[..., Any]) -> None:
    page = open_as(me, "/documents/", script=False)
    page.get_by_role("link", name="Ajouter", exact=True).click()
    page.get_by_label("Choisissez un ou plusieurs fichiers").set_input_files(
        [{"name": "mots.txt", "mimeType": "text/plain", "buffer": b"mots"}]
    )
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_text("1 fichier ajouté.").wait_for()
    page.get_by_label("Choisir mots.txt").check()
    page.get_by_role("toolbar").get_by_role("button", name="Supprimer").click()
    page.get_by_role("button", name="Annuler").click()
    assert page.get_by_role("link", name="mots.txt", exact=True).is_visible()
