"""What the queue asks of feeds: imports and undoings with progress, what is over at night."""

import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

from core.errors import DomainError
from core.jobs import job
from core.locks import Busy
from core.progress import Progress
from feeds import report
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.rules import may_feed
from feeds.services import apply_run, import_aaf, import_csv, open_years, release, undo_run, uploads


@job("feeds.import_aaf1d", label="Alimentation AAF 1D", may_start=may_feed)
def import_aaf1d_set(progress: Progress, **arguments: Any) -> dict[str, Any]:
    """Imports a set of AAF 1D; arguments as the service's, `actor` as a UUID's text."""
    return _told(import_aaf.import_aaf1d(**_with_actor(arguments), progress=progress))


@job("feeds.import_aaf2d", label="Alimentation AAF 2D", may_start=may_feed)
def import_aaf2d_set(progress: Progress, **arguments: Any) -> dict[str, Any]:
    """Imports a set of AAF 2D."""
    return _told(import_aaf.import_aaf2d(**_with_actor(arguments), progress=progress))


@job("feeds.import_csv", label="Alimentation ONDE CSV", may_start=may_feed)
def import_onde_csv(progress: Progress, **arguments: Any) -> dict[str, Any]:
    """Imports the CSV of a school."""
    return _told(import_csv.import_onde_csv(**_with_actor(arguments), progress=progress))


@job("feeds.import_upload", label="Alimentation ONDE CSV", may_start=may_feed)
def import_upload(progress: Progress, *, folder: str, actor: str = "", **arguments: Any) -> dict[str, Any]:
    """Imports the CSV files that an administrator sent; a dry run's are kept to be applied."""
    by = UUID(actor) if actor else None
    try:
        with uploads.opened(folder) as path:
            run = import_csv.import_onde_csv(path=path, by=by, progress=progress, **arguments)
    except Busy:
        raise  # the same files may be asked for again
    except DomainError as error:
        uploads.forget(folder)
        refused = getattr(error, "run", None)
        if refused is not None:
            error.fields["run"] = refused.pk  # whoever sent the files finds the report
        raise
    if run.state != RunState.DRY:
        uploads.forget(folder)
    return _told(run)


@job("feeds.apply", label="Application d’une alimentation", may_start=may_feed)
def apply(
    progress: Progress, *, run: int, accept_departures: bool = False, actor: str = ""
) -> dict[str, Any]:
    """Applies a refused or parked run."""
    found = FeedRun.objects.get(pk=run)
    by = UUID(actor) if actor else None
    return _told(
        apply_run.apply_run(run=found, accept_departures=accept_departures, by=by, progress=progress)
    )


@job("feeds.undo", label="Annulation d’une alimentation", may_start=may_feed)
def undo(progress: Progress, *, run: int, actor: str = "") -> dict[str, Any]:
    """Undoes an applied run."""
    return _told(undo_run.undo_run(run=FeedRun.objects.get(pk=run), by=UUID(actor) if actor else None))


@job("feeds.release_schools", label="Reprise des fiches en attente")
def release_schools(progress: Progress, *, schools: list[int]) -> dict[str, Any]:
    """What waited on schools that are released."""
    return {"runs": [run.pk for run in release.release_schools(schools=schools, progress=progress)]}


@job("feeds.nightly", label="Fin des gels, ouverture des années")
def nightly(progress: Progress) -> dict[str, Any]:
    """Each night: freezes that are over, schools without staff feeds whose year opens, files kept too long."""
    released = release.release_frozen(progress=progress)
    return {
        "released": [run.pk for run in released],
        "opened": open_years.open_unfed_years(),
        "forgotten": uploads.forget_old(),
    }


def _with_actor(arguments: dict[str, Any]) -> dict[str, Any]:
    actor = arguments.pop("actor", "")
    return {**arguments, "by": UUID(actor) if actor else None}


def _told(run: FeedRun) -> dict[str, Any]:
    """The report without its lines, as JSON holds it: dates are texts."""
    told = report.as_dict(run)
    told["anomalies"] = len(told["anomalies"])
    plain: dict[str, Any] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return plain
