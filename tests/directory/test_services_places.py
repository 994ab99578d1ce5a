"""Rights, groups and codes."""

import pytest

from accounts import codes
from accounts.models import User
from core import invariants
from core.models import AuditEntry
from directory import labels
from directory.errors import (
    AdministratorExists,
    AlreadyDone,
    NameTaken,
    NotManual,
    NotOneself,
    NotYours,
    OutOfReach,
    Protected,
)
from directory.models import Administrator, Group
from directory.querysets import (
    groups_of,
    groups_visible_to,
    members_of,
    members_visible_to,
    people_administered_by,
    schools_administered_by,
)
from directory.services import administrators, groups
from directory.services import codes as code_service
from directory.services.opening import open_groups
from tests.accounts.factories import PASSWORD, PersonFactory
from tests.directory.factories import AdministratorFactory, GroupFactory, MembershipFactory
from tests.directory.worlds import SchoolWorld, relative_of, school_world
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(in_district=True)


def test_rights_are_given_and_taken_within_ones_own(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    right = administrators.give_rights(by=world.director, person=teacher, place=world.school)
    assert list(schools_administered_by(teacher)) == [world.school]
    with pytest.raises(AlreadyDone):
        administrators.give_rights(by=world.director, person=teacher, place=world.school)
    for place in (world.school.district, world.school.academy, None, SchoolFactory()):
        with pytest.raises(NotYours):
            administrators.give_rights(by=world.director, person=teacher, place=place)
    administrators.take_rights(by=world.director, right=right)
    assert not schools_administered_by(teacher).exists()


def test_nobody_takes_their_own_rights_or_wider_ones(world: SchoolWorld) -> None:
    own = Administrator.objects.get(person=world.director)
    wider = AdministratorFactory(of_district=True, district=world.school.district)
    with pytest.raises(NotOneself):
        administrators.take_rights(by=world.director, right=own)
    with pytest.raises(NotYours):
        administrators.take_rights(by=world.director, right=wider)


def test_a_wider_scope_administers_the_schools_in_it(world: SchoolWorld) -> None:
    other = SchoolFactory(academy=world.school.academy)
    for trait, place, expected in (
        ("of_district", {"district": world.school.district}, {world.school}),
        ("of_academy", {"academy": world.school.academy}, {world.school, other}),
        ("of_platform", {}, {world.school, other}),
    ):
        person = AdministratorFactory(**{trait: True}, **place).person
        assert set(schools_administered_by(person)) == expected, trait


def test_the_first_administrator_of_the_platform_is_made_once() -> None:
    made = administrators.create_first_administrator(first_name="Ada", last_name="Lovelace")
    assert made.person.username == "ada.lovelace"
    assert codes.fits(made.code, made.person.uuid, 0)
    assert people_administered_by(made.person).count() == User.objects.count()
    with pytest.raises(AdministratorExists):
        administrators.create_first_administrator(first_name="Bob", last_name="Autre")
    administrators.create_first_administrator(first_name="Bob", last_name="Autre", another=True)


def test_an_administrator_finds_everybody_of_the_scope_in_every_state(world: SchoolWorld) -> None:
    gone = world.classes[0].pupils[0]
    User.objects.filter(pk=gone.pk).update(absent_since="2026-09-01", pre_deleted_on="2026-10-01")
    stranger = school_world().classes[0].pupils[0]
    mine = set(people_administered_by(world.director))
    assert {gone, *world.classes[0].relatives, world.classes[0].teacher} <= mine
    assert stranger not in mine


def test_every_school_and_class_has_its_groups(world: SchoolWorld) -> None:
    kinds = sorted(world.school.group_set.values_list("kind", "profile"), key=str)
    assert len([k for k in kinds if k[0] == "CLASS"]) == 3
    assert len([k for k in kinds if k[0] == "SCHOOL"]) == 5
    assert len([k for k in kinds if k[0] == "DIRECTION"]) == 1
    assert world.school.group_set.get(protected=True).name == "Resp Affect Gar"
    assert open_groups() == 0


def test_a_group_of_scolarity_holds_who_belongs_there(world: SchoolWorld) -> None:
    here = world.classes[0]
    by_profile = {g.profile: g for g in Group.objects.filter(school_class=here.school_class)}
    assert set(members_of([by_profile["PUPIL"]])) == set(here.pupils)
    assert set(members_of([by_profile["TEACHER"]])) == {here.teacher}
    assert set(members_of([by_profile["RELATIVE"]])) == set(here.relatives)
    assert set(members_of([world.school.group_set.get(kind="DIRECTION")])) == {world.director}


def test_nobody_is_in_a_group_only_through_a_pupil_who_is_on_the_way_out(world: SchoolWorld) -> None:
    here = world.classes[0]
    User.objects.filter(pk=here.pupils[0].pk).update(absent_since="2026-09-01", pre_deleted_on="2026-10-01")
    group = Group.objects.get(school_class=here.school_class, profile="RELATIVE")
    assert set(members_of([group])) == {here.relatives[1]}
    assert not groups_of(here.relatives[0]).exists()


def test_members_are_disclosed_to_the_team_alone(world: SchoolWorld) -> None:
    here = world.classes[0]
    group = Group.objects.get(school_class=here.school_class, profile="PUPIL")
    assert set(members_visible_to(here.teacher, group)) == set(here.pupils)
    for person in (here.pupils[0], here.relatives[0], school_world().director):
        assert not members_visible_to(person, group).exists()


def test_each_sees_the_groups_that_concern_them(world: SchoolWorld) -> None:
    here = world.classes[0]
    chorale = GroupFactory(school=world.school)
    MembershipFactory(group=chorale, person=here.relatives[0])
    seen = {g.label for g in groups_visible_to(here.relatives[0]).select_related("school", "school_class")}
    label = here.school_class.label
    expected = {labels.class_group("RELATIVE", label), labels.school_group("RELATIVE", world.school.name)}
    assert seen == {*expected, chorale.name}
    assert chorale in groups_visible_to(here.teacher)
    assert chorale not in groups_visible_to(here.relatives[1])


def test_a_manual_group_lives_by_hand(world: SchoolWorld) -> None:
    here = world.classes[0]
    group = groups.create_group(by=world.director, school=world.school, name="Chorale")
    assert groups.add_members(by=world.director, group=group, people=[here.teacher, here.pupils[0]]) == 2
    assert groups.add_members(by=world.director, group=group, people=[here.teacher]) == 0
    groups.rename_group(by=world.director, group=group, name="Chorale du soir")
    assert groups.remove_members(by=world.director, group=group, people=[here.teacher]) == 1
    assert set(members_of([group])) == {here.pupils[0]}
    groups.delete_group(by=world.director, group=group)
    assert not Group.objects.filter(uuid=group.uuid).exists()
    told = AuditEntry.objects.get(subject=group.uuid, verb="group.deleted")
    assert told.before == {"name": "Chorale du soir", "members": [str(here.pupils[0].uuid)]}


def test_a_name_is_taken_whatever_its_accents_and_case(world: SchoolWorld) -> None:
    groups.create_group(by=world.director, school=world.school, name="Élus")
    for name in ("elus", " ÉLUS ", "resp affect gar"):
        with pytest.raises(NameTaken):
            groups.create_group(by=world.director, school=world.school, name=name)


def test_resp_affect_gar_has_members_but_no_other_name_nor_end(world: SchoolWorld) -> None:
    group = world.school.group_set.get(protected=True)
    assert groups.add_members(by=world.director, group=group, people=[world.classes[0].teacher]) == 1
    with pytest.raises(Protected):
        groups.rename_group(by=world.director, group=group, name="GAR")
    with pytest.raises(Protected):
        groups.delete_group(by=world.director, group=group)


def test_a_group_of_scolarity_is_not_edited(world: SchoolWorld) -> None:
    group = world.school.group_set.get(kind="DIRECTION")
    with pytest.raises(NotManual):
        groups.add_members(by=world.director, group=group, people=[world.classes[0].teacher])


def test_groups_are_edited_by_their_schools_administrators_with_people_they_know(world: SchoolWorld) -> None:
    group = groups.create_group(by=world.director, school=world.school, name="Chorale")
    stranger = school_world().classes[0].pupils[0]
    with pytest.raises(NotYours):
        groups.add_members(by=world.classes[0].teacher, group=group, people=[])
    with pytest.raises(OutOfReach):
        groups.add_members(by=world.director, group=group, people=[stranger])


def test_a_teacher_renews_codes_of_their_own_class(world: SchoolWorld) -> None:
    here = world.classes[0]
    other = school_world(classes=1)
    assert code_service.renew_codes(by=here.teacher, people=[here.pupils[0], here.relatives[0]]) == 2
    pupil = User.objects.get(pk=here.pupils[0].pk)
    assert pupil.code_open
    assert pupil.code_counter == 1
    assert not pupil.check_password(PASSWORD)
    for person in (other.classes[0].pupils[0], world.director):
        with pytest.raises(OutOfReach):
            code_service.renew_codes(by=here.teacher, people=[person])
    with pytest.raises(OutOfReach):
        code_service.renew_codes(by=here.relatives[0], people=[here.pupils[0]])


def test_codes_are_printed_for_those_who_never_chose_a_password(world: SchoolWorld) -> None:
    here = world.classes[0]
    fresh = relative_of(here.pupils[0], activated=False)
    printed = code_service.codes_to_print(by=here.teacher, people=[fresh, here.relatives[0]])
    assert printed == {fresh.pk: codes.printed(codes.code_of(fresh.uuid, 0))}


def test_a_school_made_by_hand_breaks_no_invariant(world: SchoolWorld) -> None:
    assert [broken.invariant.name for broken in invariants.run_all()] == []


def test_a_member_written_into_a_group_of_scolarity_is_noticed(world: SchoolWorld) -> None:
    MembershipFactory(group=world.school.group_set.get(kind="DIRECTION"), person=PersonFactory())
    names = [broken.invariant.name for broken in invariants.run_all()]
    assert names == ["directory.memberships_are_manual"]
