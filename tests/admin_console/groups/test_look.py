"""Groups and rules of communication in a browser: accessible in both themes, nothing sideways on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from directory.enums import Extent, Party
from directory.services import communication
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.directory.worlds import school_world
from tests.plugins.browser import violations
from tests.schools.factories import YEAR
from tests.sharing.factories import GrantFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_groups_and_rules_are_accessible_and_fit(open_as: Any, width: str, scheme: str) -> None:
    world = school_world(classes=2)
    here = world.classes[0]
    group = GroupFactory(school=world.school, name="APE des Tilleuls", year=YEAR - 1, open_to_members=True)
    GroupFactory(school=world.school, name="Conseil des enfants")
    for person in (*here.relatives, *here.pupils):
        MembershipFactory(group=group, person=person)
    here.pupils[0].attachment_set.update(ended_on="2026-10-01")
    GrantFactory(to_group=True, group=group)
    cells = {(Party.RELATIVE, Party.TEACHER): Extent.SCHOOL}
    communication.change(by=world.director, school=world.school, cells=cells)
    names = ["group", "group_members", "group_delete", "group_rename"]
    addresses = [reverse(f"console:{name}") for name in ("groups", "group_new", "groups_clean")]
    addresses += [reverse(f"console:{name}", args=[group.uuid]) for name in names]
    addresses += [reverse(f"console:{name}", args=[world.school.uuid]) for name in ("rules", "rules_reset")]
    addresses.append(reverse("console:person_reach", args=[here.relatives[1].uuid]))
    for address in addresses:
        page = open_as(world.director, address, width=width, scheme=scheme, again=True)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.complaints == [], address
