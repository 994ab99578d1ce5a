"""The running year of schools whose staff nobody feeds opens on the first day of school."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from core import clock
from feeds.enums import Part
from feeds.intake import OTHER_DEGREE
from feeds.models import SchoolMark
from schools.models import School
from schools.rules import year_of


@transaction.atomic
def open_unfed_years() -> int:
    """Opens this year for the schools that no staff file names; answers how many. Twice is once."""
    today = clock.today()
    year = year_of(today)
    if today < date(year, *settings.CARTABLE_FIRST_DAY_OF_SCHOOL):
        return 0
    fed = SchoolMark.objects.filter(school=OuterRef("pk"), part=Part.STAFF, source__in=OTHER_DEGREE)
    behind = School.objects.filter(running_year__lt=year).filter(~Exists(fed))
    return behind.update(running_year=year)
