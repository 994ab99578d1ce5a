"""What is being done now, told while it lasts: a page's part asks again every two seconds."""

from dataclasses import dataclass

from django.urls import reverse

from core.models import Job, JobState
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.querysets import jobs_on
from ui.french import number

IMPORTS = ("feeds.import_upload", "feeds.import_csv", "feeds.import_aaf1d", "feeds.import_aaf2d")


@dataclass(frozen=True, slots=True)
class Live:
    """A work under way: its name, its step, how far it is (0 to 100, None where unknown), where to ask."""

    title: str
    step: str
    text: str
    percent: int | None
    url: str
    waits: bool


def of_run(run: FeedRun) -> Live | None:
    """What is done with a run now, None when nothing is. Two queries at most."""
    url = reverse("console:run_progress", args=[run.uuid])
    job = jobs_on(run).first()
    if job is None and run.state == RunState.RUNNING:
        importing = Job.objects.filter(actor=run.by, name__in=IMPORTS, state=JobState.RUNNING)
        job = importing.first() if run.by else None
        if job is None:
            return Live("Alimentation en cours", "", "En cours", None, url, waits=False)
    return None if job is None else of_job(job, url=url)


def of_job(job: Job, *, url: str = "") -> Live:
    """A job that is not finished."""
    step = job.progress
    done, total = step.get("done") or 0, step.get("total")
    if job.state == JobState.QUEUED:
        text = "En attente d’une place\u00a0: l’opération commence dans un instant."
    elif total:
        text = f"{job.percent}\u00a0% · {number(done)} sur {number(total)}"
    elif done:
        text = f"{number(done)} fiches"
    else:
        text = "En cours"
    return Live(
        job.label, step.get("label", ""), text, job.percent, url or reverse("console:job", args=[job.uuid]),
        waits=job.state == JobState.QUEUED,
    )  # fmt: skip
