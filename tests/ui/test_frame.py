"""The frame in a browser: a bar on a phone, a rail on a desktop, a pupil's without either."""

from importlib import import_module

import pytest
from django.conf import settings
from django.contrib import auth

from tests.accounts.factories import PersonFactory
from tests.plugins.browser import violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("six_doors"),
]


@pytest.fixture
def open_as(open_page):
    """Opens an address with somebody of this profile signed in: `open_as("teacher", "/plus/")`."""

    def visit(profile, path="/plus/", **given):
        person = PersonFactory(activated=True, **{profile: True})
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[auth.SESSION_KEY] = str(person.pk)
        session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        return open_page(path, sessionid=session.session_key, **given)

    return visit


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
@pytest.mark.parametrize("profile", ["teacher", "pupil"])
def test_the_frame_is_accessible_and_fits(open_as, profile, width, scheme):
    page = open_as(profile, width=width, scheme=scheme)
    page.locator("details.ct-me > summary").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


def test_on_a_phone_the_bar_holds_five_at_the_bottom(open_as):
    page = open_as("relative", width="phone")
    shown = page.locator("nav.ct-nav a:visible")
    assert shown.count() == 5
    assert shown.last.inner_text() == "Plus"
    assert shown.last.get_attribute("aria-current") == "true"
    box = page.locator("nav.ct-nav").bounding_box()
    assert box["y"] + box["height"] == page.viewport_size["height"]
    widths = {round(link.bounding_box()["width"]) for link in shown.all()}
    assert max(widths) - min(widths) <= 1


def test_on_a_desktop_every_door_stands_in_the_rail(open_as):
    page = open_as("teacher")
    shown = page.locator("nav.ct-nav a:visible")
    assert shown.count() == 6
    assert "Plus" not in shown.all_inner_texts()


def test_a_pupil_has_no_list_but_a_way_home(open_as):
    page = open_as("pupil", width="phone")
    assert page.locator("nav.ct-nav").count() == 0
    assert page.get_by_role("link", name="Accueil").first.get_attribute("href") == "/"


def test_dark_is_drawn_at_once_and_kept(open_as):
    page = open_as("teacher")
    page.locator("details.ct-me > summary").click()
    with page.expect_response("**/apparence/") as kept:
        page.locator(".ct-me").get_by_role("button", name="Sombre").click()
    assert kept.value.status == 204
    page.wait_for_function("document.documentElement.dataset.bsTheme === 'dark'")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_without_a_script_dark_is_chosen_all_the_same(open_as):
    page = open_as("teacher", script=False)
    page.locator("main").get_by_role("button", name="Sombre").click()
    page.wait_for_load_state()
    assert page.url.endswith("/plus/")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
