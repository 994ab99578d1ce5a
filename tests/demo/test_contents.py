"""What the demo's people keep and share: every kind of share is there, all of it by the product's own rules."""

from pathlib import Path

import pytest

from accounts.models import User
from core import clock, invariants
from demo import accounts
from demo.services.academy import open_academy
from demo.services.board import tell
from demo.services.contents import fill
from demo.services.school_life import live
from directory.enums import GroupKind
from directory.models import Block, FavouriteEntry, Group
from directory.querysets import standpoint_of
from directory.querysets.duplicates import first_of_duplicates
from documents.models import Comment, FileVersion, Returned, Star
from home.enums import Stage, Weight
from home.models import Acknowledgement, Notice
from home.querysets import notices_visible_to
from home.services.notices import stage_of
from schools.models import SchoolSettings
from sharing.group_upkeep import Mark, lines_of
from sharing.models import Grant, Resource
from sharing.querysets import reach_of, shared_with

pytestmark = pytest.mark.django_db


def _person(role: accounts.Role) -> User:
    return next(each.person for each in accounts.chosen() if each.role == role)


def test_a_first_look_shows_folders_files_and_shares_of_every_kind(tmp_path: Path) -> None:
    open_academy(data=tmp_path)
    assert fill() > 10
    grants = Grant.objects.select_related("group")
    assert {grant.group.kind for grant in grants if grant.group} >= {
        GroupKind.CLASS,
        GroupKind.SCHOOL,
        GroupKind.MANUAL,
    }
    origins = {origin["by"] for grant in grants for origin in grant.origins}
    assert origins == {"name", "favourite"}
    for role in (accounts.Role.PUPIL, accounts.Role.RELATIVE, accounts.Role.TEACHER):
        person = _person(role)
        assert Resource.objects.filter(owner=person, kind="file").exists()
        assert shared_with(person).exists()
    assert invariants.run_all() == []
    before = Resource.objects.count()
    assert fill() == 0
    assert Resource.objects.count() == before


def test_schools_have_a_past_and_each_new_thing_shows_at_first_look(tmp_path: Path) -> None:
    open_academy(data=tmp_path)
    fill()
    assert live() == len([each for each in accounts.chosen() if each.role == accounts.Role.DIRECTOR])
    head = next(each for each in accounts.chosen() if each.role == accounts.Role.DIRECTOR)
    school, teacher = head.school, _person(accounts.Role.TEACHER)
    assert school is not None
    scope = standpoint_of(head.person)
    assert first_of_duplicates(scope, school).exists()
    marks = {
        mark
        for line in lines_of(
            list(Group.objects.filter(school=school).select_related("school", "school_class"))
        )
        for mark in line.marks
    }
    assert {Mark.PAST, Mark.LEFT} <= marks
    assert Group.objects.filter(school=school, open_to_members=True, membership__isnull=False).exists()
    settings = SchoolSettings.objects.get(school=school)
    assert settings.message
    assert settings.logo is not None
    assert Block.objects.filter(school=school, ends_at__lt=clock.now()).exists()
    assert Star.objects.filter(person=teacher).count() > 1
    assert Returned.objects.filter(person=teacher).exists()
    assert FavouriteEntry.objects.filter(favourite__owner=teacher, person__attachment__ended_on__isnull=False)
    assert FileVersion.objects.filter(number=2).exists()
    assert Comment.objects.exists()
    assert invariants.run_all() == []
    before = User.objects.count()
    assert live() == 0
    assert User.objects.count() == before


def test_schools_tell_something_and_some_families_have_read_it(tmp_path: Path) -> None:
    open_academy(data=tmp_path)
    assert tell() > 0
    relative, teacher = _person(accounts.Role.RELATIVE), _person(accounts.Role.TEACHER)
    assert notices_visible_to(reach_of(relative)).filter(asks=True, weight=Weight.IMPORTANT).exists()
    assert notices_visible_to(reach_of(teacher)).exists()
    assert {stage_of(each) for each in Notice.objects.all()} == {Stage.SHOWN, Stage.COMING, Stage.DRAFT}
    assert Acknowledgement.objects.exists()
    assert tell() == 0
