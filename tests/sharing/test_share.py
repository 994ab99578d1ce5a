"""Sharing, changing a role, no longer sharing: who may, what it writes, what it keeps."""

from uuid import uuid4

import pytest

from accounts.enums import Profile
from core.models import AuditEntry
from directory.services import favourites
from sharing.enums import Reason, Role
from sharing.errors import (
    InTrash,
    NobodyChosen,
    NotAManager,
    NothingShared,
    NotReachable,
    OwnerKeepsAll,
)
from sharing.models import Grant, Withdrawal
from sharing.querysets import role_on
from sharing.services import resources, share
from tests.accounts.factories import PersonFactory
from tests.directory.factories import GroupFactory, MembershipFactory, SchoolClassFactory
from tests.directory.worlds import pupil_in, relative_of
from tests.sharing.factories import GrantFactory
from tests.sharing.worlds import sharing_world

pytestmark = pytest.mark.django_db


def test_a_share_with_a_person_and_a_group_counts_whom_it_reaches_once() -> None:
    world = sharing_world()
    done = share.share(
        by=world.teacher,
        resource=world.folder,
        persons=[world.pupil, world.director],
        groups=[world.group()],
        role=Role.READ,
    )
    assert (done.persons, done.groups, done.people_reached) == (2, 1, 3)
    assert role_on(world.other_pupil, world.folder) == Role.READ


def test_rights_on_a_folder_flow_down_to_what_lies_in_it() -> None:
    world = sharing_world()
    share.share(by=world.teacher, resource=world.folder, persons=[world.pupil], role=Role.CONTRIBUTE)
    assert role_on(world.pupil, world.note) == Role.CONTRIBUTE
    assert role_on(world.other_pupil, world.note) is None


def test_the_owner_of_a_folder_manages_what_others_put_in_it() -> None:
    world = sharing_world()
    share.share(by=world.teacher, resource=world.folder, persons=[world.pupil], role=Role.CONTRIBUTE)
    theirs = resources.create(
        owner=world.pupil, kind="note", title="Exposé", parent=world.folder, by=world.pupil
    )
    assert role_on(world.teacher, theirs) == Role.MANAGE
    assert role_on(world.pupil, theirs) == Role.MANAGE


@pytest.mark.parametrize("role", [None, Role.READ, Role.COMMENT, Role.CONTRIBUTE])
def test_only_who_manages_shares(role: Role | None) -> None:
    world = sharing_world()
    if role:
        GrantFactory(resource=world.folder, person=world.director, role=role)
    with pytest.raises(NotAManager):
        share.share(by=world.director, resource=world.folder, persons=[world.pupil], role=Role.READ)
    Grant.objects.all().delete()
    GrantFactory(resource=world.folder, person=world.director, role=Role.MANAGE)
    share.share(by=world.director, resource=world.folder, persons=[world.pupil], role=Role.READ)
    assert role_on(world.pupil, world.folder) == Role.READ


def test_a_share_out_of_reach_is_refused_with_the_names() -> None:
    world = sharing_world()
    stranger = PersonFactory(teacher=True, first_name="Inès", last_name="Loin")
    afar = GroupFactory(name="Chorale du soir")
    with pytest.raises(NotReachable) as refused:
        share.share(
            by=world.teacher, resource=world.folder, persons=[stranger], groups=[afar], role=Role.READ
        )
    assert refused.value.fields["names"] == [stranger.full_name, "Chorale du soir"]
    assert not Grant.objects.exists()


def test_a_pupil_shares_with_classmates_and_not_with_another_class() -> None:
    world = sharing_world()
    own = resources.create(owner=world.pupil, kind="note", title="Dessin", by=world.pupil)
    elsewhere = pupil_in(SchoolClassFactory(school=world.school))
    with pytest.raises(NotReachable):
        share.share(by=world.pupil, resource=own, persons=[elsewhere], role=Role.READ)
    share.share(by=world.pupil, resource=own, persons=[world.other_pupil], role=Role.READ)
    assert role_on(world.other_pupil, own) == Role.READ


