"""Schools pass to the next year: last year's class attachments end, what lasted until then is lifted."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core import clock, sql
from core.locks import Lock, take_for
from schools.services.put import open_years


@transaction.atomic
def turn_schools(*, relation: str, feed_run: UUID | None = None, by: UUID | None = None) -> list[int]:
    """Turns the schools of a relation (school_id, from_year, to_year); answers their ids.

    Everything or nothing, in the caller's transaction. A turn opens the running year where nothing has.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"select school_id from {_named(relation)} order by school_id")
        schools = [row[0] for row in cursor.fetchall()]
    if not schools:
        return []
    take_for(Lock.SCHOOL_YEAR, schools)
    told: dict[str, Any] = {
        "now": clock.now(), "today": clock.today(), "by": by or feed_run, "feed_run": feed_run,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.turn_plan")
    sql.run("rollover", "turn_plan", {"relation": relation})
    sql.run("rollover", "record_turnovers", **told)
    sql.run("directory", "end_year", {"relation": "turn_plan"}, **told)
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table turn_year on commit drop as "
            "select school_id, null::int as running_year, to_year as class_year from turn_plan"
        )
        open_years(relation="turn_year")
        cursor.execute("drop table pg_temp.turn_year")
    return schools


def _named(relation: str) -> str:
    return f'"{relation}"'
