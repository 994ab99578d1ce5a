"""The door of AAF 1D: a set of one academy comes in."""

from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from accounts.enums import Source
from core import clock
from core.progress import SILENT, Progress
from core.text import squash
from feeds import check, stage
from feeds.enums import RunState
from feeds.errors import OtherAcademy, UnknownAcademy
from feeds.intake import Intake
from feeds.models import FeedRun
from feeds.read import aaf1d
from feeds.read.fileset import FileSet, open_set
from feeds.read.rows import Anomaly, told_once
from feeds.services.life import Ending, enter, finish
from feeds.services.run_set import Timed, decide
from schools.models import Academy


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
        stage.create(run)
        with open_set(path, academy=academy) as found, timed.phase("read", "Lecture"):
            run.fed_on = found.date
            anomalies = [*found.anomalies, *_stage(run, found, progress)]
        with transaction.atomic():
            home = _academy(run, academy, found.folder)
            intake = Intake(
                run=run, source=Source.AAF1D, fed_on=found.date, accept_departures=accept_departures
            )
            enter(intake, home)
            with timed.phase("check", "Contrôle"), stage.schema(run):
                check.check_schools(intake)
                check.check(intake)
                check.write_anomalies(intake, list(told_once(anomalies)))
                check.refuse_empty(anomalies)
                check.refuse_older(intake)
            state = decide(intake, timed, dry_run=dry_run)
            finish(run, state)
            if state is not RunState.APPLIED and home.pk and _made_here(home):
                FeedRun.objects.filter(pk=run.pk).update(academy=None)
                home.delete()
    return run


def _stage(run: FeedRun, found: FileSet, progress: Progress) -> list[Anomaly]:
    jobs = aaf1d.jobs(found, today=clock.today())
    with connection.cursor() as cursor:
        cursor.executemany(
            f'insert into "{run.schema}".stage_file values (%s, %s)', [(job.number, job.name) for job in jobs]
        )
    size = sum(file.path.stat().st_size for file in found.files)
    if size >= stage.PARALLEL_FROM and not connection.in_atomic_block:
        return stage.copy_files(run, [(job,) for job in jobs], aaf1d.read_file, progress)
    return [a for job in jobs for a in stage.copy_rows(run, aaf1d.read_file(job), progress)]


def _academy(run: FeedRun, code: str, folder: str) -> Academy:
    """The academy that the option names, else the set itself, else its folder where it is known.

    Raises `UnknownAcademy`, `OtherAcademy`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f'select academy_name, academy_code from "{run.schema}".stage_school '
            "group by 1, 2 order by count(*) desc limit 1"
        )
        said_name, said_code = cursor.fetchone() or ("", "")
    known = Academy.objects.filter(code__in=[code] if code else [said_name, folder]).order_by("pk").first()
    if known is None and not code and not said_name:
        known = Academy.objects.order_by("pk").first() if Academy.objects.count() == 1 else None
        if known is None:
            raise UnknownAcademy()
    if known is None:
        known, _ = Academy.objects.get_or_create(
            code=code or said_name, defaults={"name": said_name or code, "national_code": said_code}
        )
        known.made_by_run = True
    elif said_code and known.national_code and said_code != known.national_code:
        raise OtherAcademy(
            f"Ces fichiers sont de l’académie « {said_name} » ({said_code}), pas de « {known.name} » "
            f"({known.national_code}). Rien n’a changé."
        )
    elif not said_code and said_name and squash(said_name) not in {squash(known.code), squash(known.name)}:
        raise OtherAcademy(
            f"Ces fichiers sont de l’académie « {said_name} », pas de « {known.name} ». Rien n’a changé."
        )
    return known


def _made_here(academy: Academy) -> bool:
    return getattr(academy, "made_by_run", False)
