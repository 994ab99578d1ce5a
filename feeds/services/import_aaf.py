"""The doors of AAF, of either degree: a set of one academy comes in."""

from pathlib import Path
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import connection, transaction

from accounts.enums import Source
from core import clock
from core.progress import SILENT, Progress
from feeds import academies, check, stage
from feeds.enums import RunState
from feeds.intake import BY_NAME, Intake
from feeds.models import FeedRun
from feeds.read import aaf
from feeds.read.aaf1d import AAF1D
from feeds.read.aaf2d import AAF2D
from feeds.read.dialect import Dialect
from feeds.read.fileset import FileSet, open_set
from feeds.read.rows import Anomaly, told_once
from feeds.services.life import Ending, enter, finish
from feeds.services.run_set import Timed, decide

FORMATS: dict[Source, Dialect] = {Source.AAF1D: AAF1D, Source.AAF2D: AAF2D}


class Options(TypedDict, total=False):
    """What either door takes besides the path."""

    academy: str
    by: UUID | None
    dry_run: bool
    accept_departures: bool
    progress: Progress


def import_aaf1d(*, path: Path | str, **options: Unpack[Options]) -> FeedRun:
    """Imports a set of AAF 1D; see `import_aaf`."""
    return import_aaf(source=Source.AAF1D, path=path, **options)


def import_aaf2d(*, path: Path | str, **options: Unpack[Options]) -> FeedRun:
    """Imports a set of AAF 2D, of *collèges*; see `import_aaf`."""
    return import_aaf(source=Source.AAF2D, path=path, **options)


def import_aaf(
    *,
    source: Source,
    path: Path | str,
    academy: str = "",
    by: UUID | None = None,
    dry_run: bool = False,
    accept_departures: bool = False,
    progress: Progress = SILENT,
) -> FeedRun:
    """Imports a set of AAF of one degree; answers its run, whatever became of it.

    Raises `DomainError` where the set cannot be read or a rule refuses it before its plan is weighed:
    the run is then `failed` or `refused`, and nothing else is left.
    """
    dialect = FORMATS[source]
    run = FeedRun.objects.create(
        source=source, origin=Path(path).name, by=by, started_at=clock.now(),
        accepted_departures=accept_departures,
    )  # fmt: skip
    timed = Timed(run, progress)
    with Ending(run):
        with open_set(path, academy=academy) as found, timed.phase("read", "Lecture"):
            run.fed_on = found.date
            anomalies = [*found.anomalies, *_stage(run, found, dialect, progress)]
        with transaction.atomic():
            home = academies.of_set(run, code=academy, folder=found.folder)
            intake = Intake(
                run=run, source=source, fed_on=found.date, accept_departures=accept_departures,
                by_name=source in BY_NAME,
            )  # fmt: skip
            enter(intake, home.academy)
            with timed.phase("check", "Contrôle"), stage.schema(run):
                check.check_schools(intake)
                check.refuse_other_degree(intake)
                check.check(intake)
                check.write_anomalies(intake, list(told_once(anomalies)))
                check.refuse_empty(anomalies)
                check.refuse_older(intake)
            state = decide(intake, timed, dry_run=dry_run)
            finish(run, state)
            if state is not RunState.APPLIED:
                home.put_back(run)
    return run


def _stage(run: FeedRun, found: FileSet, dialect: Dialect, progress: Progress) -> list[Anomaly]:
    jobs = aaf.jobs(found, today=clock.today(), dialect=dialect)

    def tables() -> None:
        stage.create(run)
        with connection.cursor() as cursor:
            cursor.executemany(
                f'insert into "{run.schema}".stage_file values (%s, %s)', [(j.number, j.name) for j in jobs]
            )

    size = sum(file.path.stat().st_size for file in found.files)
    if size >= stage.PARALLEL_FROM and not connection.in_atomic_block:
        return stage.copy_files(run, [(job,) for job in jobs], aaf.read_file, progress, tables=tables)
    tables()
    return [a for job in jobs for a in stage.copy_rows(run, aaf.read_file(job), progress)]
