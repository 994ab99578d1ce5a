"""School years of an academy."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from core import audit
from schools.errors import NotOfTheYear
from schools.models import Academy, SchoolYear
from schools.rules import OPENING, default_bounds, year_of


@transaction.atomic
def ensure_years(*, academy: Academy, years: Iterable[int]) -> None:
    """Opens the academy's missing school years; those there stay as they are.

    They begin on the day of the year that its latest known one begins, in France's usual way where none is.
    """
    latest = SchoolYear.objects.filter(academy=academy).order_by("-year").first()
    opening = (latest.starts_on.month, latest.starts_on.day) if latest else OPENING
    bounds = {year: default_bounds(year, opening) for year in years}
    SchoolYear.objects.bulk_create(
        [
            SchoolYear(academy=academy, year=year, starts_on=starts_on, ends_on=ends_on)
            for year, (starts_on, ends_on) in bounds.items()
        ],
        ignore_conflicts=True,
    )


def year_on(*, academy: Academy, day: date) -> int:
    """The academy's school year that holds a day: 2026 stands for 2026-2027."""
    found = SchoolYear.objects.filter(academy=academy, starts_on__lte=day, ends_on__gte=day).first()
    return found.year if found else year_of(day)


def set_first_day(*, by: audit.Someone | None, academy: Academy, year: int, day: date | None) -> SchoolYear:
    """Says the first day of class of an academy's year; None goes back to the usual one. Who may is asked above.

    Raises NotOfTheYear for a day outside of that year.
    """
    with audit.acting(by=by):
        ensure_years(academy=academy, years=[year])
        held = SchoolYear.objects.select_for_update(of=("self",)).get(academy=academy, year=year)
        if day is not None and not held.starts_on <= day <= held.ends_on:
            raise NotOfTheYear()
        if day != held.first_day:
            before = {"day": held.first_day and held.first_day.isoformat()}
            held.first_day = day
            held.save(update_fields=["first_day"])
            after = {"academy": academy.name, "year": year, "day": day and day.isoformat()}
            audit.record("academy.first_day_set", before=before, after=after)
    return held
