"""Blocks of a profile: made once, changed, lifted; counted as they hold."""

from datetime import timedelta

import pytest

from accounts import gates
from accounts.enums import Profile
from core import clock
from core.models import AuditEntry
from directory.enums import Scope
from directory.errors import AlreadyDone, BadDates, NotYours, Outranked
from directory.models import Block
from directory.querysets.blocks import profiles_of
from directory.services.blocks import block_person, block_profile, change_block, lift_block, lift_profile
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.worlds import pupil_in, relative_of, school_world

pytestmark = pytest.mark.django_db


def state_of(school, profile: Profile):
    return next(each for each in profiles_of(school) if each.profile == profile)


def test_a_profile_is_blocked_once_and_let_in_again_whole() -> None:
    world = school_world(pupils=2)
    block = block_profile(by=world.director, school=world.school, profile=Profile.PUPIL)
    assert block.people == 2
    with pytest.raises(AlreadyDone):
        block_profile(by=world.director, school=world.school, profile=Profile.PUPIL)
    assert gates.refusal(world.classes[0].pupils[0]) is not None
    lift_profile(by=world.director, school=world.school, profile=Profile.PUPIL)
    assert gates.refusal(world.classes[0].pupils[0]) is None
    with pytest.raises(AlreadyDone):
        lift_profile(by=world.director, school=world.school, profile=Profile.PUPIL)


def test_who_does_not_administer_the_school_neither_blocks_nor_lets_in() -> None:
    here, there = school_world(), school_world()
    for person in (there.director, here.classes[0].teacher):
        with pytest.raises(NotYours):
            block_profile(by=person, school=here.school, profile=Profile.PUPIL)
    block = block_profile(by=here.director, school=here.school, profile=Profile.PUPIL)
    for act in (
        lambda: lift_profile(by=there.director, school=here.school, profile=Profile.PUPIL),
        lambda: change_block(by=there.director, block=block, reason="x"),
    ):
        with pytest.raises(NotYours):
            act()
    assert Block.objects.get().lifted_at is None


def test_what_was_set_from_above_is_lifted_from_above() -> None:
    world = school_world(in_district=True)
    above = AdministratorFactory(of_district=True, district=world.school.district).person
    block = block_profile(by=above, school=world.school, profile=Profile.PUPIL)
    alone = block_person(by=above, person=world.classes[0].teacher)
    assert (block.set_from, alone.set_from) == (Scope.DISTRICT, Scope.DISTRICT)
    for act in (
        lambda: lift_profile(by=world.director, school=world.school, profile=Profile.PUPIL),
        lambda: change_block(by=world.director, block=block, reason="x"),
        lambda: lift_block(by=world.director, block=alone),
    ):
        with pytest.raises(Outranked, match="circonscription"):
            act()
    academy = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    lift_profile(by=academy, school=world.school, profile=Profile.PUPIL)
    lift_block(by=above, block=alone)
    # Who holds both rights sets it from the nearer one.
    AdministratorFactory(person=above, school=world.school)
    again = block_profile(by=above, school=world.school, profile=Profile.PUPIL)
    assert again.set_from == Scope.SCHOOL
    lift_profile(by=world.director, school=world.school, profile=Profile.PUPIL)


def test_a_block_foreseen_shuts_nobody_out_yet_and_can_be_taken_back() -> None:
    world = school_world()
    starts = clock.now() + timedelta(days=3)
    block_profile(by=world.director, school=world.school, profile=Profile.RELATIVE, starts_at=starts)
    state = state_of(world.school, Profile.RELATIVE)
    assert (state.foreseen, state.blocked) == (True, False)
    assert gates.refusal(world.classes[0].relatives[0]) is None
    lift_profile(by=world.director, school=world.school, profile=Profile.RELATIVE)
    assert state_of(world.school, Profile.RELATIVE).block is None


def test_a_block_has_one_end_and_it_comes_after_now() -> None:
    world = school_world()
    soon = clock.now() + timedelta(days=1)
    act = {"by": world.director, "school": world.school, "profile": Profile.PUPIL}
    with pytest.raises(BadDates):
        block_profile(**act, ends_at=soon, until_turnover=True)
    block = block_profile(**act, ends_at=soon)
    with pytest.raises(BadDates):
        change_block(by=world.director, block=block, ends_at=clock.now() - timedelta(hours=1))
    changed = change_block(by=world.director, block=block, until_turnover=True, reason="Rentrée")
    assert (changed.ends_at, changed.until_turnover, changed.reason) == (None, True, "Rentrée")
    entry = AuditEntry.objects.get(verb="block.changed")
    assert (entry.before["until_turnover"], entry.after["until_turnover"]) == (False, True)


def test_lines_count_who_is_concerned_who_administers_who_has_another_school() -> None:
    here, there = school_world(pupils=2), school_world(pupils=1)
    # a relative with a child in both schools, a teacher of both, a teacher who administers
    shared = relative_of(here.classes[0].pupils[0], there.classes[0].pupils[0])
    AttachmentFactory(person=here.classes[0].teacher, school=there.school)
    AdministratorFactory(person=PersonFactory(teacher=True), school=here.school)
    block_person(by=here.director, person=here.classes[0].pupils[1])
    teachers = state_of(here.school, Profile.TEACHER)
    assert (teachers.people, teachers.administrators, teachers.elsewhere, teachers.covered) == (2, 1, 1, 1)
    relatives = state_of(here.school, Profile.RELATIVE)
    assert (relatives.people, relatives.elsewhere) == (3, 1)
    assert state_of(here.school, Profile.PUPIL).alone == 1
    # once the other school shuts its parents out too, nobody is left elsewhere
    block_profile(by=there.director, school=there.school, profile=Profile.RELATIVE)
    assert state_of(here.school, Profile.RELATIVE).elsewhere == 0
    block_profile(by=here.director, school=here.school, profile=Profile.RELATIVE)
    assert gates.refusal(shared) is not None


def test_who_arrives_later_is_covered_too() -> None:
    world = school_world(pupils=1)
    block_profile(by=world.director, school=world.school, profile=Profile.PUPIL)
    late = pupil_in(world.classes[0].school_class)
    assert gates.refusal(late) is not None
