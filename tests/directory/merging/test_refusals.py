"""Who may make one account of two, and which two."""

from collections.abc import Callable
from datetime import date

import pytest

from accounts.errors import CannotMerge, CannotUnmerge
from accounts.models import Merge, User
from core.errors import DomainError
from directory.errors import NotOneself, NotYours, Outranked
from directory.services import duplicates
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.merging.worlds import TwinWorld, twins
from tests.directory.worlds import school_world

pytestmark = pytest.mark.django_db


def _attached_elsewhere(world: TwinWorld) -> None:
    AttachmentFactory(person=world.gone, school=school_world().school)


def _of_district(world: TwinWorld) -> None:
    AdministratorFactory(person=world.gone, of_district=True)


def _said(**values: object) -> Callable[[TwinWorld], None]:
    def say(world: TwinWorld) -> None:
        for name, value in values.items():
            setattr(world.gone, name, value)
        world.gone.save()

    return say


@pytest.mark.parametrize(
    ("turn", "error", "word"),
    [
        (_attached_elsewhere, CannotMerge, "une école que vous n’administrez pas"),
        (_of_district, Outranked, "administre plus que vous"),
        (_said(birth_date=date(1985, 4, 3)), CannotMerge, "nées le même jour"),
        (_said(profile="STAFF"), CannotMerge, "même profil"),
        (_said(first_name="Anne", last_name="Roussel"), CannotMerge, "en commun"),
        (
            _said(absent_since=date(2026, 9, 1), pre_deleted_on=date(2026, 10, 1)),
            CannotMerge,
            "Restaurez-le",
        ),
    ],
)
def test_what_says_no_is_said_and_nothing_is_done(
    turn: Callable[[TwinWorld], None], error: type[DomainError], word: str
) -> None:
    world = twins()
    turn(world)
    with pytest.raises(error, match=word):
        duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    assert not Merge.objects.exists()
    assert world.fresh(world.gone).merged_into_id is None


def test_two_ines_are_two_pupils() -> None:
    world = twins("pupil")
    for person, ine in ((world.kept, "110000001AB"), (world.gone, "110000002CD")):
        User.objects.filter(pk=person.pk).update(ine=ine)
    with pytest.raises(CannotMerge, match="INE"):
        duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)


def test_only_who_administers_both_and_is_neither_may() -> None:
    world, other = twins(), school_world()
    for stranger in (other.director, world.home.classes[0].teacher):
        with pytest.raises(NotYours):
            duplicates.merge(by=stranger, kept=world.kept, gone=world.gone)
    AdministratorFactory(person=world.kept, school=world.school)
    with pytest.raises(NotOneself):
        duplicates.merge(by=world.kept, kept=world.kept, gone=world.gone)
    merge = duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    with pytest.raises(NotYours):
        duplicates.unmerge(by=other.director, merge=merge)
    assert duplicates.unmerge(by=world.director, merge=merge).undone_at is not None
    with pytest.raises(CannotUnmerge, match="déjà annulée"):
        duplicates.unmerge(by=world.director, merge=merge)


def test_three_accounts_of_one_person_are_parted_the_last_first() -> None:
    world = twins()
    third = twins("teacher").kept
    AttachmentFactory(person=third, school=world.school)
    third.attachment_set.exclude(school=world.school).delete()
    first = duplicates.merge(by=world.director, kept=world.kept, gone=world.gone)
    second = duplicates.merge(by=world.director, kept=third, gone=world.fresh(world.kept))
    assert world.fresh(world.gone).merged_into_id == third.pk
    first = Merge.objects.get(pk=first.pk)
    with pytest.raises(CannotUnmerge, match="la plus récente"):
        duplicates.unmerge(by=world.director, merge=first)
    duplicates.unmerge(by=world.director, merge=second)
    assert world.fresh(world.gone).merged_into_id == world.kept.pk
    duplicates.unmerge(by=world.director, merge=Merge.objects.get(pk=first.pk))
    assert world.fresh(world.gone).merged_into_id is None
