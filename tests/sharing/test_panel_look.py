"""The share panel and the lists in a browser: accessible, by keyboard alone, and without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from sharing.enums import Role
from sharing.models import Grant
from sharing.services import hand_over
from tests.plugins.browser import violations
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.pages import ShareWorld, share_everything, share_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("kinds"),
]
SESSION = settings.SESSION_COOKIE_NAME


@pytest.fixture
def world() -> ShareWorld:
    return share_world()


def session_of(person: User) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    return {SESSION: client.cookies[SESSION].value}


def sound(page: Any) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


ADDRESSES: dict[str, Callable[[ShareWorld], str]] = {
    "with_me": lambda world: "/partages/",
    "by_me": lambda world: "/partages/les-miens/",
    "ending": lambda world: "/partages/les-miens/?bascule=1",
    "panel": lambda world: f"/partages/{world.note.uuid}/",
}


@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desktop", "dark")])
@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_is_accessible_and_fits(
    open_page: Any, world: ShareWorld, name: str, width: str, scheme: str
) -> None:
    share_everything(world)
    theirs = ResourceFactory(owner=world.colleagues[1], title="Progression de lecture")
    GrantFactory(resource=theirs, person=world.teacher, given_by=world.colleagues[1].uuid)
    hand_over.offer(by=world.colleagues[1], resource=theirs, to=world.teacher)
    page = open_page(ADDRESSES[name](world), width=width, scheme=scheme, **session_of(world.teacher))
    sound(page)


@pytest.mark.parametrize("name", ["with_me", "by_me", "panel"])
def test_a_pupil_s_page_is_accessible_and_fits(open_page: Any, world: ShareWorld, name: str) -> None:
    mine = ResourceFactory(owner=world.pupils[0], title="Mon dessin")
    GrantFactory(resource=mine, person=world.pupils[1], given_by=world.pupils[0].uuid)
    share_everything(world)
    address = f"/partages/{mine.uuid}/" if name == "panel" else ADDRESSES[name](world)
    sound(open_page(address, width="phone", **session_of(world.pupils[0])))


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_one_shares_from_the_panel_by_keyboard_alone(
    open_page: Any, world: ShareWorld, width: str, scheme: str
) -> None:
    share_everything(world)
    page = open_page("/partages/les-miens/", width=width, scheme=scheme, **session_of(world.teacher))
    opener = page.get_by_role("link", name="Modifier le partage de « Sortie au moulin »")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Partager « Sortie au moulin »")
    dialog.wait_for()
    box = dialog.get_by_role("combobox", name="Ajouter une personne, un groupe, un favori")
    box.focus()
    page.keyboard.type("eleves")
    page.locator(".ct-option").first.wait_for()
    sound(page)
    chosen = page.locator('.ct-option[aria-selected="true"]').get_attribute("data-name")
    page.keyboard.press("ArrowDown")
    assert page.locator('.ct-option[aria-selected="true"]').get_attribute("data-name") != chosen
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert dialog.locator("[data-picked] li").count() == 1
    page.keyboard.type("eleves")
    page.locator(".ct-option").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.get_by_role("listbox", name="Propositions").is_visible()
    assert dialog.is_visible()
    before = Grant.objects.count()
    dialog.get_by_label("Droit", exact=True).select_option("Contribuer")
    assert dialog.get_by_text("Commenter, ajouter et modifier.").first.is_visible()
    dialog.get_by_role("button", name="Partager", exact=True).click()
    page.locator("[data-panel-said]:not(:empty)").wait_for(state="attached")
    sound(page)
    assert Grant.objects.filter(role=Role.CONTRIBUTE).count() == 1
    assert Grant.objects.count() in {before, before + 1}
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.closest('a')?.hasAttribute('data-panel') ?? false")


def test_a_role_changed_in_the_panel_is_kept_and_the_focus_stays(open_page: Any, world: ShareWorld) -> None:
    share_everything(world)
    page = open_page(f"/partages/{world.note.uuid}/", **session_of(world.teacher))
    role = page.get_by_label(f"Droit de {world.manual.name}")
    role.select_option("Gérer")
    page.wait_for_selector("[data-said*='Gérer']", state="attached")
    assert Grant.objects.get(group=world.manual).role == Role.MANAGE
    assert page.get_by_label(f"Droit de {world.manual.name}").input_value() == "4"


def test_without_a_script_one_searches_ticks_and_shares(open_page: Any, world: ShareWorld) -> None:
    page = open_page(
        f"/partages/{world.note.uuid}/", script=False, width="phone", **session_of(world.teacher)
    )
    page.get_by_label("Ajouter une personne, un groupe, un favori").fill("besoins")
    page.get_by_role("button", name="Chercher").first.click()
    page.get_by_label("Besoins lecture").check()
    page.get_by_role("button", name="Partager", exact=True).click()
    page.wait_for_url(f"**/partages/{world.note.uuid}/")
    assert page.get_by_text("C’est partagé").is_visible()
    assert Grant.objects.get().group == world.manual
    page.get_by_label("Droit de Besoins lecture").select_option("Gérer")
    page.get_by_role("button", name="Changer").click()
    page.wait_for_load_state()
    assert Grant.objects.get().role == Role.MANAGE
    page.get_by_role("button", name="Retirer Besoins lecture").click()
    page.wait_for_load_state()
    assert not Grant.objects.exists()


def test_what_is_ticked_is_counted_and_removed_after_a_word(open_page: Any, world: ShareWorld) -> None:
    share_everything(world)
    page = open_page("/partages/les-miens/", width="phone", **session_of(world.teacher))
    bar = page.get_by_role("toolbar", name="Actions sur la sélection")
    assert not bar.is_visible()
    page.get_by_label("Choisir Sortie au moulin").check()
    assert bar.get_by_text("1 choisi").is_visible()
    sound(page)
    bar.get_by_role("button", name="Retirer").click()
    page.get_by_role("button", name="Retirer 5 partages").wait_for()
    sound(page)
    page.get_by_role("button", name="Retirer 5 partages").click()
    page.wait_for_url("**/partages/les-miens/")
    assert not Grant.objects.exists()
