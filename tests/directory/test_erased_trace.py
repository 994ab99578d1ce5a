"""An account deleted at the end of its delay leaves a trace that its school’s administrators read, and no name."""

from datetime import date

import pytest

from accounts.models import User
from accounts.services.lifecycle import erase
from core.models import AuditEntry
from directory.querysets.audit import audit_visible_to
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, school_world
from tests.schools.factories import DistrictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(district=DistrictFactory())


def traces(by: User) -> list[AuditEntry]:
    return list(audit_visible_to(by).filter(verb="person.erased"))


def test_each_school_reads_that_an_account_of_its_was_erased_and_no_other_does(world: SchoolWorld) -> None:
    room = world.classes[0]
    gone = [room.teacher, room.pupils[0], room.relatives[0]]
    User.objects.filter(pk__in=[each.pk for each in gone]).update(
        absent_since=date(2026, 9, 1), pre_deleted_on=date(2026, 10, 1)
    )
    erase([each.pk for each in gone], date(2026, 11, 30))
    erun = AdministratorFactory(of_district=True, district=world.school.district).person
    for reader in (world.director, erun):
        found = traces(reader)
        assert {(entry.subject, entry.school) for entry in found} == {
            (each.uuid, world.school.uuid) for each in gone
        }
        assert sorted(entry.before["profile"] for entry in found) == ["PUPIL", "RELATIVE", "TEACHER"]
        names = {each.last_name for each in gone}
        assert not any(name in str((entry.before, entry.after)) for entry in found for name in names)
    assert traces(school_world().director) == []
