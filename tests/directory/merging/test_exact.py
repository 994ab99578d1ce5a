"""Two accounts made one, and parted again: to the row."""

import random

import pytest

from accounts.services import merge as accounts
from core import invariants
from directory.models import Administrator, Attachment, Detachment
from directory.services import duplicates
from rollover.services.roll import roll_school
from sharing.models import Grant, Resource
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    ClassAttachmentFactory,
    DetachmentFactory,
)
from tests.directory.merging.worlds import changed, fill, fill_family, snapshot, twins
from tests.directory.worlds import school_world
from tests.schools.factories import YEAR

pytestmark = pytest.mark.django_db


def broken() -> list[str]:
    return [each.invariant.name for each in invariants.run_all()]


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("profile", ["teacher", "relative"])
def test_a_merge_undone_leaves_every_table_as_it_was(profile: str, seed: int) -> None:
    world, dice = twins(profile), random.Random(seed)
    (fill if profile == "teacher" else fill_family)(world, dice)
    assert broken() == []
    before = snapshot()
    merge = duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    assert broken() == []
    assert changed(before, snapshot()) != {}
    duplicates.unmerge(by=world.director, merge=merge)
    assert changed(before, snapshot()) == {}


def test_a_class_taken_meanwhile_goes_with_its_school() -> None:
    world, other = twins(), school_world(classes=1, pupils=1)
    AttachmentFactory(person=world.gone, school=other.school)
    school_class = other.classes[0].school_class
    merge = accounts.merge(by=world.director, kept=world.kept, gone=world.gone)
    taken = ClassAttachmentFactory(person=world.kept, school_class=school_class, by_hand=True)
    accounts.unmerge(by=world.director, merge=merge)
    taken.refresh_from_db()
    assert (taken.person, taken.ended_on) == (world.gone, None)
    assert broken() == []


def test_a_detachment_of_a_year_that_has_ended_meanwhile_does_not_come_back() -> None:
    world = twins()
    Attachment.objects.filter(person=world.gone).update(ended_on="2026-09-10")
    DetachmentFactory(person=world.gone, school=world.school)
    merge = accounts.merge(by=world.director, kept=world.kept, gone=world.gone)
    roll_school(school=world.school, year=YEAR + 1)
    accounts.unmerge(by=world.director, merge=merge)
    assert Detachment.objects.get(person=world.gone).lifted_at is not None
    assert broken() == []


def test_a_director_whose_school_has_let_them_go_meanwhile_administers_it_no_more() -> None:
    world = twins()
    AdministratorFactory(person=world.gone, school=world.school, named_by_feed=True)
    merge = accounts.merge(by=world.director, kept=world.kept, gone=world.gone)
    Attachment.objects.filter(person=world.kept).update(ended_on="2026-10-01")
    accounts.unmerge(by=world.director, merge=merge)
    assert not Administrator.objects.filter(person=world.gone, ended_on=None).exists()
    assert broken() == []


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_left_to_the_absorbed_account(seed: int) -> None:
    world, dice = twins(), random.Random(100 + seed)
    fill(world, dice)
    made = Resource.objects.filter(owner__in=[world.kept, world.gone]).count()
    duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    assert Resource.objects.filter(owner=world.kept).count() == made
    assert not Grant.objects.filter(person=world.gone).exists()
    assert broken() == []
