"""The whole database, table by table, to compare before and after."""

import json
from typing import Any

from django.db import connection

#: What a run writes of itself, and what was told of it: it may differ where nothing else may.
RUNS = (
    "feeds_feedrun", "feeds_runschool", "feeds_anomaly", "feeds_planrow", "feeds_effect", "feeds_parkedkey",
    "feeds_schoolmark", "timeline_event", "timeline_audience",
)  # fmt: skip
NOT_OURS = ("django_migrations",)

type Row = dict[str, Any]
Whole = dict[str, list[str]]


def whole(*, but: tuple[str, ...] = RUNS) -> Whole:
    """Every table's rows, all columns, ordered; `but` are left out."""
    found: Whole = {}
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
        tables = [name for (name,) in cursor.fetchall() if name not in (*but, *NOT_OURS)]
        for table in tables:
            cursor.execute(f'select to_jsonb(t)::text from "{table}" t order by 1')
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def differences(before: Whole, after: Whole) -> dict[str, dict[str, list[Row]]]:
    """What was and is no more, what is and was not, table by table; empty when nothing differs."""
    said: dict[str, dict[str, list[Row]]] = {}
    for table in sorted({*before, *after}):
        was, now = before.get(table, []), after.get(table, [])
        if was != now:
            said[table] = {"gone": _rows(set(was) - set(now)), "new": _rows(set(now) - set(was))}
    return said


def _rows(found: set[str]) -> list[Row]:
    return [json.loads(row) for row in sorted(found)]


def staged() -> list[str]:
    """The schemas of runs that are still there."""
    with connection.cursor() as cursor:
        cursor.execute("select nspname from pg_namespace where nspname like 'feed\\_%' order by 1")
        return [name for (name,) in cursor.fetchall()]