def test_the_group_of_a_class_of_last_year_takes_no_share() -> None:
    world = sharing_world()
    group = world.group()
    world.school.running_year = world.school.class_year = world.school.class_year + 1
    world.school.save(update_fields=["running_year", "class_year"])
    with pytest.raises(NotReachable):
        share.share(by=world.teacher, resource=world.folder, groups=[group], role=Role.READ)


def test_the_owner_is_never_a_grantee_nor_locked_out() -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, person=world.director, role=Role.MANAGE)
    for act in (
        lambda: share.share(
            by=world.director, resource=world.folder, persons=[world.teacher], role=Role.READ
        ),
        lambda: share.remove(by=world.director, resource=world.folder, person=world.teacher),
    ):
        with pytest.raises(OwnerKeepsAll):
            act()
    assert role_on(world.teacher, world.folder) == Role.MANAGE


def test_nothing_is_shared_from_the_trash_nor_with_nobody() -> None:
    world = sharing_world()
    with pytest.raises(NobodyChosen):
        share.share(by=world.teacher, resource=world.folder, role=Role.READ)
    resources.trash(by=world.teacher, resource=world.folder)
    world.folder.refresh_from_db()
    with pytest.raises(InTrash):
        share.share(by=world.teacher, resource=world.folder, persons=[world.pupil], role=Role.READ)


def test_sharing_again_never_lowers_and_changing_a_role_does() -> None:
    world = sharing_world()
    for role in (Role.CONTRIBUTE, Role.READ):
        share.share(
            by=world.teacher,
            resource=world.folder,
            persons=[world.director],
            groups=[world.group()],
            role=role,
        )
    assert set(Grant.objects.values_list("role", flat=True)) == {Role.CONTRIBUTE}
    share.change_role(by=world.teacher, resource=world.folder, person=world.director, role=Role.READ)
    share.change_role(by=world.teacher, resource=world.folder, group=world.group(), role=Role.COMMENT)
    assert role_on(world.director, world.folder) == Role.READ
    assert role_on(world.pupil, world.folder) == Role.COMMENT


def test_a_scolarity_grant_bears_its_year_and_the_others_none() -> None:
    world = sharing_world(running_year=2027)
    chorale = GroupFactory(school=world.school)
    share.share(
        by=world.teacher,
        resource=world.folder,
        persons=[world.pupil],
        groups=[world.group(), world.school_group(), chorale],
        role=Role.READ,
    )
    years = {g.group.kind if g.group else "PERSON": g.year for g in Grant.objects.select_related("group")}
    assert years == {"PERSON": None, "CLASS": 2026, "SCHOOL": 2027, "MANUAL": None}


def test_from_august_to_the_turn_a_group_holds_two_years_and_acts_are_on_both() -> None:
    world = sharing_world()
    group = world.school_group()
    share.share(by=world.teacher, resource=world.folder, groups=[group], role=Role.CONTRIBUTE)
    world.school.running_year += 1
    world.school.save(update_fields=["running_year"])
    share.share(by=world.teacher, resource=world.folder, groups=[group], role=Role.CONTRIBUTE)
    assert sorted(Grant.objects.values_list("year", flat=True)) == [2026, 2027]
    assert share.change_role(by=world.teacher, resource=world.folder, group=group, role=Role.READ) == 2
    assert share.remove(by=world.teacher, resource=world.folder, group=group).count == 2


