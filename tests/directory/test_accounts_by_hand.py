"""Accounts made by hand: created, corrected, attached, deleted, pre-deleted, restored."""

from datetime import date, timedelta

import pytest

from accounts.enums import Lifecycle, Profile, Source
from accounts.errors import AccountUsed, AlreadyPreDeleted, FedAccount, NotPreDeleted
from accounts.models import User
from accounts.services.lifecycle import advance
from core import clock, invariants
from core.models import AuditEntry
from directory.enums import ClassRole
from directory.errors import (
    AlreadyDone,
    BelongsByChildren,
    BelongsElsewhere,
    ChildMissing,
    ClassNotOpen,
    NotOneself,
    NotYours,
    OutOfReach,
    Outranked,
    SameNamed,
)
from directory.models import Attachment, ClassAttachment, Guardianship
from directory.querysets import people_administered_by
from directory.services import detach, end_account, ties
from directory.services.attach_person import attach_person
from directory.services.create_person import create_person, edit_person
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    ClassAttachmentFactory,
    SchoolClassFactory,
)
from tests.directory.worlds import SchoolWorld, relative_of, school_world, teacher_at
from tests.schools.factories import DistrictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(in_district=True)


def made(world: SchoolWorld, profile: Profile = Profile.TEACHER, **said: object) -> User:
    return create_person(
        by=world.director,
        school=world.school,
        **{"profile": profile, "first_name": "Bernard", "last_name": "Grolier", **said},
    )


def by_hand(world: SchoolWorld, **traits: object) -> User:
    person = PersonFactory(**{"teacher": True, **traits})
    AttachmentFactory(person=person, school=world.school, by_hand=True)
    return person


def last_act(person: User) -> AuditEntry:
    return AuditEntry.objects.filter(subject=person.uuid).order_by("-pk")[0]


def test_a_teacher_made_by_hand_belongs_to_the_school_and_may_print_their_code(world: SchoolWorld) -> None:
    person = made(world, function="Remplaçant")
    attachment = Attachment.objects.get(person=person)
    assert (attachment.school, attachment.source, attachment.function_label) == (
        world.school,
        Source.MANUAL,
        "Remplaçant",
    )
    assert (person.source, person.code_open, person.lifecycle) == (
        Source.MANUAL,
        True,
        Lifecycle.NEVER_ACTIVATED,
    )
    assert person in people_administered_by(world.director)


def test_a_relative_is_made_with_their_children_and_a_pupil_with_their_class(world: SchoolWorld) -> None:
    here = world.classes[0]
    relative = made(world, Profile.RELATIVE, children=[here.pupils[0]])
    assert Guardianship.objects.get(relative=relative).pupil == here.pupils[0]
    assert not Attachment.objects.filter(person=relative).exists()
    pupil = made(world, Profile.PUPIL, first_name="Inès", school_class=here.school_class)
    assert ClassAttachment.objects.get(person=pupil).school_class == here.school_class
    with pytest.raises(ChildMissing):
        made(world, Profile.RELATIVE, first_name="Paul")
    with pytest.raises(OutOfReach):
        made(world, Profile.RELATIVE, first_name="Paul", children=[school_world().classes[0].pupils[0]])
    with pytest.raises(ClassNotOpen):
        empty = SchoolClassFactory(school=world.school)
        made(world, Profile.PUPIL, first_name="Noé", school_class=empty)
    assert not User.objects.filter(last_name="Grolier", first_name__in=["Paul", "Noé"]).exists()


def test_somebody_of_the_same_name_is_proposed_before_an_account_is_made(world: SchoolWorld) -> None:
    twin = by_hand(world, first_name="Bernard", last_name="GROLIER")
    with pytest.raises(SameNamed) as refused:
        made(world, first_name="bernard", last_name="Grolier")
    assert refused.value.fields["people"] == [str(twin.uuid)]
    assert made(world, first_name="bernard", last_name="Grolier", anyway=True).username == "bernard.grolier2"


def test_nobody_of_elsewhere_is_proposed(world: SchoolWorld) -> None:
    far = school_world(in_district=True)
    by_hand(far, first_name="Bernard", last_name="Grolier")
    assert made(world).username.startswith("bernard.grolier")
    with pytest.raises(NotYours):
        create_person(
            by=world.director,
            school=far.school,
            profile=Profile.GUEST,
            first_name="Mona",
            last_name="Pruvost",
        )


def test_an_account_made_by_hand_is_corrected_and_keeps_its_login(world: SchoolWorld) -> None:
    person = by_hand(world, first_name="Bernar", last_name="Grolier")
    edited = edit_person(by=world.director, person=person, first_name="Bernard", email="b@exemple.fr")
    assert (edited.first_name, edited.email, edited.username) == ("Bernard", "b@exemple.fr", person.username)
    act = last_act(person)
    assert (act.verb, act.before) == ("account.edited", {"first_name": "Bernar", "email": ""})
    with pytest.raises(FedAccount):
        edit_person(by=world.director, person=fed(world), first_name="Paule")
    with pytest.raises(NotYours):
        edit_person(by=school_world().director, person=person, first_name="Paule")


def fed(world: SchoolWorld) -> User:
    person = PersonFactory(teacher=True, fed=True, academy=world.school.academy)
    AttachmentFactory(person=person, school=world.school)
    return person


def test_an_account_never_activated_is_deleted_at_once(world: SchoolWorld) -> None:
    person = by_hand(world)
    end_account.delete_account(by=world.director, person=person)
    assert not User.objects.filter(pk=person.pk).exists()
    act = last_act(person)
    assert (act.verb, act.actor, act.before) == (
        "account.deleted",
        world.director.uuid,
        {"login": person.username},
    )


