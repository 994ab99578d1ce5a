"""Jobs that the tests start; a real worker includes this module."""

from typing import Any

from celery import shared_task
from django.core.cache import cache

from core import clock
from core.errors import DomainError, RefusedByRule
from core.jobs import job
from core.models import Job
from core.progress import Progress


def _may(person: Any) -> bool:
    return bool(person.may)


@job("tests.count", label="Compter", may_start=_may, cancellable=True)
def count(progress: Progress, *, upto: int) -> dict[str, Any]:
    progress.step("Je compte", upto)
    for _ in range(upto):
        progress.advance()
    return {"counted": upto, "today": clock.today().isoformat()}


@job("tests.look", label="Regarder où l’on en est", may_start=_may)
def look(progress: Progress, *, uuid: str = "") -> dict[str, Any]:
    progress.step("À mi-chemin", 10)
    here = Job.objects.get(state="running")
    return {"seen": here.progress, "percent": here.percent}


@job("tests.refuse", label="Refuser")
def refuse(progress: Progress) -> None:
    raise RefusedByRule("Trop de départs.", gone=31)


@job("tests.fail", label="Échouer")
def fail(progress: Progress) -> None:
    raise DomainError("Fichier illisible.")


@job("tests.break", label="Casser")
def crash(progress: Progress) -> None:
    raise RuntimeError("a bug")


@job("tests.unwritable", label="Répondre une date")
def unwritable(progress: Progress) -> dict[str, Any]:
    return {"today": clock.today()}


@shared_task(name="tests.what_day", ignore_result=True)
def what_day() -> None:
    """A task that is no job: its message alone carries the clock."""
    cache.set("tests.what_day", clock.today().isoformat())
