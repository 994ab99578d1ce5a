"""The pages of the turn in a browser: accessible in both themes, nothing sideways on a phone."""

from typing import Any

import pytest
from django.urls import reverse

from directory.services import favourites
from rollover.enums import Choice
from rollover.models import Turnover
from rollover.services.decide import Wish, decide
from rollover.services.roll import roll_school
from rollover.year_end import year_end_of
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
        team = world.school.group_set.get(kind="SCHOOL", profile="TEACHER")
        for title in ("Affiche de la kermesse", "Progression de lecture"):
            thing = ResourceFactory(owner=klass.teacher, title=title)
            GrantFactory(to_group=True, resource=thing, group=team, given_by=klass.teacher.uuid)
        pages = [
            reverse("console:turn", args=[world.school.uuid]),
            reverse("console:turn_back", args=[turnover.uuid]),
            reverse("console:turnover", args=[turnover.uuid]),
            reverse("ui:afterlife"),
        ]
        look(open_page, world.director, pages, width, scheme)
        chosen = [
            Wish(resource=line.resource.uuid, place=line.place, choice=Choice.KEEP)
            for line in year_end_of(klass.teacher).lines[:1]
        ]
        decide(by=klass.teacher, wishes=chosen)
        favourites.create(by=klass.teacher, name="Chorale", persons=[klass.pupils[0]])
        look(open_page, klass.teacher, [reverse("rollover:mine")], width, scheme)
