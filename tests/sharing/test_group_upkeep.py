"""The groups of a school: their marks, what a deletion ends, their cleaning; pages and API read the same."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from directory.enums import GroupKind
from directory.errors import NotYours
from directory.models import Attachment, Group
from directory.querysets import members_of
from directory.services import groups as service
from sharing.enums import Reason
from sharing.group_upkeep import Act, GroupFilters, Mark, cleanings_of, ending_of, lines_of, narrowed
from sharing.models import Grant, Withdrawal
from sharing.services.clean_groups import clean_groups
from tests.directory.factories import GroupFactory, MembershipFactory, SchoolClassFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.schools.factories import YEAR
from tests.sharing.factories import GrantFactory

pytestmark = pytest.mark.django_db
LEFT_ON = date(2026, 10, 15)


@pytest.fixture
def world() -> SchoolWorld:
    return school_world()


def manual(world: SchoolWorld, name: str, *people: User, shared: int = 0, **traits: Any) -> Group:
    group = GroupFactory(school=world.school, name=name, **traits)
    for person in people:
        MembershipFactory(group=group, person=person)
    for _ in range(shared):
        GrantFactory(to_group=True, group=group)
    return group


def leave(*people: User) -> None:
    Attachment.objects.filter(person__in=people).update(ended_on=LEFT_ON)


def marks(group: Group) -> frozenset[Mark]:
    found = Group.objects.select_related("school", "school_class").get(pk=group.pk)
    return lines_of([found])[0].marks


def names(world: SchoolWorld, **filters: str) -> list[str]:
    found = narrowed(Group.objects.filter(school=world.school), GroupFilters(**filters))
    return [group.label for group in found]


def test_groups_are_marked_when_they_call_for_a_look(world: SchoolWorld) -> None:
    pupil = world.classes[0].pupils[0]
    assert marks(manual(world, "Chorale", pupil)) == frozenset()
    assert marks(manual(world, "Vide")) == {Mark.UNUSED}
    assert marks(manual(world, "Vide mais partagé", shared=1)) == frozenset()
    assert marks(manual(world, "APE", pupil, year=YEAR - 1)) == {Mark.PAST}
    assert marks(Group.objects.get(school=world.school, protected=True)) == frozenset()
    gone = manual(world, "Partis", pupil)
    leave(pupil)
    assert marks(gone) == {Mark.LEFT}
    assert set(names(world, mark=Mark.LEFT)) == {"APE", "Chorale", "Partis"}
    assert names(world, mark=Mark.UNUSED) == ["Vide"]
    assert names(world, mark=Mark.PAST) == ["APE"]


def test_a_class_of_a_past_year_is_shown_by_its_mark_alone(world: SchoolWorld) -> None:
    past = GroupFactory(
        of_class=True, school_class=SchoolClassFactory(school=world.school, last_year=True, label="CE2 Z")
    )
    assert past.label not in names(world)
    assert names(world, mark=Mark.PAST) == [past.label]
    assert marks(past) == {Mark.PAST}
    assert not cleanings_of(Group.objects.filter(pk=past.pk))


def test_groups_are_filtered_and_manual_ones_come_first_by_name(world: SchoolWorld) -> None:
    manual(world, "Équipe de soutien")
    manual(world, "chorale")
    assert names(world, kind="manual") == ["chorale", "Équipe de soutien", "Resp Affect Gar"]
    assert names(world)[:3] == names(world, kind="manual")
    assert names(world, typed="equipe sou") == ["Équipe de soutien"]
    school_class = world.classes[0].school_class
    assert len(names(world, school_class=str(school_class.uuid))) == 3
    assert len(names(world, school_class=str(school_class.uuid), profile="PUPIL")) == 1
    assert not names(world, kind="manual", profile="PUPIL")


def test_a_deletion_says_what_it_ends_and_ends_it(world: SchoolWorld) -> None:
    here = world.classes[0]
    group = manual(world, "APE", *here.relatives, shared=3)
    other = GrantFactory(to_group=True, group=manual(world, "Chorale"))
    ending = ending_of(group)
    assert (ending.shares, ending.things, ending.people) == (3, 3, 2)
    service.delete_group(by=world.director, group=group)
    assert list(Grant.objects.all()) == [other]
    assert Withdrawal.objects.get().reason == Reason.GROUP_DELETED


def test_cleaning_proposes_at_once_what_nobody_of_the_school_loses_by(world: SchoolWorld) -> None:
    gone, stays = world.classes[0].pupils
    manual(world, "Vide")
    manual(world, "Chorale", gone, stays)
    manual(world, "APE", stays, shared=2, year=YEAR - 1)
    leave(gone)
    found = cleanings_of(Group.objects.filter(school=world.school))
    assert [(each.line.group.name, each.act, each.people, each.shares, each.offered) for each in found] == [
        ("APE", Act.DELETE, 1, 2, False),
        ("Chorale", Act.TAKE_OUT, 1, 0, True),
        ("Vide", Act.DELETE, 0, 0, True),
    ]


def test_what_is_chosen_is_cleaned_and_nothing_else(world: SchoolWorld) -> None:
    gone, stays = world.classes[0].pupils
    empty, choir = manual(world, "Vide"), manual(world, "Chorale", gone, stays)
    old = manual(world, "APE", stays, shared=2, year=YEAR - 1)
    leave(gone)
    scope = Group.objects.filter(school=world.school)
    keys = [each.key for each in cleanings_of(scope) if each.offered]
    done = clean_groups(by=world.director, groups=scope, keys=[*keys, "delete:nobody"])
    assert (done.deleted, done.taken_out, done.skipped) == (["Vide"], 1, 1)
    assert not Group.objects.filter(pk=empty.pk).exists()
    assert set(members_of([choir])) == {stays}
    assert Grant.objects.filter(group=old).count() == 2


def test_only_the_school_s_administrators_clean_its_groups(world: SchoolWorld) -> None:
    group = manual(world, "Vide")
    scope = Group.objects.filter(school=world.school)
    keys = [each.key for each in cleanings_of(scope)]
    with pytest.raises(NotYours):
        clean_groups(by=school_world().director, groups=scope, keys=keys)
    assert Group.objects.filter(pk=group.pk).exists()


def test_a_group_kept_for_the_year_is_marked_no_more(world: SchoolWorld) -> None:
    group = manual(world, "APE", world.director, year=YEAR - 1)
    group.school.refresh_from_db()
    service.keep_group(by=world.director, group=group)
    assert marks(group) == frozenset()


def test_a_new_group_bears_the_running_year(world: SchoolWorld) -> None:
    group = service.create_group(by=world.director, school=world.school, name="Chorale")
    assert (group.year, group.kind) == (YEAR, GroupKind.MANUAL)


def test_lines_and_cleaning_cost_as_much_for_one_as_for_two_hundred(world: SchoolWorld) -> None:
    scope = Group.objects.filter(school=world.school)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            lines_of(list(narrowed(scope, GroupFilters())))
            cleanings_of(scope)
        return len(queries)

    manual(world, "Une", world.director, year=YEAR - 1)
    few = asked()
    for number in range(200):
        MembershipFactory(group=manual(world, f"Groupe {number}", year=YEAR - 1), person=world.director)
    assert asked() == few == 9
