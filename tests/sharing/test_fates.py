"""When an account is erased, what others still read passes on, and the rest goes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from accounts.models import User
from accounts.services import lifecycle
from core import invariants
from core.models import AuditEntry
from sharing.enums import Reason, Role
from sharing.models import Grant, Handover, Resource, Withdrawal
from sharing.services import hand_over
from tests.accounts.factories import PersonFactory
from tests.directory.worlds import teacher_at
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered
from tests.sharing.worlds import SharingWorld, sharing_world

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def erased() -> Iterator[list[int]]:
    """Keys that applications were asked to erase."""
    told: list[int] = []
    with registered(replace(NOTE, erase=told.extend), replace(BOX, erase=told.extend)):
        yield told


@pytest.fixture
def world() -> SharingWorld:
    return sharing_world()


def leave(*people: User) -> None:
    """Their delays are over: the nightly job erases them."""
    keys = [person.pk for person in people]
    User.objects.filter(pk__in=keys).update(absent_since=date(2026, 9, 1), pre_deleted_on=date(2026, 10, 1))
    assert lifecycle.erase(keys, DAY) == len(keys)
    broken = [b.invariant.name for b in invariants.run_all() if b.invariant.name.startswith("sharing.")]
    assert broken == []


def owner_of(resource: Resource) -> tuple[int | None, int | None]:
    resource.refresh_from_db()
    return resource.owner_id, resource.owner_school_id


def test_what_nobody_else_reads_is_erased_through_its_application(
    world: SharingWorld, erased: list[int]
) -> None:
    leave(world.teacher)
    assert sorted(erased) == [world.folder.pk, world.note.pk]
    assert not Resource.objects.exists()


def test_it_passes_to_a_manager_first_and_their_grant_goes(world: SharingWorld) -> None:
    GrantFactory(resource=world.folder, person=world.director, role=Role.MANAGE)
    GrantFactory(resource=world.folder, to_group=True, group=world.group())
    leave(world.teacher)
    assert owner_of(world.folder) == owner_of(world.note) == (world.director.pk, None)
    assert not Grant.objects.filter(person=world.director).exists()
    told = AuditEntry.objects.get(verb="resource.passed_on", subject=world.note.uuid)
    assert told.after["owner"] == str(world.director.uuid)


def test_else_to_the_owner_of_the_folder_it_lies_in(world: SharingWorld) -> None:
    colleague = teacher_at(world.school)
    GrantFactory(resource=world.folder, person=colleague, role=Role.CONTRIBUTE)
    theirs = ResourceFactory(owner=colleague, parent=world.folder)
    leave(colleague)
    assert owner_of(theirs) == (world.teacher.pk, None)


def test_else_to_the_school_of_its_groups(world: SharingWorld) -> None:
    GrantFactory(resource=world.note, to_group=True, group=world.group())
    leave(world.teacher)
    assert owner_of(world.note) == (None, world.school.pk)
    assert world.note.parent is None
    assert not Resource.objects.filter(pk=world.folder.pk).exists()


def test_else_to_its_owners_last_school(world: SharingWorld) -> None:
    GrantFactory(resource=world.note, person=world.pupil)
    leave(world.teacher)
    assert owner_of(world.note) == (None, world.school.pk)


def test_a_relatives_last_school_is_their_childs(world: SharingWorld) -> None:
    relative = world.here.relatives[0]
    own = ResourceFactory(owner=relative)
    GrantFactory(resource=own, person=world.teacher)
    leave(relative)
    assert owner_of(own) == (None, world.school.pk)


def test_without_any_school_it_passes_to_who_reads_it() -> None:
    reader = PersonFactory(teacher=True)
    own = ResourceFactory(owner=PersonFactory(guest=True))
    GrantFactory(resource=own, person=reader)
    leave(own.owner)
    assert owner_of(own) == (reader.pk, None)


def test_readers_who_leave_the_same_night_or_are_pre_deleted_read_nothing(world: SharingWorld) -> None:
    gone = PersonFactory(teacher=True, pre_deleted=True)
    GrantFactory(resource=world.note, person=gone, role=Role.MANAGE)
    GrantFactory(resource=world.note, to_group=True, group=world.group())
    leave(world.teacher, world.pupil, world.other_pupil)
    assert not Resource.objects.filter(pk=world.note.pk).exists()


def test_what_is_in_the_trash_is_read_by_nobody(world: SharingWorld) -> None:
    bin_ = ResourceFactory(owner=world.teacher, trashed=True)
    GrantFactory(resource=bin_, person=world.director, role=Role.MANAGE)
    leave(world.teacher)
    assert not Resource.objects.filter(pk=bin_.pk).exists()


def test_others_things_in_an_erased_folder_go_home(world: SharingWorld) -> None:
    theirs = ResourceFactory(owner=world.director, parent=world.folder)
    leave(world.teacher)
    assert owner_of(theirs) == (world.director.pk, None)
    assert theirs.parent is None


def test_grants_to_who_is_erased_are_withdrawn_and_offers_to_them_go(world: SharingWorld) -> None:
    GrantFactory(resource=world.folder, person=world.director)
    hand_over.offer(by=world.teacher, resource=world.folder, to=world.director)
    leave(world.director)
    assert Withdrawal.objects.get().reason == Reason.ERASED
    assert not Handover.objects.exists()
    assert owner_of(world.folder) == (world.teacher.pk, None)
