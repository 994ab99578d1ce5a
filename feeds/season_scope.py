"""The season over the schools of a scope: who needs help first, by school, then by district."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core.cache import cache
from django.db.models import QuerySet

from directory.querysets.administered import administered_schools
from directory.rules import Standpoint
from schools.boards import Board, boards
from schools.models import District, School

# How many schools are read together.
BATCH = 200
# A district's figures among many others' are read again after so many seconds; its own page counts now.
KEPT = 600


def is_many(me: Standpoint) -> bool:
    """Whether a scope is read district by district: it holds more than one. One query at most."""
    if not (me.platform or me.administered_academies or len(me.administered_districts) > 1):
        return False
    held = administered_schools(me).filter(district__isnull=False).order_by().values("district").distinct()
    return len(held[:2]) > 1


def schools_of(me: Standpoint) -> QuerySet[School]:
    """The schools of a scope, each with what a board reads."""
    return administered_schools(me).select_related("academy", "district")


def in_district(schools: QuerySet[School], district: UUID | None) -> QuerySet[School]:
    """Those of a district; those of none where none is said."""
    return schools.filter(district__uuid=district) if district else schools.filter(district__isnull=True)


def by_need(found: Sequence[Board]) -> list[Board]:
    """Those who need help first: what presses, then what is open, then the name."""
    return sorted(found, key=need)


def need(board: Board) -> tuple[int, int, str, int]:
    return (-board.alerts, -board.open, board.school.name, board.school.pk)


@dataclass(slots=True)
class DistrictNeed:
    """A district's schools together. `at` says how many are at each step, in the order of steps."""

    district: District | None
    schools: int = 0
    helped: int = 0
    open: int = 0
    alerts: int = 0
    at: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> tuple[int, int, str, int]:
        name = self.district.name if self.district else "\uffff"
        return (-self.alerts, -self.open, name, self.district.pk if self.district else 0)


def districts_by_need(me: Standpoint, today: date) -> list[DistrictNeed]:
    """The districts of a scope, who needs help first; schools without one together, last. Their figures are at most
    ten minutes old."""
    schools = schools_of(me)
    rows = schools.order_by().values_list("district", "pk")
    of: dict[int | None, list[int]] = defaultdict(list)
    for district, school in rows:
        of[district].append(school)
    names = District.objects.in_bulk([key for key in of if key is not None])
    kept = cache.get_many([_cached(key, of[key], today) for key in of])
    missing = [key for key in of if _cached(key, of[key], today) not in kept]
    for batch in _batches(missing, of):
        keys = [pk for district in batch for pk in of[district]]
        read = boards(list(schools.filter(pk__in=keys).order_by("pk")), today)
        told = {_cached(district, of[district], today): _figures(read, district) for district in batch}
        cache.set_many(told, KEPT)
        kept |= told
    found = [
        DistrictNeed(names.get(key) if key else None, **kept[_cached(key, of[key], today)]) for key in of
    ]
    return sorted(found, key=lambda each: each.key)


def _cached(district: int | None, schools: Sequence[int], today: date) -> str:
    """Of a scope's schools of a district: all of them, or those that one administers."""
    return (
        f"season:{today.isoformat()}:{district}:{len(schools)}:{min(schools)}:{max(schools)}:{sum(schools)}"
    )


def _batches(keys: Sequence[int | None], of: dict[int | None, list[int]]) -> Iterator[list[int | None]]:
    batch: list[int | None] = []
    number = 0
    for key in keys:
        if batch and number + len(of[key]) > BATCH:
            yield batch
            batch, number = [], 0
        batch.append(key)
        number += len(of[key])
    if batch:
        yield batch


def _figures(read: Sequence[Board], district: int | None) -> dict[str, object]:
    mine = [board for board in read if board.school.district_id == district]
    at: dict[str, int] = defaultdict(int)
    for board in sorted(mine, key=lambda board: (board.step, board.arrived)):
        at[board.where] += 1
    return {
        "schools": len(mine),
        "helped": sum(board.open > 0 for board in mine),
        "open": sum(board.open for board in mine),
        "alerts": sum(board.alerts for board in mine),
        "at": dict(at),
    }
