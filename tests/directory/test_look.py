"""Sign-in and account pages in a browser: accessible, nothing sideways, usable without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts import codes, links
from accounts.models import User
from tests.accounts.factories import PASSWORD, PersonFactory
from tests.directory.factories import BlockFactory
from tests.directory.worlds import school_world
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SESSION = settings.SESSION_COOKIE_NAME

# Who looks, and what: an address, or one made of the person.
PAGES: dict[str, tuple[str | None, Callable[[User], str]]] = {
    "sign_in": (None, lambda p: "/connexion/"),
    "pupil_sign_in": (None, lambda p: "/connexion/eleve/"),
    "activation": (None, lambda p: "/connexion/activation/"),
    "forgotten": (None, lambda p: "/connexion/mot-de-passe-oublie/"),
    "forgotten_sent": (None, lambda p: "/connexion/mot-de-passe-oublie/envoye/"),
    "new_password": (
        None,
        lambda p: f"/connexion/nouveau-mot-de-passe/{p.uuid}/{links.password_token(p)}/",
    ),
    "link_expired": (None, lambda p: "/connexion/courriel/abc/"),
    "confirm_email": (None, lambda p: f"/connexion/courriel/{links.email_token(p, 'a@exemple.fr')}/"),
    "mine": ("relative", lambda p: "/mon-compte/"),
    "mine_pupil": ("pupil", lambda p: "/mon-compte/"),
}


def session_of(client: Client) -> dict[str, str]:
    return {SESSION: client.cookies[SESSION].value}


@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desktop", "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(open_page: Any, name: str, width: str, scheme: str) -> None:
    kind, address = PAGES[name]
    person = PersonFactory(**{kind or "relative": True}, activated=True, email="famille.morel@exemple.fr")
    client = Client()
    client.force_login(person)
    cookies = session_of(client) if kind else {}
    page = open_page(address(User.objects.get(pk=person.pk)), width=width, scheme=scheme, **cookies)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [said for said in page.complaints if "410" not in said] == []


@pytest.mark.parametrize("kind", ["relative", "pupil"])
def test_a_first_sign_in_from_the_letter_to_home(open_page: Any, kind: str) -> None:
    world = school_world()
    person = world.classes[0].relatives[0] if kind == "relative" else world.classes[0].pupils[0]
    User.objects.filter(pk=person.pk).update(password="", activated_at=None, code_open=True)
    page = open_page("/connexion/activation/", width="phone")
    page.get_by_label("Identifiant").fill(person.username.upper())
    page.get_by_label("Code d’activation").fill(codes.printed(codes.code_of(person.uuid, 0)).lower())
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    page.locator("input[name=password]").fill("un velo bleu sous la pluie")
    page.locator("input[name=charter]").check()
    page.get_by_role("button", name="Entrer" if kind == "relative" else "J’entre").click()
    page.wait_for_url("**/")
    assert User.objects.get(pk=person.pk).activated_at is not None


@pytest.mark.parametrize("script", [True, False])
def test_one_signs_in_with_and_without_a_script(open_page: Any, script: bool) -> None:
    person = school_world().classes[0].relatives[0]
    page = open_page("/connexion/?next=/mon-compte/", script=script)
    page.get_by_label("Identifiant").fill(person.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/mon-compte/")
    assert page.get_by_role("heading", name="Mon compte").is_visible()


def test_a_block_is_told_in_a_page_that_is_accessible(open_page: Any) -> None:
    person = school_world().classes[0].teacher
    client = Client()
    client.force_login(person)
    BlockFactory(person=person, message="Passez au bureau de la direction.")
    page = open_page("/mon-compte/", width="phone", **session_of(client))
    assert page.get_by_text("Passez au bureau de la direction.").is_visible()
    assert violations(page) == []


def test_the_way_out_is_told_in_a_page_that_is_accessible(open_page: Any) -> None:
    person = PersonFactory(teacher=True, activated=True, pre_deleted=True)
    client = Client()
    client.force_login(person)
    page = open_page("/", width="phone", **session_of(client))
    assert page.get_by_role("heading", name="Votre compte va être supprimé").is_visible()
    assert violations(page) == []
