"""What a turn withdraws and keeps, counted school by school, from the rows of its plan."""

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from core import sql
from directory.enums import GroupKind
from rollover import plan
from sharing import kinds

GRANTEES = ("person", "scolarity_group", "manual_group")
SCOLARITY = tuple(kind.value.lower() for kind in GroupKind if kind != GroupKind.MANUAL)


@dataclass(slots=True)
class Figures:
    """`grants_purged`: by application, then by kind of group. `people_losing_access` and `grants_kept` are
    counted where someone asked for the turn; None within a feed."""

    grants_purged: dict[str, dict[str, int]] = field(default_factory=dict)
    people_losing_access: int | None = None
    grants_kept: dict[str, int] | None = None

    @property
    def purged(self) -> int:
        return purged_in(asdict(self))


def purged_in(figures: dict[str, Any]) -> int:
    """How many grants in all the figures of a turnover say were withdrawn."""
    return sum(sum(by_kind.values()) for by_kind in figures.get("grants_purged", {}).values())


def count(*, whole: bool, members: str = plan.MEMBERS) -> dict[int, Figures]:
    """Figures by school, of the plan that is there (`rollover.plan.prepared`, `carried_out`); only grants that
    end where not `whole`. Schools where nothing ends are told only in a whole count."""
    found: dict[int, Figures] = defaultdict(Figures)
    apps = {kind.key: kind.app for kind in kinds.all_kinds()}
    for row in sql.rows("rollover", "count_purged"):
        app = apps.get(row["resource_kind"], row["resource_kind"])
        by_kind = found[row["school_id"]].grants_purged.setdefault(app, dict.fromkeys(SCOLARITY, 0))
        by_kind[row["group_kind"].lower()] += row["grants"]
    if whole:
        _count_people(found, members)
    return found


def _count_people(found: dict[int, Figures], members: str) -> None:
    plan.look_at(plan.Ending.FEW, members)
    sql.run("rollover", "losing")
    rows = sql.rows("rollover", "count_losing")
    if any(row["groups_left"] for row in rows):
        plan.look_at(plan.Ending.LEFT, members)
        sql.run("rollover", "losing")
        rows = sql.rows("rollover", "count_losing")
    for row in rows:
        figures = found[row["school_id"]]
        figures.people_losing_access, figures.grants_kept = row["people"], dict.fromkeys(GRANTEES, 0)
    for row in sql.rows("rollover", "count_kept"):
        kept = found[row["school_id"]].grants_kept
        assert kept is not None
        kept[row["grantee"]] = row["grants"]
