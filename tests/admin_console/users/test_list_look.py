"""The list of accounts in a browser: accessible in both themes, nothing sideways, found as one types."""

from typing import Any

import pytest

from tests.directory.factories import BlockFactory
from tests.directory.worlds import pupil_in, school_world
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
USERS = "/administration/utilisateurs/"


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_the_list_is_accessible_fits_and_answers_as_one_types(open_as: Any, width: str, scheme: str) -> None:
    world = school_world(classes=2, pupils=4)
    found = pupil_in(
        world.classes[0].school_class, first_name="Bernard", last_name="Grolier", activated=False
    )
    BlockFactory(person=world.classes[0].pupils[0])
    page = open_as(world.director, USERS, width=width, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Nom ou identifiant").type("grol")
    page.wait_for_url("**q=grol**")
    assert page.locator(".ct-accounts li").count() == 1
    page.get_by_label(f"Choisir {found.full_name}").check()
    page.get_by_role("toolbar").get_by_role("button", name="Bloquer", exact=True).click()
    page.get_by_text("1 compte sera bloqué.").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Bloquer : 1 compte").click()
    page.get_by_text("En attente").first.wait_for()
    assert violations(page) == []
    assert page.complaints == []
