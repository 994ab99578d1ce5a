"""The rule of rights and its querysets say the same, whatever the world; their number of queries is fixed."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from directory.models import Group
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.querysets import (
    few_within,
    last_givers,
    last_shared,
    managed_by,
    reach_of,
    role_on,
    shared_by,
    shared_with,
    visible_to,
)
from sharing.rules import Act, Given, may, role_of
from sharing.services.resources import owner_of
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, BlockFactory, GroupFactory, MembershipFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.sharing.factories import NOW, GrantFactory, ResourceFactory
from tests.sharing.worlds import sharing_world

pytestmark = pytest.mark.django_db


def by_rule(person: User, resource: Resource) -> Role | None:
    """The rule, with all that it asks read plainly."""
    above = list(Resource.objects.filter(pk__in=resource.ancestors).select_related("owner_school"))
    grants = [
        Given(role=Role(g.role), person=g.person_id, group=g.group_id)
        for g in Grant.objects.filter(resource_id__in=resource.chain)
    ]
    return role_of(
        reach_of(person),
        owner_of(resource),
        grants,
        above=[owner_of(each) for each in above],
        trashed=resource.trashed_at is not None,
    )


class Worlds(TestCase):
    """Random things, folders in folders, owned by people and schools, granted to people and groups."""

    def setUp(self) -> None:
        first, second = school_world(classes=1, pupils=1), school_world(classes=1, pupils=1)
        self.people = [*everybody(first), *everybody(second)]
        self.people += [PersonFactory(teacher=True), PersonFactory(teacher=True, pre_deleted=True)]
        self.schools = [first.school, second.school]
        manual = GroupFactory(school=first.school)
        for person in self.people[::3]:
            MembershipFactory(group=manual, person=person)
        AdministratorFactory(person=self.people[-2], of_platform=True)
        BlockFactory(of_profile=True, school=second.school, profile="RELATIVE")
        self.groups = list(Group.objects.select_related("school", "school_class").order_by("pk"))

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_the_rule_and_the_queryset_agree_on_every_right(self, data: st.DataObject) -> None:
        made: list[Resource] = []
        for _ in range(data.draw(st.integers(2, 8))):
            parent = data.draw(st.sampled_from([None, *made]))
            school = data.draw(st.sampled_from([None, None, None, *self.schools]))
            owner = {"owner": None, "owner_school": school} if school else {"owner": self.a_person(data)}
            made.append(ResourceFactory(parent=parent, trashed=data.draw(st.booleans()), **owner))
        for _ in range(data.draw(st.integers(0, 10))):
            self.grant(data, data.draw(st.sampled_from(made)))
        for person in self.people:
            expected = {r.pk: role for r in made if (role := by_rule(person, r)) is not None}
            found = dict(visible_to(person).values_list("pk", "my_role"))
            assert found == expected, (person, person.profile)
            few = few_within(reach_of(person), [r.kind for r in made])
            near = visible_to(person, reach_of(person).at_hand).filter(trashed_at__isnull=True)
            assert {each.pk: each.role for each in few} == dict(near.values_list("pk", "my_role"))
            assert all(each.chain == set(Resource.objects.get(pk=each.pk).chain) for each in few)
            assert set(managed_by(person)) == {r for r in made if expected.get(r.pk) == Role.MANAGE}
            assert [role_on(person, r) for r in made] == [expected.get(r.pk) for r in made]

    def a_person(self, data: st.DataObject) -> User:
        return data.draw(st.sampled_from(self.people))

    def grant(self, data: st.DataObject, resource: Resource) -> None:
        role = data.draw(st.sampled_from(Role))
        if data.draw(st.booleans()):
            person = self.a_person(data)
            if not resource.grants.filter(person=person).exists():
                GrantFactory(resource=resource, person=person, role=role)
        else:
            group = data.draw(st.sampled_from(self.groups))
            if not resource.grants.filter(group=group).exists():
                GrantFactory(resource=resource, to_group=True, group=group, role=role)


def everybody(world: SchoolWorld) -> list[User]:
    here = world.classes[0]
    return [world.director, here.teacher, *here.pupils, *here.relatives]


def test_each_role_allows_what_those_below_allow() -> None:
    allowed = [{act for act in Act if may(role, act)} for role in Role]
    for lower, higher in pairwise(allowed):
        assert lower < higher
    assert not any(may(None, act) for act in Act)


def test_the_pre_deleted_see_nothing_and_once_restored_all_again() -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, person=world.pupil)
    for gone, seen in ((NOW.date(), False), (None, True)):
        world.pupil.absent_since = world.pupil.pre_deleted_on = gone
        world.pupil.save(update_fields=["absent_since", "pre_deleted_on"])
        assert visible_to(world.pupil).exists() is seen
        assert shared_with(world.pupil).exists() is seen


def test_a_relative_reaches_nothing_through_a_child_who_is_pre_deleted_or_in_a_school_closed_to_them() -> (
    None
):
    world = sharing_world()
    relative = world.here.relatives[0]
    GrantFactory(resource=world.folder, to_group=True, group=world.group("RELATIVE"))
    named = GrantFactory(person=relative).resource
    assert visible_to(relative).count() == 3
    block = BlockFactory(of_profile=True, school=world.school, profile="RELATIVE")
    assert list(visible_to(relative)) == [named]
    block.delete()
    world.pupil.absent_since = world.pupil.pre_deleted_on = NOW.date()
    world.pupil.save(update_fields=["absent_since", "pre_deleted_on"])
    assert list(visible_to(relative)) == [named]


def test_shared_with_me_holds_each_thing_once_and_none_of_mine() -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, person=world.pupil, role=Role.READ)
    late = GrantFactory(
        resource=world.folder,
        to_group=True,
        group=world.group(),
        role=Role.COMMENT,
        given_at=NOW.replace(hour=20),
    )
    ResourceFactory(owner=world.pupil)
    GrantFactory(resource=ResourceFactory(trashed=True), person=world.pupil)
    (found,) = shared_with(world.pupil)
    assert (found, found.my_role, found.shared_at, found.shared_by) == (
        world.folder, Role.COMMENT, late.given_at, late.given_by,
    )  # fmt: skip


def test_what_i_share_tells_its_grantees_and_what_ends_with_the_year() -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, person=world.director, role=Role.MANAGE)
    GrantFactory(resource=world.folder, to_group=True, group=world.group())
    for person in (world.teacher, world.director):
        (found,) = shared_by(person)
        assert (found, found.persons, found.groups, found.ends_with_year) == (world.folder, 1, 1, 1)


@pytest.mark.parametrize("many", [3, 200])
def test_the_last_shared_are_those_of_the_whole_list(many: int) -> None:
    world = sharing_world()
    for n in range(many):
        at = NOW.replace(minute=n % 60, second=(n * 7) % 60)
        resource = ResourceFactory(owner=world.teacher, trashed=n % 9 == 0)
        if n % 3:
            GrantFactory(resource=resource, person=world.pupil, given_at=at)
        if n % 2:
            GrantFactory(resource=resource, to_group=True, group=world.group(), given_at=at)
    reach = reach_of(world.pupil)
    whole = list(shared_with(world.pupil, reach))
    got: list[Any] = []
    while part := last_shared(
        shared_with(world.pupil, reach),
        reach,
        count=7,
        after=(got[-1].shared_at, got[-1].pk) if got else None,
    ):
        got += part
    assert got == whole
    assert last_givers(reach) >= {each.shared_by for each in whole[:20]}


def measured(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()
    return len(asked)


def fill(resource: Resource, count: int) -> None:
    people = User.objects.bulk_create(
        User(
            profile="PUPIL",
            first_name="P",
            last_name="F",
            login_base="p.f",
            login_number=n,
            username=f"p.f{n}",
        )
        for n in range(count)
    )
    origins = [{"by": "name", "role": 1}]
    Grant.objects.bulk_create(
        Grant(resource=resource, person=p, role=1, given_by=p.uuid, given_at=NOW, origins=origins)
        for p in people
    )


@pytest.mark.parametrize("ask", [
    lambda person, reach: list(visible_to(person, reach).order_by("-changed_at")[:50]),
    lambda person, reach: last_shared(shared_with(person, reach), reach, count=50),
    lambda person, reach: list(shared_by(person, reach)[:50]),
])  # fmt: skip
def test_a_list_with_its_rights_is_the_same_queries_with_one_row_and_two_hundred(ask: Any) -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, person=world.director, role=Role.MANAGE)
    reach = reach_of(world.director)
    one = measured(lambda: ask(world.director, reach))
    for n in range(200):
        resource, at = ResourceFactory(owner=world.teacher), NOW + timedelta(minutes=n)
        GrantFactory(resource=resource, person=world.director, role=Role.MANAGE, given_at=at)
    assert measured(lambda: ask(world.director, reach)) == one <= 2


def test_a_right_is_one_query_by_indexes_at_one_grant_and_ten_thousand() -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, to_group=True, group=world.group())
    reach = reach_of(world.pupil)
    assert measured(lambda: role_on(world.pupil, world.note, reach)) == 1
    fill(world.folder, 10_000)
    with connection.cursor() as cursor:
        cursor.execute("analyze sharing_grant, sharing_resource")
    assert measured(lambda: role_on(world.pupil, world.note, reach)) == 1
    plan = visible_to(world.pupil, reach).filter(uuid=world.note.uuid).explain()
    assert "Seq Scan on sharing_grant" not in plan
    assert role_on(world.pupil, world.note, reach) == Role.READ