def test_an_account_that_served_is_pre_deleted_then_restored_whole(world: SchoolWorld) -> None:
    person = by_hand(world, activated=True)
    with pytest.raises(AccountUsed):
        end_account.delete_account(by=world.director, person=person)
    end_account.pre_delete_account(by=world.director, person=person)
    person.refresh_from_db()
    assert person.lifecycle == Lifecycle.PRE_DELETED
    assert person not in people_administered_by(world.director).present()
    with pytest.raises(AlreadyPreDeleted):
        end_account.pre_delete_account(by=world.director, person=person)
    end_account.restore_account(by=world.director, person=person)
    person.refresh_from_db()
    assert person.lifecycle == Lifecycle.ACTIVE
    assert Attachment.objects.get(person=person).ended_on is None
    with pytest.raises(NotPreDeleted):
        end_account.restore_account(by=world.director, person=person)


def test_a_pre_deleted_account_is_erased_once_its_delay_is_over(world: SchoolWorld, settings) -> None:
    person = by_hand(world, activated=True)
    end_account.pre_delete_account(by=world.director, person=person)
    advance(today=clock.today() + timedelta(days=settings.CARTABLE_PRE_DELETION_DAYS - 1))
    assert User.objects.filter(pk=person.pk).exists()
    advance(today=clock.today() + timedelta(days=settings.CARTABLE_PRE_DELETION_DAYS))
    assert not User.objects.filter(pk=person.pk).exists()


def test_a_class_whose_only_pupil_is_erased_had_one_all_the_same(world: SchoolWorld) -> None:
    where = SchoolClassFactory(school=world.school)
    person = by_hand(world, pupil=True, teacher=False)
    ClassAttachmentFactory(person=person, school_class=where, role=ClassRole.PUPIL)
    end_account.delete_account(by=world.director, person=person)
    where.refresh_from_db()
    assert where.pupils_erased
    assert "directory.classes_have_had_a_pupil" not in {each.invariant.name for each in invariants.run_all()}


def test_an_account_is_not_ended_by_whoever_may_not(world: SchoolWorld) -> None:
    person = by_hand(world)
    with pytest.raises(FedAccount):
        end_account.delete_account(by=world.director, person=fed(world))
    with pytest.raises(FedAccount):
        end_account.pre_delete_account(by=world.director, person=fed(world))
    with pytest.raises(NotYours):
        end_account.delete_account(by=school_world().director, person=person)
    with pytest.raises(NotOneself):
        end_account.delete_account(by=world.director, person=world.director)
    AdministratorFactory(person=person, of_district=True, district=world.school.district)
    with pytest.raises(Outranked):
        end_account.delete_account(by=world.director, person=person)


def test_an_account_that_another_school_holds_is_not_ended_from_here(world: SchoolWorld) -> None:
    other = school_world()
    person = by_hand(world)
    AttachmentFactory(person=person, school=other.school)
    with pytest.raises(BelongsElsewhere):
        end_account.delete_account(by=world.director, person=person)
    relative = relative_of(world.classes[0].pupils[0], other.classes[0].pupils[0])
    with pytest.raises(BelongsElsewhere):
        end_account.pre_delete_account(by=world.director, person=relative)


def test_a_colleague_of_the_district_is_attached_and_a_stranger_does_not_exist(world: SchoolWorld) -> None:
    near = school_world(academy=world.school.academy, district=world.school.district)
    colleague = teacher_at(near.school)
    attach_person(by=world.director, person=colleague, school=world.school, function="Remplaçante")
    assert set(
        Attachment.objects.filter(person=colleague, ended_on=None).values_list("school", flat=True)
    ) == {near.school.pk, world.school.pk}
    with pytest.raises(AlreadyDone):
        attach_person(by=world.director, person=colleague, school=world.school)
    far = school_world(academy=world.school.academy, district=DistrictFactory(academy=world.school.academy))
    with pytest.raises(OutOfReach):
        attach_person(by=world.director, person=teacher_at(far.school), school=world.school)
    with pytest.raises(NotYours):
        attach_person(by=world.director, person=colleague, school=far.school)
    with pytest.raises(BelongsByChildren):
        attach_person(by=world.director, person=world.classes[0].relatives[0], school=world.school)


def test_attaching_undoes_a_detachment_and_ends_an_absence(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    detach.detach(by=world.director, person=teacher, school=world.school)
    attach_person(by=world.director, person=teacher, school=world.school)
    assert ClassAttachment.objects.filter(person=teacher, ended_on=None).exists()
    near = school_world(academy=world.school.academy, district=world.school.district)
    absent = teacher_at(near.school, absent_since=date(2026, 9, 1))
    attach_person(by=world.director, person=absent, school=world.school)
    absent.refresh_from_db()
    assert absent.absent_since is None


def test_a_relative_and_a_pupil_are_tied_by_hand_once(world: SchoolWorld) -> None:
    here = world.classes[0]
    ties.tie_by_hand(by=world.director, relative=here.relatives[0], pupil=here.pupils[1])
    assert Guardianship.objects.get(relative=here.relatives[0], pupil=here.pupils[1]).source == Source.MANUAL
    with pytest.raises(AlreadyDone):
        ties.tie_by_hand(by=world.director, relative=here.relatives[0], pupil=here.pupils[1])
    with pytest.raises(NotYours):
        ties.tie_by_hand(by=school_world().director, relative=here.relatives[0], pupil=here.pupils[1])
