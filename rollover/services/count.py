"""What a turn withdrew from whom, counted after the commit where the turn itself had to be quick; then told to those
who administer its schools."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from core import clock
from core.jobs import job
from core.progress import Progress
from rollover import figures, news, plan
from rollover.models import Turnover

# From when a count that was asked for is late, until when it is still true; how many are done at once.
SOON, LATE, MOST = timedelta(minutes=10), timedelta(days=2), 200


@job("rollover.count", label="Compte rendu d’un changement d’année")
def count_by_job(progress: Progress, *, turnovers: list[str]) -> dict[str, Any]:
    """Counts the turnovers of a feed, then tells them; begun again, it tells nothing twice."""
    progress.step("Personnes concernées", len(turnovers))
    return {"turnovers": count_turned([UUID(each) for each in turnovers])}


def count_later(turned: Sequence[Turnover]) -> None:
    """Asks for it once the transaction is committed; what a stop in between would lose, `count_left` finds."""
    keys = [str(each.uuid) for each in turned]
    if keys:
        transaction.on_commit(lambda: count_by_job.start(by=None, turnovers=keys))


def count_left() -> int:
    """Counts the turns of these last days that nobody counted; answers how many. Older ones are left: who was in
    which group is too far."""
    now = clock.now()
    waiting = Turnover.objects.filter(
        undone_at__isnull=True, at__gt=now - LATE, at__lt=now - SOON, figures__people_losing_access=None
    )
    return count_turned(waiting.order_by("pk").values_list("uuid", flat=True)[:MOST])


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
