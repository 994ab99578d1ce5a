"""The door of AAF 1D: a set of one academy comes in."""

from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from accounts.enums import Source
from core import clock
from core.progress import SILENT, Progress
from feeds import academies, check, stage
from feeds.enums import RunState
from feeds.intake import Intake
from feeds.models import FeedRun
from feeds.read import aaf1d
from feeds.read.fileset import FileSet, open_set
from feeds.read.rows import Anomaly, told_once
from feeds.services.life import Ending, enter, finish
from feeds.services.run_set import Timed, decide


def import_aaf1d(
    *,
    path: Path | str,
    academy: str = "",
    by: UUID | None = None,
    dry_run: bool = False,
    accept_departures: bool = False,
    progress: Progress = SILENT,
) -> FeedRun:
    """Imports a set of AAF 1D; answers its run, whatever became of it.

    Raises `DomainError` where the set cannot be read or a rule refuses it before its plan is weighed:
    the run is then `failed` or `refused`, and nothing else is left.
    """
    run = FeedRun.objects.create(
        source=Source.AAF1D, origin=Path(path).name, by=by, started_at=clock.now(),
        accepted_departures=accept_departures,
    )  # fmt: skip
    timed = Timed(run, progress)
    with Ending(run):
        with open_set(path, academy=academy) as found, timed.phase("read", "Lecture"):
            run.fed_on = found.date
            anomalies = [*found.anomalies, *_stage(run, found, progress)]
        with transaction.atomic():
            home = academies.of_set(run, code=academy, folder=found.folder)
            intake = Intake(
                run=run, source=Source.AAF1D, fed_on=found.date, accept_departures=accept_departures
            )
            enter(intake, home.academy)
            with timed.phase("check", "Contrôle"), stage.schema(run):
                check.check_schools(intake)
                check.check(intake)
                check.write_anomalies(intake, list(told_once(anomalies)))
                check.refuse_empty(anomalies)
                check.refuse_older(intake)
            state = decide(intake, timed, dry_run=dry_run)
            finish(run, state)
            if state is not RunState.APPLIED:
                home.put_back(run)
    return run


def _stage(run: FeedRun, found: FileSet, progress: Progress) -> list[Anomaly]:
    jobs = aaf1d.jobs(found, today=clock.today())

    def tables() -> None:
        stage.create(run)
        with connection.cursor() as cursor:
            cursor.executemany(
                f'insert into "{run.schema}".stage_file values (%s, %s)', [(j.number, j.name) for j in jobs]
            )

    size = sum(file.path.stat().st_size for file in found.files)
    if size >= stage.PARALLEL_FROM and not connection.in_atomic_block:
        return stage.copy_files(run, [(job,) for job in jobs], aaf1d.read_file, progress, tables=tables)
    tables()
    return [a for job in jobs for a in stage.copy_rows(run, aaf1d.read_file(job), progress)]
