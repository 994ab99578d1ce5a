"""The site kept on a phone: its manifest, its worker, the page without a connection, files shared to it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from tests.accounts.factories import PersonFactory
from tests.plugins.browser import violations

WORKER = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


def test_the_manifest_names_icons_that_are_there_and_where_files_are_shared(client: Client) -> None:
    answer = client.get("/manifeste.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["lang"], told["start_url"], told["display"]) == ("fr", "/", "standalone")
    for icon in told["icons"]:
        name = icon["src"].removeprefix("/static/")
        with Image.open(finders.find(name)) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert told["share_target"]["action"] == "/documents/ajouter/?recu=1"
    assert told["share_target"]["params"]["files"][0]["name"] == "fichiers"
    worker = client.get("/travailleur.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert "/documents/ajouter/?recu\\u003D1" in worker.text


# What the worker keeps of a file shared so many minutes ago; until the page has looked at it.
LEFT = """(minutes) => caches.open("recu").then((kept) => kept.put(
  `/recu/${Date.now() - minutes * 60000}-0`,
  new Response("x", {headers: {"Content-Type": "text/plain", "X-Name": encodeURIComponent("Laissé là.txt")}}),
))"""
TAKEN = """async () => {
  while (await caches.has("recu")) await new Promise((done) => setTimeout(done, 20));
}"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_a_connection_a_page_says_so_in_the_site_s_own_look(open_as: Callable[..., Any]) -> None:
    person = PersonFactory(teacher=True, activated=True)
    page = open_as(person, "/", width="phone", worker=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.reload()
    assert page.evaluate(WORKER)
    page.context.set_offline(True)
    page.goto(page.url.rstrip("/") + "/annuaire/")
    page.get_by_role("heading", name="Pas de connexion").wait_for()
    # Its style sheets are there too: a button looks like one.
    button = page.get_by_role("link", name="Réessayer")
    assert button.evaluate("link => getComputedStyle(link).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert person.first_name not in page.content()
    assert violations(page) == []
    page.context.set_offline(False)
    page.get_by_role("link", name="Réessayer").click()
    page.get_by_role("heading", name="Annuaire").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_photo_shared_from_the_phone_is_in_one_s_documents(open_as: Callable[..., Any]) -> None:
    from documents.models import File

    page = open_as(PersonFactory(teacher=True, activated=True), "/", width="phone", worker=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.reload()
    assert page.evaluate(WORKER)
    # Somebody shared before, and did not sign in.
    page.evaluate(LEFT, 1)
    # What the phone does when Cartable is chosen among those one shares to.
    page.evaluate(
        """() => {
          const form = document.createElement("form");
          Object.assign(form, {method: "post", enctype: "multipart/form-data", action: "/documents/ajouter/?recu=1"});
          const input = Object.assign(document.createElement("input"), {type: "file", name: "fichiers"});
          const chosen = new DataTransfer();
          chosen.items.add(new File(["Le verger en fleurs"], "Verger à midi.txt", {type: "text/plain"}));
          input.files = chosen.files;
          form.append(input);
          document.body.append(form);
          form.submit();
        }"""
    )
    page.get_by_role("heading", name="Ajouter des fichiers").wait_for()
    page.get_by_text("Ajouté", exact=True).wait_for()
    assert [each.resource.title for each in File.objects.select_related("resource")] == ["Verger à midi.txt"]
    page.reload()
    page.get_by_role("heading", name="Ajouter des fichiers").wait_for()
    assert page.get_by_text("Verger à midi.txt").count() == 0
    # What waited too long is nobody's.
    page.evaluate(LEFT, 11)
    with page.expect_navigation():
        page.evaluate("() => { location.href = '/documents/ajouter/?recu=1'; }")
    page.evaluate(TAKEN)
    assert page.get_by_text("Laissé là.txt").count() == 0
    assert File.objects.count() == 1
