"""The rules of communication of a school: what it may change, what nobody can, and that they hold."""

import pytest

from accounts.models import User
from core.models import AuditEntry
from directory.communication import CELLS, defaults
from directory.enums import Extent, Party
from directory.errors import NotYours, RuleOutOfBounds
from directory.models import CommunicationRule
from directory.querysets import groups_addressable_by, people_visible_to
from directory.querysets.communication import matrix_of
from directory.reach import reach_told, why_reaches
from directory.services import communication
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    CommunicationRuleFactory,
    TieRestrictionFactory,
)
from tests.directory.worlds import SchoolWorld, relative_of, school_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=2)


def put(world: SchoolWorld, who: Party, whom: Party, extent: Extent) -> None:
    communication.change(by=world.director, school=world.school, cells={(who, whom): extent})


def finds(person: User, other: User) -> bool:
    return people_visible_to(person).filter(pk=other.pk).exists()


def groups_of(person: User) -> set[tuple[str, str | None, bool]]:
    """Kind, profile, and whether of a class."""
    return {(g.kind, g.profile, g.school_class_id is not None) for g in groups_addressable_by(person)}


def test_families_may_be_let_write_to_the_whole_team(world: SchoolWorld) -> None:
    mine, other = world.classes
    relative = mine.relatives[0]
    assert not finds(relative, other.teacher)
    put(world, Party.RELATIVE, Party.TEACHER, Extent.SCHOOL)
    assert finds(relative, other.teacher)
    assert ("SCHOOL", "TEACHER", False) in groups_of(relative)
    assert not finds(relative, other.relatives[0])


def test_a_school_may_lead_families_through_its_direction(world: SchoolWorld) -> None:
    mine = world.classes[0]
    relative = mine.relatives[0]
    put(world, Party.RELATIVE, Party.TEACHER, Extent.NOBODY)
    assert not finds(relative, mine.teacher)
    assert finds(relative, world.director)
    assert groups_of(relative) == {("DIRECTION", None, False)}


def test_teachers_may_be_kept_to_the_families_of_their_classes_but_never_the_direction(
    world: SchoolWorld,
) -> None:
    mine, other = world.classes
    for whom in (Party.PUPIL, Party.RELATIVE):
        put(world, Party.TEACHER, whom, Extent.CLASS)
    for near, far in ((mine.pupils[0], other.pupils[0]), (mine.relatives[0], other.relatives[0])):
        assert finds(mine.teacher, near)
        assert not finds(mine.teacher, far)
        assert finds(world.director, far)
    assert ("SCHOOL", "RELATIVE", False) not in groups_of(mine.teacher)
    assert ("CLASS", "RELATIVE", True) in groups_of(mine.teacher)


def test_after_school_staff_may_write_to_teachers_and_to_nobody_else(world: SchoolWorld) -> None:
    guest = PersonFactory(guest=True)
    AttachmentFactory(person=guest, school=world.school)
    mine = world.classes[0]
    put(world, Party.GUEST, Party.TEACHER, Extent.SCHOOL)
    assert finds(guest, mine.teacher)
    assert not finds(guest, mine.pupils[0])
    assert not finds(guest, mine.relatives[0])


def test_between_relatives_the_rule_is_the_setting_of_the_school(world: SchoolWorld) -> None:
    mine, other = world.classes[0].relatives
    put(world, Party.RELATIVE, Party.RELATIVE, Extent.CLASS)
    world.school.refresh_from_db()
    assert world.school.relatives_reach_relatives
    assert not CommunicationRule.objects.exists()
    assert finds(mine, other)
    communication.reset(by=world.director, school=world.school)
    assert not finds(mine, other)


def test_a_limited_tie_leaves_the_direction_alone_whatever_the_school_opens(world: SchoolWorld) -> None:
    me, child = world.classes[0].relatives[0], world.classes[0].pupils[0]
    TieRestrictionFactory(relative=me, pupil=child)
    put(world, Party.RELATIVE, Party.TEACHER, Extent.SCHOOL)
    assert set(people_visible_to(me)) == {me, world.director}


