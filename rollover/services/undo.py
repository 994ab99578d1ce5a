"""A turnover taken back: the school is in last year's classes again, and held until released."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core import clock, sql
from core.locks import Lock, take_for
from rollover.errors import LaterTurnover, NothingToUndo
from rollover.models import Turnover


@dataclass(frozen=True, slots=True)
class Undone:
    """The ids of the schools set back, and the names of those who are not back in last year's class."""

    schools: list[int]
    lost: list[str]


@transaction.atomic
def undo_turnovers(*, turnovers: list[Turnover], by: UUID | None = None) -> Undone:
    """Undoes turnovers exactly, but for what no longer exists, which it names.

    Class attachments begun there since, by hand too, are set aside under the turnover and come back
    when the school turns again. The school is held: its families' records wait. Raises
    `NothingToUndo`, `LaterTurnover`.
    """
    if not turnovers or any(each.undone_at for each in turnovers):
        raise NothingToUndo()
    schools = sorted(each.school_id for each in turnovers)
    take_for(Lock.SCHOOL_YEAR, schools)
    ids = [each.pk for each in turnovers]
    later = Turnover.objects.filter(school__in=schools, undone_at__isnull=True, pk__gt=min(ids)).exclude(
        pk__in=ids
    )
    if later.exists():
        raise LaterTurnover()
    told: dict[str, Any] = {"now": clock.now(), "today": clock.today(), "by": by, "ids": ids}
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.undo_plan")
    sql.run("rollover", "undo_plan", **told)
    sql.run("directory", "restore_year", {"relation": "undo_plan"}, **told)
    sql.run("schools", "set_back_years", {"relation": "undo_plan"}, **told)
    sql.run("rollover", "record_undo", **told)
    lost = [row["name"] for row in sql.rows("rollover", "undo_lost")]
    return Undone(schools, lost)
