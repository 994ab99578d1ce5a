"""A director prepares the new school year: the checklist, the lists that it leads to, what ticks itself."""

from collections.abc import Callable
from typing import Any

import pytest

from directory.models import Group
from schools.models import ItemSeen
from tests.admin_console.season import worlds
from tests.directory.factories import GroupFactory
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_director_goes_through_the_checklist(
    open_as: Callable[..., Any], live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The site runs in another thread: a clock that the whole process starts at.
    monkeypatch.setenv("CARTABLE_NOW", worlds.MORNING.isoformat())
    world = worlds.settled()
    for name in ("APE 2025", "Chorale 2025"):
        GroupFactory(school=world.school, name=name, year=2025)
    worlds.account_by_hand(world)
    worlds.teacher_left(world)
    worlds.awaited_class(world)

    page = open_as(world.director, "/")
    page.get_by_role("link", name="Préparer la rentrée").first.click()
    page.get_by_role("heading", name="Il reste 4 points à régler.").wait_for()
    assert violations(page) == []

    def line(words: str) -> Any:
        return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=words))

    # What it counts is what its list shows.
    groups = line("Supprimer les groupes manuels")
    assert groups.get_by_text("2 groupes d’années passées").count() == 1
    groups.get_by_role("link", name="Trier").click()
    page.get_by_role("link", name="Chorale 2025").wait_for()
    assert page.locator("#groupes").get_by_role("link", name="2025").count() == 2
    page.get_by_role("link", name="APE 2025").click()
    page.get_by_role("link", name="Supprimer", exact=True).click()
    page.get_by_role("button", name="Supprimer le groupe").click()
    page.get_by_text("Le groupe « APE 2025 » est supprimé.").first.wait_for()
    Group.objects.filter(name="Chorale 2025").delete()

    page.goto(f"{live_server.url}/administration/rentree/")
    page.get_by_role("heading", name="Il reste 3 points à régler.").wait_for()
    assert line("Supprimer les groupes manuels").get_attribute("data-state") == "done"

    teachers = line("Détacher les enseignants partis")
    assert teachers.get_by_text("1 enseignant absent de l’alimentation").count() == 1
    teachers.get_by_role("link", name="Vérifier").click()
    page.get_by_text("1 compte").first.wait_for()
    page.go_back()

    # An account made by hand may stay: somebody says why, and it is open no more.
    by_hand = line("Supprimer les anciens comptes manuels")
    by_hand.get_by_text("C’est vu").click()
    by_hand.get_by_label("Pourquoi, en quelques mots").fill("L’animatrice de la garderie")
    by_hand.get_by_role("button", name="Marquer comme vu").click()
    page.get_by_role("heading", name="Il reste 2 points à régler.").wait_for()
    assert by_hand.get_by_text("L’animatrice de la garderie").count() == 1
    assert ItemSeen.objects.get().reason == "L’animatrice de la garderie"
    # What arrives by itself asks nothing of anybody.
    assert line("Classes de l’an dernier").get_by_text("CM2 B").count() == 1

    for width, scheme in (("phone", "dark"), ("desktop", "light")):
        seen = open_as(world.director, "/administration/rentree/", width=width, scheme=scheme)
        assert violations(seen) == []
        assert seen.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert seen.complaints == []
    assert page.complaints == []
