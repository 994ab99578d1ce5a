"""A turn foreseen or done as a spreadsheet's rows; recorded."""

from collections.abc import Iterator, Sequence
from typing import Any

from accounts.models import User
from core import audit
from rollover import sheets
from rollover.errors import NoClassYet
from rollover.models import Turnover
from rollover.report import report_of
from rollover.services.preview import SchoolFigures, preview_school, preview_schools
from schools.models import School

BATCH = 100
EVERY = 1_000_000


def export_preview(*, by: User, school: School, form: str) -> Iterator[Sequence[Any]]:
    """What a school's next turn would end, with all its things. Raises `NoClassYet`."""
    found = preview_school(school, most=EVERY)
    if found is None:
        raise NoClassYet(uai=school.uai)
    _record(by, school, form, "preview")
    return sheets.of_preview(found)


def export_schools(*, by: User, schools: Sequence[School], form: str) -> Iterator[Sequence[Any]]:
    """A row for each of these, counted a hundred at a time."""
    _record(by, None, form, "schools", number=len(schools))
    return sheets.of_schools(_counted(schools))


def export_report(*, by: User, turnover: Turnover, form: str) -> Iterator[Sequence[Any]]:
    """The report of a turn."""
    _record(by, turnover.school, form, "report", year=turnover.to_year)
    return sheets.of_report(report_of(turnover))


def _counted(schools: Sequence[School]) -> Iterator[SchoolFigures]:
    for start in range(0, len(schools), BATCH):
        yield from preview_schools(schools[start : start + BATCH])


def _record(by: User, school: School | None, form: str, what: str, **told: Any) -> None:
    with audit.acting(by=by):
        audit.record(
            "school.turn_exported",
            school=school.uuid if school else None,
            after={"format": form, "what": what, **told},
        )
