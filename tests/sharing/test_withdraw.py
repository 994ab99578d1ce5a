"""Shares that end together are set aside, and come back exactly."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from core import clock, invariants
from directory.models import Group
from directory.services import groups
from sharing import lifetime
from sharing.enums import Reason, Role
from sharing.lifetime import Mark
from sharing.models import Grant, LostTitle, Withdrawal
from sharing.querysets import role_on
from sharing.services import resources, share
from sharing.services.withdraw import KEPT, forget_old, restore, withdraw, withdraw_relation
from sharing.tasks import forget_withdrawals
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.schools.factories import SchoolFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.worlds import sharing_world

pytestmark = pytest.mark.django_db


def rows() -> list[dict[str, Any]]:
    return list(Grant.objects.order_by("pk").values())


def test_a_withdrawal_undone_leaves_every_grant_as_it_was() -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, group=world.group(), to_group=True, role=Role.COMMENT)
    GrantFactory(resource=world.note, person=world.pupil)
    before = rows()
    made = withdraw(grants=Grant.objects.all(), reason=Reason.ROLLOVER, by=None, school=world.school)
    assert made is not None
    assert (rows(), role_on(world.pupil, world.note)) == ([], None)
    assert made.grants.count() == 2
    done = restore(withdrawals=[made], by=world.director)
    assert (done.count, done.lost) == (2, [])
    assert rows() == before
    assert restore(withdrawals=[made], by=world.director).count == 0
    made.refresh_from_db()
    assert made.restored_by == world.director.uuid
    assert [b.invariant.name for b in invariants.run_all() if b.invariant.name.startswith("sharing.")] == []


def test_withdrawing_nothing_writes_nothing() -> None:
    assert withdraw(grants=Grant.objects.none(), reason=Reason.REMOVED, by=None) is None
    assert withdraw(grants=Grant.objects.filter(pk=-1), reason=Reason.REMOVED, by=None) is None
    assert not Withdrawal.objects.exists()


def test_what_no_longer_exists_is_named_and_the_rest_comes_back() -> None:
    world = sharing_world()
    chorale = GroupFactory(school=world.school)
    kept = GrantFactory(resource=world.note, person=world.pupil)
    GrantFactory(resource=ResourceFactory(title="Supprimée", owner=world.teacher), person=world.pupil)
    GrantFactory(resource=world.folder, group=chorale, to_group=True)
    made = withdraw(grants=Grant.objects.all(), reason=Reason.ROLLOVER, by=None)
    assert made is not None
    resources.forget(
        [made.grants.exclude(resource_id__in=[world.note.pk, world.folder.pk]).get().resource_id]
    )
    chorale.delete()
    done = restore(withdrawals=[made], by=None)
    assert (done.count, done.lost) == (1, ["Dossier de lecture", "Supprimée"])
    assert [row["id"] for row in rows()] == [kept.pk]


def test_what_was_shared_again_meanwhile_keeps_the_higher_right_and_both_origins() -> None:
    world = sharing_world()
    GrantFactory(resource=world.note, person=world.pupil, role=Role.CONTRIBUTE)
    made = withdraw(grants=Grant.objects.all(), reason=Reason.ROLLOVER, by=None)
    assert made is not None
    share.share(by=world.teacher, resource=world.note, persons=[world.pupil], role=Role.READ)
    assert restore(withdrawals=[made], by=None).count == 1
    grant = Grant.objects.get()
    assert grant.role == Role.CONTRIBUTE
    assert {"by": "name", "role": 3} in grant.origins


def test_a_relation_withdraws_for_many_schools_a_withdrawal_each_and_causes_bring_back() -> None:
    causes = [uuid4(), uuid4()]
    schools = [SchoolFactory(), SchoolFactory()]
    given = [GrantFactory() for _ in range(5)]
    spared = GrantFactory()
    with connection.cursor() as cursor:
        cursor.execute("create temporary table ends (grant_id bigint, school_id bigint, cause uuid)")
        cursor.executemany(
            "insert into ends values (%s, %s, %s)",
            [[grant.pk, schools[n % 2].pk, causes[n % 2]] for n, grant in enumerate(given)],
        )
    made = withdraw_relation(relation="ends", reason=Reason.ROLLOVER, by=None)
    assert {(each.school_id, each.cause) for each in made} == {
        (school.pk, cause) for school, cause in zip(schools, causes, strict=True)
    }
    assert [row["id"] for row in rows()] == [spared.pk]
    assert restore(causes=[causes[0]], by=None).count == 3
    assert restore(causes=causes, by=None).count == 2


def test_withdrawals_are_kept_ninety_days_and_a_rollovers_until_the_next(at: Callable[[Any], None]) -> None:
    school = SchoolFactory()
    for reason in (Reason.REMOVED, Reason.ROLLOVER):
        GrantFactory()
        withdraw(grants=Grant.objects.all(), reason=reason, by=None, school=school)
    LostTitle.objects.create(resource_id=1, title="Ancienne", at=clock.now())
    at(clock.now() + KEPT - timedelta(days=1))
    assert forget_old() == 0
    at(clock.now() + timedelta(days=2))
    assert forget_old() == 1
    assert list(Withdrawal.objects.values_list("reason", flat=True)) == [Reason.ROLLOVER]
    GrantFactory()
    withdraw(grants=Grant.objects.all(), reason=Reason.ROLLOVER, by=None, school=school)
    assert forget_old() == 1
    assert not LostTitle.objects.exists()
    at(clock.now() + KEPT + timedelta(days=1))
    forget_withdrawals.task()
    assert Withdrawal.objects.count() == 1


def test_a_group_deleted_takes_its_shares_which_its_cause_can_name() -> None:
    world = sharing_world()
    chorale = GroupFactory(school=world.school)
    MembershipFactory(group=chorale, person=world.pupil)
    GrantFactory(resource=world.note, group=chorale, to_group=True)
    uuid = chorale.uuid
    groups.delete_group(by=world.director, group=chorale)
    set_aside = Withdrawal.objects.get()
    assert (set_aside.reason, set_aside.cause, set_aside.by) == (
        Reason.GROUP_DELETED, uuid, world.director.uuid,
    )  # fmt: skip
    assert role_on(world.pupil, world.note) is None
    assert restore(causes=[uuid], by=None).lost == ["Poésie"]


@pytest.mark.parametrize(("purged", "ends"), [("all", {"CLASS", "SCHOOL"}), ("class", {"CLASS"})])
def test_which_grants_end_with_the_year(settings: Any, purged: str, ends: set[str]) -> None:
    settings.ROLLOVER_PURGED_GROUPS = purged
    world = sharing_world()
    manual = GroupFactory(school=world.school)
    for group in (world.group(), world.school_group(), manual):
        GrantFactory(resource=world.folder, group=group, to_group=True)
    GrantFactory(resource=world.folder, person=world.pupil)
    # shared in late August, once the new year's staff is there: of the new year
    GrantFactory(resource=world.note, group=world.school_group(), to_group=True, year=2027)
    found = lifetime.ending(school_id=world.school.pk, to_year=2027)
    assert {grant.group.kind for grant in found} == ends
    assert found.count() == len(ends)
    for grant in Grant.objects.filter(resource=world.folder).select_related("group"):
        kind = grant.group.kind if grant.group else "PERSON"
        assert lifetime.mark_of(grant) is (Mark.ENDS if kind in ends else Mark.KEPT)
    assert lifetime.mark_of(None) is Mark.KEPT
    assert lifetime.mark_of(Group.objects.get(pk=manual.pk)).label == "conservé"
    assert lifetime.ending(school_id=world.school.pk, to_year=2026).count() == 0
