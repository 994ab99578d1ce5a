"""Detaching, blocking, ties and class teachers, by hand."""

from datetime import timedelta
from uuid import UUID

import pytest

from accounts.enums import Profile, Source
from core import clock
from core.models import AuditEntry
from directory.enums import TieLimit
from directory.errors import (
    AlreadyDone,
    BadDates,
    ClassNotOpen,
    NotATeacher,
    NotAttached,
    NotDetached,
    NoTie,
    NotOneself,
    NotYours,
    Outranked,
)
from directory.gate import blocked
from directory.models import Attachment, ClassAttachment, Detachment, ScolarityMembership
from directory.querysets import classes_visible_to, people_visible_to, schools_visible_to
from directory.services import blocks, class_teachers, detach, ties
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory, SchoolClassFactory
from tests.directory.worlds import SchoolWorld, class_world, school_world, teacher_at
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(in_district=True)


def verbs_about(uuid: UUID) -> list[str]:
    return list(AuditEntry.objects.filter(subject=uuid).values_list("verb", flat=True))


def test_who_is_detached_has_no_school_class_nor_group_there(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    detach.detach(by=world.director, person=teacher, school=world.school)
    assert set(people_visible_to(teacher)) == {teacher}
    assert not schools_visible_to(teacher).exists()
    assert not classes_visible_to(teacher).exists()
    assert not ScolarityMembership.objects.filter(person=teacher).exists()
    assert Detachment.objects.get(person=teacher).running_year == world.school.running_year
    assert verbs_about(teacher.uuid) == ["person.detached"]


def test_a_detached_director_administers_the_school_no_more(world: SchoolWorld) -> None:
    above = PersonFactory(staff=True)
    AdministratorFactory(person=above, of_district=True, district=world.school.district)
    detach.detach(by=above, person=world.director, school=world.school)
    with pytest.raises(NotYours):
        blocks.block_profile(by=world.director, school=world.school, profile=Profile.PUPIL)


def test_undoing_a_detachment_puts_back_school_class_and_rights(world: SchoolWorld) -> None:
    above = PersonFactory(staff=True)
    AdministratorFactory(person=above, of_district=True, district=world.school.district)
    teacher = world.classes[0].teacher
    before = list(ClassAttachment.objects.filter(ended_on=None).order_by("pk").values())
    for person in (teacher, world.director):
        detach.detach(by=above, person=person, school=world.school)
        detach.undo_detachment(by=above, person=person, school=world.school)
    assert list(ClassAttachment.objects.filter(ended_on=None).order_by("pk").values()) == before
    assert Attachment.objects.filter(person=teacher, ended_on=None).count() == 1
    blocks.block_profile(by=world.director, school=world.school, profile=Profile.PUPIL)


def test_undoing_puts_back_no_class_of_a_year_that_is_over(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    detach.detach(by=world.director, person=teacher, school=world.school)
    world.school.running_year = world.school.class_year = 2027
    world.school.save()
    detach.undo_detachment(by=world.director, person=teacher, school=world.school)
    assert not ClassAttachment.objects.filter(person=teacher, ended_on=None).exists()


def test_undoing_what_is_not_is_refused(world: SchoolWorld) -> None:
    with pytest.raises(NotDetached):
        detach.undo_detachment(by=world.director, person=world.classes[0].teacher, school=world.school)


def test_only_the_attached_are_detached_by_those_who_may(world: SchoolWorld) -> None:
    other = school_world()
    teacher = world.classes[0].teacher
    with pytest.raises(NotYours):
        detach.detach(by=other.director, person=teacher, school=world.school)
    with pytest.raises(NotYours):
        detach.detach(by=world.director, person=other.classes[0].teacher, school=world.school)
    with pytest.raises(NotOneself):
        detach.detach(by=world.director, person=world.director, school=world.school)
    AttachmentFactory(person=teacher, school=SchoolFactory(academy=world.school.academy))
    detach.detach(by=world.director, person=teacher, school=world.school)
    with pytest.raises(NotYours):
        detach.detach(by=world.director, person=teacher, school=world.school)
    above = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    with pytest.raises(NotAttached):
        detach.detach(by=above, person=teacher, school=world.school)


def test_a_person_is_blocked_and_let_in_again(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    block = blocks.block_person(by=world.director, person=teacher, message="Voir la direction.")
    assert blocked([teacher])[teacher.pk].message == "Voir la direction."
    blocks.lift_block(by=world.director, block=block)
    assert not blocked([teacher])
    with pytest.raises(AlreadyDone):
        blocks.lift_block(by=world.director, block=block)


def test_nobody_blocks_themself_strangers_or_who_administers_more(world: SchoolWorld) -> None:
    above = teacher_at(world.school)
    AdministratorFactory(person=above, of_academy=True, academy=world.school.academy)
    with pytest.raises(NotOneself):
        blocks.block_person(by=world.director, person=world.director)
    with pytest.raises(NotYours):
        blocks.block_person(by=world.director, person=school_world().director)
    with pytest.raises(Outranked):
        blocks.block_person(by=world.director, person=above)


def test_a_block_ends_after_it_starts(world: SchoolWorld) -> None:
    now = clock.now()
    with pytest.raises(BadDates):
        blocks.block_profile(
            by=world.director,
            school=world.school,
            profile=Profile.PUPIL,
            starts_at=now,
            ends_at=now - timedelta(days=1),
        )


def test_a_tie_limited_then_ended_then_lifted(world: SchoolWorld) -> None:
    relative, pupil = world.classes[0].relatives[0], world.classes[0].pupils[0]
    ties.restrict_tie(by=world.director, relative=relative, pupil=pupil, limit=TieLimit.LIMITED)
    assert pupil not in people_visible_to(relative)
    ties.restrict_tie(by=world.director, relative=relative, pupil=pupil, limit=TieLimit.ENDED)
    assert set(people_visible_to(relative)) == {relative}
    ties.lift_restriction(by=world.director, relative=relative, pupil=pupil)
    assert pupil in people_visible_to(relative)
    with pytest.raises(NoTie):
        ties.lift_restriction(by=world.director, relative=relative, pupil=pupil)


def test_a_tie_is_decided_by_the_pupils_school_alone(world: SchoolWorld) -> None:
    relative, pupil = world.classes[0].relatives[0], world.classes[0].pupils[0]
    with pytest.raises(NotYours):
        ties.restrict_tie(by=school_world().director, relative=relative, pupil=pupil, limit=TieLimit.ENDED)
    with pytest.raises(NoTie):
        ties.restrict_tie(
            by=world.director,
            relative=world.classes[0].relatives[1],
            pupil=pupil,
            limit=TieLimit.ENDED,
        )


def test_a_teacher_of_the_school_is_attached_to_a_class_by_hand(world: SchoolWorld) -> None:
    newcomer = teacher_at(world.school)
    school_class = world.classes[0].school_class
    attachment = class_teachers.attach_teacher(by=world.director, teacher=newcomer, school_class=school_class)
    assert attachment.source == Source.MANUAL
    assert newcomer in people_visible_to(world.classes[0].pupils[0])
    with pytest.raises(AlreadyDone):
        class_teachers.attach_teacher(by=world.director, teacher=newcomer, school_class=school_class)
    class_teachers.detach_teacher(by=world.director, teacher=newcomer, school_class=school_class)
    assert newcomer not in people_visible_to(world.classes[0].pupils[0])


def test_a_class_without_a_pupil_or_of_another_year_has_no_teacher_yet(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    empty = SchoolClassFactory(school=world.school)
    former = class_world(world.school, last_year=True).school_class
    for school_class in (empty, former):
        with pytest.raises(ClassNotOpen):
            class_teachers.attach_teacher(by=world.director, teacher=teacher, school_class=school_class)


def test_only_a_teacher_of_the_school_is_attached_to_its_class(world: SchoolWorld) -> None:
    stranger = school_world().classes[0].teacher
    for person in (stranger, world.classes[0].pupils[0], world.classes[0].relatives[0]):
        with pytest.raises(NotATeacher):
            class_teachers.attach_teacher(
                by=world.director, teacher=person, school_class=world.classes[0].school_class
            )
