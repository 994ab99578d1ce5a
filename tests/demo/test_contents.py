"""What the demo's people keep and share: every kind of share is there, all of it by the product's own rules."""

from pathlib import Path

import pytest

from accounts.models import User
from core import invariants
from demo import accounts
from demo.services.academy import open_academy
from demo.services.contents import fill
from directory.enums import GroupKind
from sharing.models import Grant, Resource
from sharing.querysets import shared_with

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
