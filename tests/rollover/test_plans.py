"""What a turn, its count and its undo write aside is measured before it is read: the planner that takes one school for
hundreds reads the people and the grants of all, and a school's turn grows with the others."""

from collections.abc import Iterator

import pytest
from django.db import connection

from rollover import plan, undoing
from rollover.models import Turnover
from rollover.services.roll import roll_school
from tests.directory.worlds import SchoolWorld, school_world
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import NOTE, registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    with registered(NOTE):
        yield


@pytest.fixture
def world() -> SchoolWorld:
    world = school_world(classes=1, pupils=3)
    group = world.classes[0].school_class.group_set.get(profile="PUPIL")
    for _ in range(2):
        GrantFactory(to_group=True, resource=ResourceFactory(owner=world.classes[0].teacher), group=group)
    return world


def measured(*names: str) -> dict[str, int]:
    """How many rows the planner knows of these temporary tables; -1 where nobody measured them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, reltuples::int from pg_class where relnamespace = pg_my_temp_schema() and relname = any(%s)",
            [list(names)],
        )
        return dict(cursor.fetchall())


def test_the_planner_knows_how_much_a_turn_ends(world: SchoolWorld) -> None:
    with plan.prepared([(world.school.pk, 2026, 2027)]):
        assert measured("turn_plan", "turn_grant") == {"turn_plan": 1, "turn_grant": 2}


def test_the_planner_knows_how_much_an_undo_puts_back(world: SchoolWorld) -> None:
    roll_school(school=world.school, year=2027)
    turnover = Turnover.objects.get()
    with plan.carried_out([turnover.pk]):
        told = measured("turn_plan", "turn_grant", "turn_member")
        assert (told["turn_plan"], told["turn_grant"]) == (1, 2)
        assert told["turn_member"] > 0
    undoing.plan([turnover])
    assert measured("undo_plan") == {"undo_plan": 1}
