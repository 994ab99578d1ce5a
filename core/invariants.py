"""What must always be true: queries that return nothing, registered by each room in `ready()`.

Property tests run the list, feeds and rollovers run it after themselves, ops each night
(`manage.py check_invariants`).
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

SHOWN = 20  # rows kept of each broken rule: enough to find the cause


@dataclass(frozen=True, slots=True)
class Invariant:
    """`sql` selects the rows that break the rule; `sentence` tells the rule in French."""

    name: str
    sentence: str
    sql: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold: how many rows break it (at most counted), and the first of them."""

    invariant: Invariant
    count: int
    rows: list[dict[str, Any]]


_registered: dict[str, Invariant] = {}


def register(name: str, sentence: str, sql: str) -> None:
    """Adds a rule. Raises ValueError where the name is taken."""
    if name in _registered:
        raise ValueError(f"invariant {name} is registered twice")
    _registered[name] = Invariant(name, sentence, sql.strip().rstrip(";"))


def registered() -> list[Invariant]:
    return sorted(_registered.values(), key=lambda each: each.name)


def run_all() -> list[Broken]:
    """The rules that do not hold now, by name; empty when all is well."""
    return [broken for invariant in registered() if (broken := _run(invariant))]


def _run(invariant: Invariant) -> Broken | None:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) over () as broken_rows, b.* from ({invariant.sql}) b limit {SHOWN}")  # noqa: S608
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    if not rows:
        return None
    count = rows[0]["broken_rows"]
    return Broken(invariant, count, [{k: v for k, v in row.items() if k != "broken_rows"} for row in rows])
