"""A person's page, its confirmations and the grid of classes in a browser: accessible, nothing sideways."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory, SchoolClassFactory
from tests.directory.worlds import school_world
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_the_pages_of_a_person_are_accessible_and_fit(open_as: Any, width: str, scheme: str) -> None:
    world = school_world(classes=5, pupils=1, name="École Rosa-Parks", city="Villeaubin")
    person = PersonFactory(teacher=True, activated=True, first_name="Bernard", last_name="Grolier")
    for school in (world.school, school_world(name="École Marie-Curie", city="Villecelles").school):
        AttachmentFactory(person=person, school=school, by_hand=True)
    SchoolClassFactory(school=world.school, last_year=True, label="CM2 Jaune")
    pages = [
        reverse(f"console:{name}", args=[person.uuid])
        for name in ("user", "user_pre_delete", "user_block", "user_code", "user_edit")
    ]
    pages.append(reverse("console:user", args=[world.classes[0].pupils[0].uuid]))
    pages.append(
        reverse(
            "console:user_tie", args=[world.classes[0].pupils[0].uuid, world.classes[0].relatives[0].uuid]
        )
    )
    pages.append(reverse("console:user_detach", args=[person.uuid, world.school.uuid]))
    pages += [reverse("console:user_new") + "?profil=parent", reverse("console:classes")]
    page = open_as(world.director, pages[0], width=width, scheme=scheme)
    origin = page.url.removesuffix(pages[0])
    for number, address in enumerate(pages):
        page.goto(origin + address)
        if os.environ.get("CARD_SHOTS"):
            page.screenshot(
                path=Path(os.environ["CARD_SHOTS"]) / f"card-{width}-{number}.png", full_page=True
            )
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert page.complaints == []
