"""The pages of the school in a browser: accessible in both themes, nothing sideways on a phone."""

import os
from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from accounts.enums import Profile
from core import clock
from directory.models import Group
from directory.services.blocks import block_profile
from directory.services.school_settings import set_message, set_quiet
from tests.directory.worlds import school_world
from tests.plugins.browser import violations
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import SHELF, known

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("CARTABLE_SHOTS", "")
SECTIONS = (
    "manage", "blocks", "identity", "school_feeds", "administrators", "applications", "quotas", "quiet",
    "school_messages", "reach", "left_things", "audit",
)  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_a_school_s_pages_are_accessible_and_fit(
    open_as: Any, live_server: Any, width: str, scheme: str
) -> None:
    world = school_world(pupils=3)
    me, school = world.director, world.school
    block_profile(by=me, school=school, profile=Profile.PUPIL, reason="Avant la rentrée")
    set_message(by=me, school=school, text="Portes ouvertes samedi.", until=clock.today().replace(year=2030))
    set_quiet(by=me, school=school, on=True, starts=time(19), ends=time(7, 30), weekends=False)
    left = ResourceFactory(owner=None, owner_school=school, title="Poésies de l’année", kind=known(SHELF))
    GrantFactory(resource=left, to_group=True, group=Group.objects.filter(school=school, profile="PUPIL")[0])
    addresses = {name: reverse(f"console:{name}") for name in SECTIONS}
    addresses["block"] = reverse("console:block_details", args=["parents"])
    addresses["found"] = f"{addresses['administrators']}?q={world.classes[0].teacher.last_name}"
    addresses["home"] = "/"
    page = open_as(me, addresses["manage"], width=width, scheme=scheme)
    for name, address in addresses.items():
        page.goto(live_server.url + address)
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/school-{name}-{width}.png", full_page=True)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert page.complaints == []
