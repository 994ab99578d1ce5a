"""Schools pass to the next year: last year's class attachments end, what lasted until then is lifted, and
what was shared with last year's groups is withdrawn for its recipients."""

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


@transaction.atomic
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
    with audit.acting(by=by or feed_run, run=run or feed_run):
        sql.run("rollover", "record_turnovers", **told)
        sql.run("directory", "end_year", {"relation": "turn_plan"}, **told)
        withdraw_relation(relation="turn_grant", reason=Reason.ROLLOVER, by=by or feed_run)
        _open_years()
        turned = _write_down(schools, counted)
        news.tell_turned(turned)
        if whole:
            news.tell_reports(turned)
        else:
            count_later(turned)
        if feed_run is None:  # a feed keeps its own account of what it did
            _record(turned)
    plan.clear()
    return schools


def _open_years() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table turn_year on commit drop as "
            "select school_id, null::int as running_year, to_year as class_year from turn_plan"
        )
        open_years(relation="turn_year")
        cursor.execute("drop table pg_temp.turn_year")


def _write_down(schools: list[int], counted: dict[int, figures.Figures]) -> list[Turnover]:
    """The figures of each turnover; answers them."""
    turned = list(
        Turnover.objects.filter(school__in=schools, undone_at__isnull=True)
        .select_related("school")
        .order_by("school_id", "-to_year")
        .distinct("school_id")
    )
    for turnover in turned:
        turnover.figures = asdict(counted.get(turnover.school_id, figures.Figures()))
    Turnover.objects.bulk_update(turned, ["figures"], batch_size=500)
    return turned


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
