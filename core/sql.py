"""Set-based statements kept beside their app, one act a file: `<app>/sql/<name>.sql`.

Parameters are named (`%(name)s`). A file's head says what it reads, writes, locks, and why.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection


@cache
def load(app: str, name: str) -> str:
    """The text of `<app>/sql/<name>.sql`. Raises FileNotFoundError."""
    return (Path(apps.get_app_config(app).path) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def run(app: str, name: str, **params: Any) -> int:
    """Runs a file's statements in the current transaction; answers the last one's row count.

    Files of several statements part them by a line `-- ;` so that each is sent on its own.
    """
    count = 0
    with connection.cursor() as cursor:
        for statement in load(app, name).split("\n-- ;\n"):
            cursor.execute(statement, params)
            count = cursor.rowcount
    return count


def rows(app: str, name: str, **params: Any) -> list[dict[str, Any]]:
    """The rows of a file that holds one query, as dictionaries."""
    with connection.cursor() as cursor:
        cursor.execute(load(app, name), params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
