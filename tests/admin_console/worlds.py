"""Schools fed by real files, and those who administer them."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.enums import Source
from accounts.models import User
from core import clock
from feeds.enums import PlanAction, PlanKind, RunState
from feeds.models import Anomaly, FeedRun, PlanRow
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.feeds.csvs import Child, Teacher, a_csv, feed_csv
from tests.feeds.sets import PARIS, a_set, feed, name_of, pupils_of

DAY = date(2026, 9, 21)
MORNING = datetime(2026, 9, 21, 9, 0, tzinfo=PARIS)
FILE = "CSVExtraction-eleves.csv"


@dataclass
class Fed:
    """A school that ONDE's files filled, its director, and the run."""

    school: School
    director: User
    run: FeedRun


def children(number: int, *, label: str = "CP A") -> list[Child]:
    """As many pupils, told apart by their first name."""
    return [Child(name_of(f"E{n}"), label=label) for n in range(1, number + 1)]


def fed_school(folder: Path, *, pupils: int = 12, key: str = "A") -> Fed:
    """A school of so many pupils of one class and a teacher, fed a week ago."""
    path = a_csv(folder, pupils=children(pupils), teachers=[Teacher("Paule", "CP A")])
    run = feed_csv(path, school=key, on="2026-09-14")
    run.refresh_from_db()
    assert (run.state, run.school is not None) == (RunState.APPLIED, True)
    assert run.school is not None
    return Fed(run.school, director_of(run.school), run)


def director_of(*schools: School) -> User:
    """Who heads schools and administers them."""
    person = PersonFactory(teacher=True, activated=True)
    for school in schools:
        AttachmentFactory(person=person, school=school, head=True)
        AdministratorFactory(person=person, school=school, named_by_feed=True)
    return person


def academy_admin(academy: Any) -> User:
    person = PersonFactory(staff=True, activated=True)
    AdministratorFactory(person=person, of_academy=True, academy=academy)
    return person


def platform_admin() -> User:
    person = PersonFactory(staff=True, activated=True)
    AdministratorFactory(person=person, of_platform=True)
    return person


def refused_run(folder: Path, fed: Fed, *, left: int = 2) -> FeedRun:
    """The same school told with almost nobody: refused, kept for review."""
    run = feed_csv(a_csv(folder, pupils=children(left)), on=DAY, make=False)
    assert run.state == RunState.REFUSED
    return run


def held_run(folder: Path) -> FeedRun:
    """An academy of two schools of which one loses too many: applied, that school's records wait."""
    feed(a_set(folder, "2026-09-15", pupils=[*pupils_of(20), *pupils_of(30, "B", prefix="P5")]))
    run = feed(a_set(folder, "2026-09-20", pupils=[*pupils_of(13), *pupils_of(30, "B", prefix="P5")]))
    assert run.state == RunState.APPLIED
    return run


def some_run(school: School, state: RunState = RunState.APPLIED, /, **told: Any) -> FeedRun:
    """A run of a school, as a row."""
    return FeedRun.objects.create(
        **{
            "source": Source.ONDE_CSV,
            "academy": school.academy,
            "school": school,
            "state": state,
            "fed_on": DAY,
            "year": 2026,
            "started_at": clock.now(),
            "finished_at": clock.now(),
            **told,
        }
    )


def told_run(school: School, number: int) -> FeedRun:
    """A run of a school with so many rows of each sort and as many anomalies."""
    counts = {kind.value: {action.value: 0 for action in PlanAction} for kind in PlanKind}
    counts["pupils"] |= {"created": number, "changed": number, "absent": number}
    run = some_run(school, counts=counts, seconds={"read": 0.2, "plan": 1.5})
    PlanRow.objects.bulk_create(
        PlanRow(run=run, kind="pupils", action=action, school_id=school.pk, label=f"MARTIN Lina {n}",
                before={"first_name": "Lina"}, after={"first_name": f"Line {n}"})
        for action in ("created", "changed", "absent") for n in range(number)
    )  # fmt: skip
    Anomaly.objects.bulk_create(
        Anomaly(run=run, code=code, file=FILE, line=n + 2, message=f"Élève {n} : la fiche est laissée de côté.")
        for code in ("birth-date-missing", "row-repeated") for n in range(number)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("analyze feeds_planrow, feeds_anomaly, feeds_feedrun")
    return run


def sent(path: Path) -> list[SimpleUploadedFile]:
    """The files of a folder, as a browser sends them."""
    return [SimpleUploadedFile(each.name, each.read_bytes(), "text/csv") for each in sorted(path.iterdir())]
