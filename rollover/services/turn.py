"""Schools pass to the next year: last year's class attachments end, what lasted until then is lifted, and
what was shared with last year's groups is withdrawn for its recipients."""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core import audit, clock, sql
from core.locks import Lock, take_for
from rollover import figures, news, plan
from rollover.models import Turnover
from rollover.services.count import count_later
from schools.services.put import open_years
from sharing.enums import Reason
from sharing.services.withdraw import withdraw_relation


@transaction.atomic(savepoint=False)
def turn_schools(
    *,
    relation: str,
    feed_run: UUID | None = None,
    by: UUID | None = None,
    run: UUID | None = None,
    whole: bool = False,
) -> list[int]:
    """Turns the schools of a relation (school_id, from_year, to_year); answers their ids.

    Everything or nothing, in the caller's transaction. A turn opens the running year where nothing has.
    `run` groups the turnovers of one command; `whole` counts the people and what stays too.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"select school_id from {_named(relation)} order by school_id")
        schools = [row[0] for row in cursor.fetchall()]
    if not schools:
        return []
    take_for(Lock.SCHOOL_YEAR, schools)
    told: dict[str, Any] = {
        "now": clock.now(), "today": clock.today(), "by": by or feed_run, "feed_run": feed_run, "run": run,
    }  # fmt: skip
    plan.prepare(relation=relation)
    counted = figures.count(whole=whole)
    kept = {school: asdict(counted.get(school, figures.Figures())) for school in schools}
    with audit.acting(by=by or feed_run, run=run or feed_run):
        sql.run("rollover", "record_turnovers", figures=json.dumps(kept), **told)
        sql.run("directory", "end_year", {"relation": "turn_plan"}, **told)
        withdraw_relation(relation="turn_grant", reason=Reason.ROLLOVER, by=by or feed_run)
        open_years(relation="turn_plan")
        turned = _turnovers(schools)
        news.tell_turned(turned, reported=whole)
        if not whole:
            count_later(turned)
        if feed_run is None:  # a feed keeps its own account of what it did
            _record(turned)
    return schools


def _turnovers(schools: list[int]) -> list[Turnover]:
    return list(
        Turnover.objects.filter(school__in=schools, undone_at__isnull=True)
        .select_related("school")
        .order_by("school_id", "-to_year")
        .distinct("school_id")
    )


def _record(turned: list[Turnover]) -> None:
    audit.record_all(
        audit.Entry(
            verb="school.turned",
            school=turnover.school.uuid,
            before={"year": turnover.from_year},
            after={"year": turnover.to_year, "grants": figures.purged_in(turnover.figures)},
        )
        for turnover in turned
    )


def _named(relation: str) -> str:
    return f'"{relation}"'