def test_a_favourite_writes_its_persons_and_its_manual_groups() -> None:
    world = sharing_world()
    chorale = GroupFactory(school=world.school)
    MembershipFactory(group=chorale, person=world.other_pupil)
    favourite = favourites.create(
        by=world.teacher, name="Théâtre", persons=[world.director], groups=[world.group(), chorale]
    )
    share.share(by=world.teacher, resource=world.folder, favourites=[favourite], role=Role.READ)
    named = set(Grant.objects.filter(person__isnull=False).values_list("person_id", flat=True))
    assert named == {world.director.pk, *(p.pk for p in world.here.pupils)}
    assert list(Grant.objects.filter(group__isnull=False).values_list("group_id", "year")) == [
        (chorale.pk, None)
    ]


def test_removing_a_favourite_leaves_what_a_person_has_by_name() -> None:
    world = sharing_world()
    favourite = favourites.create(by=world.teacher, name="Projet", persons=[world.director, world.pupil])
    share.share(by=world.teacher, resource=world.folder, persons=[world.director], role=Role.READ)
    share.share(by=world.teacher, resource=world.folder, favourites=[favourite], role=Role.CONTRIBUTE)
    assert role_on(world.director, world.folder) == Role.CONTRIBUTE
    ended = share.remove(by=world.teacher, resource=world.folder, favourite=favourite.uuid).count
    assert ended == 1
    assert role_on(world.director, world.folder) == Role.READ
    assert role_on(world.pupil, world.folder) is None


def test_a_removal_is_a_withdrawal_told_in_the_audit_log() -> None:
    world = sharing_world()
    share.share(by=world.teacher, resource=world.folder, persons=[world.pupil], role=Role.READ)
    share.remove(by=world.teacher, resource=world.folder, person=world.pupil)
    set_aside = Withdrawal.objects.get()
    assert (set_aside.reason, set_aside.by) == (Reason.REMOVED, world.teacher.uuid)
    assert set_aside.grants.get().person_id == world.pupil.pk
    verbs = list(
        AuditEntry.objects.filter(subject=world.folder.uuid).order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["share.given", "share.removed"]
    with pytest.raises(NothingShared):
        share.remove(by=world.teacher, resource=world.folder, person=world.pupil)
    with pytest.raises(NothingShared):
        share.change_role(by=world.teacher, resource=world.folder, favourite=uuid4(), role=Role.READ)


def test_whoever_left_can_still_be_removed() -> None:
    world = sharing_world()
    share.share(by=world.teacher, resource=world.folder, persons=[world.director], role=Role.READ)
    world.director.attachment_set.update(ended_on=world.director.attachment_set.first().since)
    assert share.remove(by=world.teacher, resource=world.folder, person=world.director).count == 1


def test_several_things_are_shared_by_name_changed_and_removed_at_once() -> None:
    world = sharing_world()
    both = [world.folder, world.note]
    assert share.add_by_name(by=world.teacher, resources=both, persons=[world.pupil], role=Role.READ) == 2
    assert share.change_roles(by=world.teacher, resources=both, role=Role.COMMENT) == 2
    assert set(Grant.objects.values_list("role", flat=True)) == {Role.COMMENT}
    share.share(by=world.teacher, resource=world.note, groups=[world.group()], role=Role.READ)
    assert share.remove_all(by=world.teacher, resources=both, persons=[world.pupil]).count == 2
    assert share.remove_all(by=world.teacher, resources=both).count == 1
    assert Withdrawal.objects.count() == 2
    with pytest.raises(NotAManager):
        share.add_by_name(by=world.director, resources=both, persons=[world.pupil], role=Role.READ)


def test_a_relative_shares_with_the_teacher_of_their_child() -> None:
    world = sharing_world()
    relative = relative_of(world.pupil)
    own = resources.create(owner=relative, kind="note", title="Mot", by=relative)
    share.share(
        by=relative,
        resource=own,
        groups=[world.group(Profile.TEACHER)],
        persons=[world.teacher],
        role=Role.READ,
    )
    assert role_on(world.teacher, own) == Role.READ
    with pytest.raises(NotReachable):
        share.share(by=relative, resource=own, groups=[world.group(Profile.PUPIL)], role=Role.READ)