@pytest.mark.parametrize("key", [key for key, cell in CELLS.items() if cell.fixed])
def test_what_no_school_can_change_is_refused_and_a_row_past_the_bounds_is_not_read(
    key: tuple[Party, Party], world: SchoolWorld
) -> None:
    cell = CELLS[key]
    assert cell.why, "the page says why"
    other = Extent.SCHOOL if cell.default == Extent.NOBODY else Extent.NOBODY
    with pytest.raises(RuleOutOfBounds, match=cell.why[:20]):
        put(world, *key, other)
    CommunicationRuleFactory(school=world.school, who=key[0], whom=key[1], extent=other)
    assert matrix_of(world.school) == defaults()


def test_pupils_never_reach_the_relatives_of_others_and_relatives_never_other_pupils(
    world: SchoolWorld,
) -> None:
    for key, cell in CELLS.items():
        put(world, *key, cell.choices[-1])
    mine, other = world.classes
    for relative in (*mine.relatives[1:], *other.relatives):
        assert not finds(mine.pupils[0], relative)
    for pupil in (*mine.pupils[1:], *other.pupils):
        assert not finds(mine.relatives[0], pupil)
    assert not finds(mine.relatives[0], other.relatives[0])


def test_whoever_closes_everything_closes_neither_the_family_nor_the_direction(world: SchoolWorld) -> None:
    for key, cell in CELLS.items():
        put(world, *key, cell.choices[0])
    mine = world.classes[0]
    assert set(people_visible_to(mine.relatives[0])) == {mine.relatives[0], mine.pupils[0], world.director}
    assert set(people_visible_to(mine.pupils[0])) == {mine.pupils[0], mine.relatives[0]}


def test_another_school_s_rules_are_its_own(world: SchoolWorld) -> None:
    there = school_world()
    relative = relative_of(world.classes[0].pupils[0], there.classes[0].pupils[0])
    put(world, Party.RELATIVE, Party.TEACHER, Extent.NOBODY)
    assert not finds(relative, world.classes[0].teacher)
    assert finds(relative, there.classes[0].teacher)
    with pytest.raises(NotYours):
        communication.change(by=there.director, school=world.school, cells={})


def test_a_change_is_kept_as_a_difference_and_in_the_log(world: SchoolWorld) -> None:
    key = (Party.PUPIL, Party.PUPIL)
    put(world, *key, Extent.NOBODY)
    put(world, *key, Extent.NOBODY)
    assert CommunicationRule.objects.count() == 1
    put(world, *key, Extent.CLASS)
    assert not CommunicationRule.objects.exists()
    entries = AuditEntry.objects.filter(verb="communication.changed").order_by("pk")
    assert [(e.before, e.after) for e in entries] == [
        ({"PUPIL>PUPIL": "CLASS"}, {"PUPIL>PUPIL": "NOBODY"}),
        ({"PUPIL>PUPIL": "NOBODY"}, {"PUPIL>PUPIL": "CLASS"}),
    ]
    assert all(e.school == world.school.uuid and e.actor == world.director.uuid for e in entries)


def test_reach_is_told_with_its_reasons(world: SchoolWorld) -> None:
    mine, other = world.classes
    relative, child = mine.relatives[0], mine.pupils[0]
    told = reach_told(relative)
    assert next(reason.who for reason in told.people) == child.full_name
    assert any(child.first_name in reason.why for reason in told.people)
    assert {line.group.pk for line in told.groups} == set(
        groups_addressable_by(relative).values_list("pk", flat=True)
    )
    assert all(line.why for line in told.groups)
    assert why_reaches(relative, mine.teacher)
    assert why_reaches(relative, other.teacher) == []
    put(world, Party.RELATIVE, Party.TEACHER, Extent.SCHOOL)
    assert why_reaches(relative, other.teacher)


def test_reach_is_told_in_as_many_queries_for_few_as_for_many(world: SchoolWorld) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(person: User) -> int:
        with CaptureQueriesContext(connection) as queries:
            reach_told(person)
        return len(queries)

    few = asked(world.director)
    big = school_world(classes=30, pupils=1, academy=world.school.academy)
    AdministratorFactory(person=world.director, school=big.school)
    AttachmentFactory(person=world.director, school=big.school)
    assert asked(world.director) == few
