"""The running year of schools whose staff nobody feeds opens on the first day of school."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from core import clock
from feeds.enums import Part
from feeds.intake import OTHER_DEGREE
from feeds.models import SchoolMark
from schools.models import Academy, School, SchoolYear
from schools.season import first_day_in, usual_year


@transaction.atomic
def open_unfed_years() -> int:
    """Opens this year for the schools that no staff file names; answers how many. Twice is once."""
    today = clock.today()
    begun: dict[int, list[int]] = defaultdict(list)
    for academy, year in _begun(today):
        begun[year].append(academy)
    fed = SchoolMark.objects.filter(school=OuterRef("pk"), part=Part.STAFF, source__in=OTHER_DEGREE)
    opened = 0
    for year, academies in begun.items():
        behind = School.objects.filter(running_year__lt=year, academy__in=academies).filter(~Exists(fed))
        opened += behind.update(running_year=year)
    return opened


def _begun(today: date) -> Iterator[tuple[int, int]]:
    """The academies (key) whose classes have begun, with the year that runs."""
    rows = SchoolYear.objects.filter(starts_on__lte=today, ends_on__gte=today)
    known = {row.academy_id: row for row in rows}
    usual = usual_year(today)
    for academy in Academy.objects.values_list("pk", flat=True):
        row = known.get(academy, usual)
        if today >= first_day_in(row):
            yield academy, row.year
