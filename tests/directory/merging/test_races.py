"""Merges that meet."""

import pytest

from accounts.errors import CannotMerge
from accounts.models import Merge, User
from core import invariants
from directory.services import duplicates
from tests.directory.merging.worlds import twins
from tests.sharing.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_merges_of_the_same_two_at_once_make_one() -> None:
    world = twins()
    raised = together(
        lambda: duplicates.merge(by=world.director, kept=world.kept, gone=world.gone),
        lambda: duplicates.merge(by=world.director, kept=world.gone, gone=world.kept),
    )
    assert [type(error) for error in raised] == [CannotMerge]
    assert Merge.objects.count() == 1
    assert User.everyone.filter(merged_into__isnull=False).count() == 1
    assert [each.invariant.name for each in invariants.run_all()] == []
