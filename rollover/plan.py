"""What the turnover of schools ends, written to temporary tables before anything changes.

The preview, the act and its figures read the same rows: `turn_plan` (a school a row) and `turn_grant` (a
grant a row). Which grants end is said by `sharing.lifetime` alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from django.db import connection, transaction

from core import sql
from sharing import lifetime

TABLES = ", ".join(
    f"pg_temp.{name}"
    for name in (
        "turn_left", "turn_loser", "turn_kept", "turn_audience", "turn_ending", "turn_member", "turn_grant",
        "turn_plan",
    )
)  # fmt: skip
# Who is in which group: now, where the turn is to come; as it was, where it has come (`carried_out`).
MEMBERS, MEMBERS_BEFORE = "directory_scolarity_membership", "turn_member"


class Ending(StrEnum):
    """Which things that end are looked at: all; a few, by which nearly everyone who loses something is known; all
    those of the groups where that left a doubt (`rollover/sql/losing.sql`)."""

    ALL = "ending_all"
    FEW = "ending_few"
    LEFT = "ending_left"


def prepare(*, relation: str, resources: Sequence[int] | None = None) -> None:
    """Plans the turn of the schools of a relation (school_id, from_year, to_year), until another plan or the end of
    the current transaction; of these resources' grants alone, where `resources` says which."""
    _begin("turn_plan", {"relation": relation})
    grants = lifetime.ending_of_schools()
    if resources is not None:
        grants = grants.filter(resource__in=[*resources, 0])  # never empty: Django would have no SQL for it
    text, values = grants.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table turn_grant on commit drop as "  # noqa: S608
            "select e.grant_id, p.school_id, p.turnover as cause, e.resource_id, e.resource_kind, e.group_id, "
            "e.group_kind, true as stands "
            f"from ({text}) e (grant_id, school_id, year, resource_id, resource_kind, group_id, group_kind) "
            "join turn_plan p on p.school_id = e.school_id and e.year < p.to_year; "
            "analyze pg_temp.turn_grant",
            values,
        )


def look_at(which: Ending, members: str = MEMBERS) -> None:
    """Writes which things of the plan that is there end for which group (`turn_ending`), who is in these groups
    (`turn_audience`) and who keeps which thing all the same (`turn_kept`)."""
    sql.run("rollover", which)
    sql.run("rollover", "turn_losses", {"members": members})


@contextmanager
def prepared(
    turns: Iterable[tuple[int, int, int]], *, resources: Sequence[int] | None = None
) -> Iterator[None]:
    """A plan for a block, of turns (school, from year, to year) that may never come; nothing is changed."""
    with transaction.atomic():
        prepare(relation=relation_of(turns), resources=resources)
        yield


@contextmanager
def carried_out(turnovers: Iterable[int]) -> Iterator[None]:
    """The plan that turnovers (keys) in force carried out, for a block; its members are `MEMBERS_BEFORE`."""
    with transaction.atomic():
        _begin("turned_plan", ids=list(turnovers))
        yield


def relation_of(turns: Iterable[tuple[int, int, int]]) -> str:
    """Turns as a relation (school_id, from_year, to_year), until the end of the current transaction."""
    rows = list(turns)
    with connection.cursor() as cursor:
        cursor.execute(
            "drop table if exists pg_temp.turn_asked; create temporary table turn_asked on commit drop as "
            "select * from unnest(%s::bigint[], %s::int[], %s::int[]) t (school_id, from_year, to_year)",
            [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]],
        )
    return "turn_asked"


def _begin(name: str, relations: Mapping[str, str] | None = None, **params: Any) -> None:
    """A plan in the place of the one that may be there, in one exchange with the server."""
    text = ";\n".join([f"drop table if exists {TABLES}", *sql.statements("rollover", name, relations)])
    with connection.cursor() as cursor:
        cursor.execute(text, params)
