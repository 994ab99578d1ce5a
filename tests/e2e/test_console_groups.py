"""The guide's zoom « Supprimer des groupes », in its words and order, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest

from directory.models import Group
from sharing.models import Grant
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.directory.worlds import school_world
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import SHELF, known

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_manual_group_is_deleted_with_its_shares_and_resp_affect_gar_cannot_be(
    open_as: Callable[..., Any], live_server: Any
) -> None:
    world = school_world()
    here = world.classes[0]
    ape = GroupFactory(school=world.school, name="APE 2025")
    MembershipFactory(group=ape, person=here.relatives[0])
    shared = ResourceFactory(owner=world.director, title="Kermesse", kind=known(SHELF))
    GrantFactory(to_group=True, group=ape, resource=shared)
    phone = open_as(here.relatives[0], "/partages/", width="phone")
    assert phone.get_by_text("Kermesse").count()

    page = open_as(world.director, "/")
    page.get_by_role("link", name="Console d’administration").first.click()
    tabs = page.get_by_role("navigation", name="Console d’administration")
    tabs.get_by_role("link", name="Groupes", exact=True).click()
    page.get_by_role("link", name="APE 2025").click()
    page.get_by_role("link", name="Supprimer", exact=True).click()
    page.get_by_text("1 partage de 1 production prendra fin pour 1 personne.").wait_for()
    page.get_by_role("button", name="Supprimer le groupe").click()
    page.get_by_text("Le groupe « APE 2025 » est supprimé.").first.wait_for()
    assert page.locator("#groupes").get_by_role("link", name="APE 2025").count() == 0
    assert not Grant.objects.exists()
    # The session that was open sees it at its next request.
    phone.goto(f"{live_server.url}/partages/")
    assert phone.get_by_text("Kermesse").count() == 0

    page.get_by_role("link", name="Resp Affect Gar").click()
    page.get_by_text("gestionnaire d’accès aux ressources").wait_for()
    assert page.get_by_role("link", name="Supprimer", exact=True).count() == 0
    # Whoever comes by the address reads why.
    page.goto(f"{page.url.rstrip('/')}/supprimer/")
    page.get_by_text("Ce groupe ne peut pas être supprimé").wait_for()
    assert page.get_by_role("button", name="Supprimer le groupe").count() == 0
    assert Group.objects.filter(school=world.school, protected=True).exists()
    assert page.complaints == []
