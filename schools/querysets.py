"""Schools by what people type; what they chose."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import time
from typing import NamedTuple

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat

from core import clock, sql
from core.text import fold
from schools.models import ApplicationOff, School, SchoolSettings
from schools.rules import Quiet


class Chosen(NamedTuple):
    """Where a school is, and what its row of settings holds of its quiet hours: nothing, where it chose nothing."""

    zone: str
    on: bool | None
    starts: time | None
    ends: time | None
    weekends: bool | None


def named_like(schools: QuerySet[School], typed: str) -> QuerySet[School]:
    """Those whose name, town or UAI hold every word typed, accents and case forgiven; all for no word."""
    words = fold(typed).split()
    if not words:
        return schools
    said = Concat("name", Value(" "), "city", Value(" "), F("uai"), output_field=TextField())
    schools = schools.annotate(said=Func(said, function="core_fold", output_field=TextField()))
    for word in words:
        schools = schools.filter(said__contains=word)
    return schools


def settings_of(school: School) -> SchoolSettings:
    """What the school chose, or the defaults. One query."""
    found = SchoolSettings.objects.select_related("logo").filter(school=school).first()
    if found is None:
        return SchoolSettings(school=school)
    found.school = school
    return found


def messages_of_day(schools: list[School]) -> list[SchoolSettings]:
    """The settings of those of these schools that have a message to show today, in their order. One query."""
    if not schools:
        return []
    rows = SchoolSettings.objects.filter(school__in=schools, message_until__gte=clock.today())
    told = {row.pk: row for row in rows.exclude(message="")}
    found = []
    for school in schools:
        if (row := told.get(school.pk)) is not None:
            row.school = school
            found.append(row)
    return found


def applications_off(school: School) -> dict[str, frozenset[str]]:
    """The profiles that each application is closed to, by its key. One query."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = ApplicationOff.objects.filter(school=school).values_list("application", "profile")
    for application, profile in rows:
        found[application].add(profile)
    return {application: frozenset(profiles) for application, profiles in found.items()}


def hours_in_use() -> dict[Chosen, Quiet]:
    """Every way in which schools are left in peace, by what their rows hold: few, whatever the number of schools.
    One query."""
    found = [Chosen(**row) for row in sql.rows("schools", "hours_in_use")]
    return {chosen: _hours(*chosen) for chosen in found}


def quiet_hours_of(schools: Iterable[int]) -> dict[int, Quiet]:
    """When each of these schools (keys) is left in peace, as it chose or by default. One query, which makes no
    school: a delivery asks it of hundreds."""
    chosen = [f"chosen_settings__{name}" for name in ("quiet", "quiet_from", "quiet_until", "quiet_weekends")]
    rows = School.objects.filter(pk__in=list(schools)).order_by()
    return {
        key: _hours(zone, *given)
        for key, zone, *given in rows.values_list("pk", "academy__time_zone", *chosen)
    }


def _hours(
    zone: str, on: bool | None, starts: time | None, ends: time | None, weekends: bool | None
) -> Quiet:
    """As a school chose; by default where it chose nothing."""
    if on is None or starts is None or ends is None or weekends is None:
        return Quiet(zone=zone)
    return Quiet(on=on, starts=starts, ends=ends, weekends=weekends, zone=zone)
