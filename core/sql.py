"""Set-based statements kept beside their app, one act a file: `<app>/sql/<name>.sql`.

Parameters are named (`%(name)s`), and written into the text by the client: statements parted by `;` alone go to the
server in one exchange, those parted by a line `-- ;` one after the other. A file's head says what it reads, writes,
locks, and why.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection

_PLACE = re.compile(r"\{([a-z_]+)\}")


@cache
def load(app: str, name: str) -> str:
    """The text of `<app>/sql/<name>.sql`. Raises FileNotFoundError."""
    return (Path(apps.get_app_config(app).path) / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def statements(app: str, name: str, relations: Mapping[str, str] | None = None) -> list[str]:
    """A file's statements, parted in it by a line `-- ;`, with each `{relation}` named.

    A lower app's statement takes the relation that it reads from a higher one as a parameter.
    Raises KeyError when a file needs a relation that is not given.
    """
    named = relations or {}
    text = _PLACE.sub(lambda found: _quoted(named[found.group(1)]), load(app, name))
    return text.split("\n-- ;\n")


def run(app: str, name: str, relations: Mapping[str, str] | None = None, **params: Any) -> int:
    """Runs a file's statements in the current transaction; answers the last one's row count."""
    count = 0
    with connection.cursor() as cursor:
        for statement in statements(app, name, relations):
            cursor.execute(statement, params)
            count = cursor.rowcount
    return count


def rows(
    app: str, name: str, relations: Mapping[str, str] | None = None, **params: Any
) -> list[dict[str, Any]]:
    """The rows of a file whose last statement is a query, as dictionaries."""
    with connection.cursor() as cursor:
        for statement in statements(app, name, relations):
            cursor.execute(statement, params)
        return _told(cursor)


def called(function: str, *params: Any) -> list[dict[str, Any]]:
    """The rows of a database's function (`<app>/sql/function_<name>.sql`), as dictionaries: what every page asks,
    planned once a connection."""
    places = ", ".join(["%s"] * len(params))
    with connection.cursor() as cursor:
        cursor.execute(f"select * from {_quoted(function)}({places})", params)  # noqa: S608  a name of ours
        return _told(cursor)


def _told(cursor: Any) -> list[dict[str, Any]]:
    names = [column.name for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _quoted(relation: str) -> str:
    return ".".join(f'"{part}"' for part in relation.replace('"', "").split("."))
