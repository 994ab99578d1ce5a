"""The door of a class, its teacher's pages and letters in a browser: accessible, nothing sideways."""

from typing import Any

import pytest
from django.core.cache import cache

from directory import class_sheet
from directory.services import class_sheet as service
from tests.directory.worlds import pupil_in, relative_of, school_world
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> Any:
    cache.clear()
    found = school_world(pupils=4)
    found.school.class_year = found.school.running_year = found.classes[0].school_class.year
    found.school.save()
    fresh = pupil_in(found.classes[0].school_class, activated=False)
    relative_of(fresh, activated=False, email="awa@exemple.fr")
    return found


def fits(page: Any) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(
    world: Any, open_page: Any, open_as: Any, width: str, scheme: str
) -> None:
    mine = world.classes[0]
    sheet = service.open_sheet(by=mine.teacher, school_class=mine.school_class, by_day=False)
    given = service.give_pictures(by=mine.teacher, sheet=sheet, pupils=mine.pupils)
    door = f"/connexion/classe/{class_sheet.link_of(sheet.uuid, 0)}/"
    pupil = mine.pupils[0]
    fits(open_page(door, width=width, scheme=scheme))
    fits(open_page(f"{door}{pupil.uuid}/", width=width, scheme=scheme))
    access = f"/annuaire/classe/{mine.school_class.uuid}/connexion/"
    page = open_as(mine.teacher, access, width=width, scheme=scheme)
    fits(page)
    page.get_by_text("Toute la classe").click()
    page.get_by_role("button", name="nouveaux mots de passe").click()
    page.wait_for_load_state("networkidle")
    fits(page)
    fits(open_as(mine.teacher, f"{access}images/{pupil.uuid}/", width=width, scheme=scheme))
    fits(open_as(world.director, "/administration/courriers/", width=width, scheme=scheme))
    assert len(given[pupil.pk]) == 3


def test_a_child_enters_by_the_keyboard_without_a_script(world: Any, open_page: Any) -> None:
    mine = world.classes[0]
    sheet = service.open_sheet(by=mine.teacher, school_class=mine.school_class, by_day=False)
    pupil = mine.pupils[0]
    given = service.give_pictures(by=mine.teacher, sheet=sheet, pupils=[pupil])[pupil.pk]
    page = open_page(f"/connexion/classe/{class_sheet.link_of(sheet.uuid, 0)}/", width="phone", script=False)
    page.get_by_role("link", name=pupil.first_name).press("Enter")
    for picture in given:
        page.get_by_role("button", name=picture.label, exact=True).press("Enter")
    page.wait_for_url("**/")
    page.goto(page.url + "annuaire/")
    assert pupil.first_name in page.content()
