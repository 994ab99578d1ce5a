"""What a turn withdrew from whom, counted after the commit where the turn itself had to be quick; then told to those
who administer its schools."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from core.jobs import job
from core.progress import Progress
from rollover import figures, news, plan
from rollover.models import Turnover


@job("rollover.count", label="Compte rendu d’un changement d’année")
def count_by_job(progress: Progress, *, turnovers: list[str]) -> dict[str, Any]:
    """Counts the turnovers of a feed, then tells them; begun again, it tells nothing twice."""
    progress.step("Personnes concernées", len(turnovers))
    return {"turnovers": count_turned([UUID(each) for each in turnovers])}


def count_later(turned: Sequence[Turnover]) -> None:
    """Asks for it once the transaction is committed."""
    if turned:
        count_by_job.start(by=None, turnovers=[str(each.uuid) for each in turned])


@transaction.atomic
def count_turned(turnovers: Iterable[UUID]) -> int:
    """Counts those that are in force and not counted yet, tells them; answers how many.

    Who no longer sees something is asked of groups as they were, and of rights as they are.
    """
    asked = Turnover.objects.select_for_update(of=("self",), no_key=True).filter(
        uuid__in=list(turnovers), undone_at__isnull=True
    )
    left = [each for each in asked.select_related("school") if not is_counted(each)]
    if not left:
        return 0
    with plan.carried_out([each.pk for each in left]):
        counted = figures.count(whole=True, members=plan.MEMBERS_BEFORE)
    for turnover in left:
        found = asdict(counted[turnover.school_id])
        turnover.figures |= {key: found[key] for key in ("people_losing_access", "grants_kept")}
    Turnover.objects.bulk_update(left, ["figures"], batch_size=500)
    news.tell_reports(left)
    return len(left)


def is_counted(turnover: Turnover) -> bool:
    """Whether it is known how many people lost something by it."""
    return turnover.figures.get("people_losing_access") is not None
