"""The pages of the turn in a browser: accessible in both themes, nothing sideways on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from rollover.models import Turnover
from rollover.services.roll import roll_school
from tests.admin_console.test_look import look
from tests.directory.worlds import school_world
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_the_pages_of_the_turn_are_accessible_and_fit(open_page: Any, width: str, scheme: str) -> None:
    with registered(NOTE, BOX):
        world = school_world(classes=1, pupils=6)
        klass = world.classes[0]
        for number, profile in enumerate(("PUPIL", "RELATIVE", "PUPIL")):
            thing = ResourceFactory(owner=klass.teacher, title=f"Mon lutin de poésies {number}")
            group = klass.school_class.group_set.get(profile=profile)
            GrantFactory(to_group=True, resource=thing, group=group, given_by=klass.teacher.uuid)
        roll_school(school=world.school, year=2027)
        turnover = Turnover.objects.get()
        thing = ResourceFactory(owner=klass.teacher, title="Affiche de la kermesse")
        team = world.school.group_set.get(kind="SCHOOL", profile="TEACHER")
        GrantFactory(to_group=True, resource=thing, group=team, given_by=klass.teacher.uuid)
        pages = [
            reverse("console:turn", args=[world.school.uuid]),
            reverse("console:turn_back", args=[turnover.uuid]),
        ]
        look(open_page, world.director, pages, width, scheme)
        look(open_page, klass.teacher, [reverse("rollover:mine")], width, scheme)
