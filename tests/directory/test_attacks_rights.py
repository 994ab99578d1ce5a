"""An adversary with rights of their own: a school's administrator who wants more, a stranger's hand on services."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.enums import Profile
from accounts.models import User
from directory.enums import Scope, TieLimit
from directory.errors import NotAnAdministrator, NoTie, NotOneself, NotYours, OutOfReach, Outranked
from directory.models import Administrator, Group
from directory.querysets import people_administered_by
from directory.services import (
    administrators,
    blocks,
    class_teachers,
    codes,
    consents,
    detach,
    groups,
    ties,
)
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory, BlockFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at
from tests.schools.factories import AcademyFactory, DistrictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> SchoolWorld:
    academy = AcademyFactory()
    return school_world(academy=academy, district=DistrictFactory(academy=academy))


@pytest.fixture
def there(here: SchoolWorld) -> SchoolWorld:
    """A school of the same academy, in another district."""
    academy = here.school.academy
    return school_world(academy=academy, district=DistrictFactory(academy=academy))


def erun_at(world: SchoolWorld) -> User:
    """A teacher of the school who administers its whole district."""
    person = teacher_at(world.school)
    AdministratorFactory(
        person=person, scope=Scope.DISTRICT, school=None, district=world.school.district, academy=None
    )
    return person


def test_no_director_takes_the_account_of_whoever_administers_more(here: SchoolWorld) -> None:
    erun = erun_at(here)
    assert erun in people_administered_by(here.director)
    with pytest.raises(OutOfReach):
        codes.renew_codes(by=here.director, people=[erun])
    User.objects.filter(pk=erun.pk).update(code_open=True)
    with pytest.raises(OutOfReach):
        codes.codes_to_print(by=here.director, people=[erun])
    assert erun not in codes.people_looked_after_by(here.director)


def test_a_director_of_one_school_takes_no_code_of_the_director_of_another(
    here: SchoolWorld, there: SchoolWorld
) -> None:
    AttachmentFactory(person=there.director, school=here.school)
    with pytest.raises(OutOfReach):
        codes.renew_codes(by=here.director, people=[there.director])


def test_whoever_administers_as_much_or_more_still_helps(here: SchoolWorld) -> None:
    erun = erun_at(here)
    assert codes.renew_codes(by=erun, people=[here.director]) == 1
    deputy = teacher_at(here.school)
    AdministratorFactory(person=deputy, school=here.school)
    assert codes.renew_codes(by=deputy, people=[here.director]) == 1


def test_nobody_renews_their_own_code_by_mistake(here: SchoolWorld) -> None:
    with pytest.raises(NotOneself):
        codes.renew_codes(by=here.director, people=[here.director])


def test_a_teacher_gets_no_code_but_of_their_own_class(here: SchoolWorld, there: SchoolWorld) -> None:
    teacher, other = here.classes[0].teacher, there.classes[0]
    for target in (other.pupils[0], other.relatives[0], here.director, other.teacher, teacher):
        with pytest.raises((OutOfReach, NotOneself)):
            codes.codes_to_print(by=teacher, people=[here.classes[0].pupils[0], target])
    parent = here.classes[0].relatives[0]
    for nobody in (parent, here.classes[0].pupils[0], PersonFactory(guest=True)):
        with pytest.raises(OutOfReach):
            codes.codes_to_print(by=nobody, people=[parent])


def test_rights_are_given_no_wider_than_ones_own(here: SchoolWorld, there: SchoolWorld) -> None:
    colleague = teacher_at(here.school)
    for place in (here.school.district, here.school.academy, there.school, None):
        with pytest.raises(NotYours):
            administrators.give_rights(by=here.director, person=colleague, place=place)
    erun = erun_at(here)
    for place in (there.school, there.school.district, here.school.academy, None):
        with pytest.raises(NotYours):
            administrators.give_rights(by=erun, person=colleague, place=place)
    assert administrators.give_rights(by=here.director, person=colleague, place=here.school).pk


def test_rights_go_to_no_stranger_no_child_no_family_nobody_leaving(
    here: SchoolWorld, there: SchoolWorld
) -> None:
    in_class = here.classes[0]
    stranger, leaving = there.classes[0].teacher, teacher_at(here.school, pre_deleted=True)
    for person in (stranger, leaving, in_class.pupils[0], in_class.relatives[0]):
        with pytest.raises((OutOfReach, NotAnAdministrator)):
            administrators.give_rights(by=here.director, person=person, place=here.school)
    assert not Administrator.objects.filter(person__in=[stranger, leaving, *in_class.pupils]).exists()


def test_an_academy_gives_rights_to_its_own_even_without_a_school(here: SchoolWorld) -> None:
    chief = PersonFactory(staff=True, activated=True)
    AdministratorFactory(
        person=chief, scope=Scope.ACADEMY, school=None, district=None, academy=here.school.academy
    )
    new = PersonFactory(staff=True, academy=here.school.academy)
    assert administrators.give_rights(by=chief, person=new, place=here.school.district).pk


def test_nobody_takes_ones_own_rights_nor_wider_ones(here: SchoolWorld, there: SchoolWorld) -> None:
    own = Administrator.objects.get(person=here.director)
    with pytest.raises(NotOneself):
        administrators.take_rights(by=here.director, right=own)
    for right in (
        Administrator.objects.get(person=erun_at(here)),
        Administrator.objects.get(person=there.director),
    ):
        with pytest.raises(NotYours):
            administrators.take_rights(by=here.director, right=right)


def test_nobody_who_administers_more_is_blocked_or_detached(here: SchoolWorld) -> None:
    erun = erun_at(here)
    with pytest.raises(Outranked):
        blocks.block_person(by=here.director, person=erun)
    with pytest.raises(Outranked):
        detach.detach(by=here.director, person=erun, school=here.school)


ACTS: dict[str, Callable[[User, SchoolWorld], Any]] = {
    "give": lambda by, w: administrators.give_rights(by=by, person=w.classes[0].teacher, place=w.school),
    "take": lambda by, w: administrators.take_rights(
        by=by, right=Administrator.objects.get(person=w.director)
    ),
    "block": lambda by, w: blocks.block_person(by=by, person=w.classes[0].pupils[0]),
    "block profile": lambda by, w: blocks.block_profile(by=by, school=w.school, profile=Profile.PUPIL),
    "lift": lambda by, w: blocks.lift_block(by=by, block=BlockFactory(person=w.classes[0].pupils[0])),
    "attach": lambda by, w: class_teachers.attach_teacher(
        by=by, teacher=w.director, school_class=w.classes[0].school_class
    ),
    "unattach": lambda by, w: class_teachers.detach_teacher(
        by=by, teacher=w.classes[0].teacher, school_class=w.classes[0].school_class
    ),
    "detach": lambda by, w: detach.detach(by=by, person=w.classes[0].teacher, school=w.school),
    "undo": lambda by, w: detach.undo_detachment(by=by, person=w.classes[0].teacher, school=w.school),
    "tie": lambda by, w: ties.restrict_tie(
        by=by, relative=w.classes[0].relatives[0], pupil=w.classes[0].pupils[0], limit=TieLimit.ENDED
    ),
    "untie": lambda by, w: ties.lift_restriction(
        by=by, relative=w.classes[0].relatives[0], pupil=w.classes[0].pupils[0]
    ),
    "consent": lambda by, w: consents.say_for_school(by=by, pupil=w.classes[0].pupils[0], allowed=True),
    "group": lambda by, w: groups.create_group(by=by, school=w.school, name="Chorale"),
    "members": lambda by, w: groups.add_members(by=by, group=_protected(w), people=[by]),
    "remove": lambda by, w: groups.remove_members(by=by, group=_protected(w), people=[w.director]),
    "rename": lambda by, w: groups.rename_group(by=by, group=_protected(w), name="Autre"),
    "delete": lambda by, w: groups.delete_group(by=by, group=_protected(w)),
}


def _protected(world: SchoolWorld) -> Group:
    return Group.objects.get(school=world.school, protected=True)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_no_service_obeys_whoever_has_no_right(here: SchoolWorld, there: SchoolWorld, act: str) -> None:
    in_class = here.classes[0]
    former = teacher_at(here.school)
    AdministratorFactory(person=former, school=here.school, ended=True)
    strangers = [
        in_class.pupils[0],
        in_class.relatives[0],
        in_class.teacher,
        there.director,
        former,
        erun_at(there),
        PersonFactory(guest=True, activated=True),
    ]
    for by in strangers:
        with pytest.raises((NotYours, NotOneself)):
            ACTS[act](by, here)


def test_a_relative_speaks_for_their_own_child_alone(here: SchoolWorld) -> None:
    in_class = here.classes[0]
    with pytest.raises(NoTie):
        consents.say_as_relative(by=in_class.relatives[0], pupil=in_class.pupils[1], allowed=True)
    ties.restrict_tie(
        by=here.director,
        relative=in_class.relatives[0],
        pupil=in_class.pupils[0],
        limit=TieLimit.LIMITED,
    )
    with pytest.raises(NoTie):
        consents.say_as_relative(by=in_class.relatives[0], pupil=in_class.pupils[0], allowed=True)


def test_a_director_puts_no_stranger_in_a_group_and_takes_out_those_who_left(
    here: SchoolWorld, there: SchoolWorld, as_person: Callable[[User], Any]
) -> None:
    group = groups.create_group(by=here.director, school=here.school, name="Chorale")
    with pytest.raises(OutOfReach):
        groups.add_members(by=here.director, group=group, people=[there.classes[0].pupils[0]])
    gone = pupil_in(here.classes[0].school_class)
    groups.add_members(by=here.director, group=group, people=[gone])
    gone.attachment_set.update(ended_on="2026-10-01")
    gone.classattachment_set.update(ended_on="2026-10-01")
    AttachmentFactory(person=gone, school=there.school)
    asked = as_person(here.director).post(
        f"/api/v1/groups/{group.uuid}/members/remove/",
        {"people": [str(gone.uuid)]},
        content_type="application/json",
    )
    assert (asked.status_code, asked.json()) == (200, {"count": 1})


def test_an_account_of_a_relative_is_not_the_teachers_own(here: SchoolWorld, there: SchoolWorld) -> None:
    """A teacher of one school whose child is in another: two accounts, and nothing passes between them."""
    child = pupil_in(there.classes[0].school_class)
    as_parent = relative_of(child, first_name="Jeanne", last_name="Roy")
    as_teacher = teacher_at(here.school, first_name="Jeanne", last_name="Roy")
    with pytest.raises(NotYours):
        ties.restrict_tie(by=as_teacher, relative=as_parent, pupil=child, limit=TieLimit.LIMITED)
