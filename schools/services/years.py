"""School years of an academy."""

from collections.abc import Iterable

from django.db import transaction

from schools.models import Academy, SchoolYear
from schools.rules import default_bounds


@transaction.atomic
def ensure_years(*, academy: Academy, years: Iterable[int]) -> None:
    """Opens the academy's missing school years with France's usual bounds; those there stay as they are."""
    SchoolYear.objects.bulk_create(
        [
            SchoolYear(
                academy=academy, year=year, starts_on=default_bounds(year)[0], ends_on=default_bounds(year)[1]
            )
            for year in years
        ],
        ignore_conflicts=True,
    )
