"""Groups made before manual groups bore a year, from that state."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.db import connection

from core.models import AuditEntry
from directory.models import Group
from schools.models import School, SchoolYear
from tests.directory.factories import GroupFactory
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def made(school: School, at: datetime | None, **traits: object) -> Group:
    group: Group = GroupFactory(school=school, year=None, **traits)
    if at is not None:
        AuditEntry.objects.create(at=at, verb="group.created", subject=group.uuid, school=school.uuid)
    return group


def migrate() -> None:
    migration = import_module("directory.migrations.0011_years_of_older_groups").Migration
    with connection.cursor() as cursor:
        cursor.execute(migration.operations[0].sql)


def year_of(group: Group) -> int | None:
    group.refresh_from_db()
    return group.year


def test_a_group_gets_the_year_of_the_day_when_it_was_made() -> None:
    school = SchoolFactory()
    spring = made(school, datetime(2025, 4, 3, 9, tzinfo=UTC))
    summer = made(school, datetime(2025, 7, 31, 22, 30, tzinfo=UTC))  # 1 August in Paris
    SchoolYear.objects.filter(academy=school.academy, year__in=[2023, 2024]).delete()
    SchoolYear.objects.create(
        academy=school.academy, year=2023, starts_on=date(2023, 7, 1), ends_on=date(2024, 6, 30)
    )
    opened = made(school, datetime(2023, 7, 14, 9, tzinfo=UTC))
    migrate()
    assert [year_of(group) for group in (spring, summer, opened)] == [2024, 2025, 2023]


def test_without_a_trace_or_protected_it_bears_none_and_a_known_year_stays() -> None:
    school = SchoolFactory()
    old = datetime(2024, 9, 3, 9, tzinfo=UTC)
    unknown, protected = made(school, None), made(school, old, protected=True)
    known = made(school, old)
    Group.objects.filter(pk=known.pk).update(year=2026)
    migrate()
    assert [year_of(group) for group in (unknown, protected, known)] == [None, None, 2026]
