"""What becomes of a person's things when their account is erased, or absorbed by another of theirs: each
room states it for its tables.

A fate is set-based. Rooms above come first, so that nothing is left pointing at what a lower room erases
or moves; unmerging goes the other way. All of it is one transaction, of `services.lifecycle` or
`services.merge`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.ledger import Pair


@dataclass(slots=True)
class Left:
    """What somebody had left where others read it, when their account is erased: how many things stayed, and
    how many went with it because they had objected."""

    stayed: int = 0
    went: int = 0

    def told(self) -> dict[str, int]:
        """As the audit log keeps it."""
        return {"stayed": self.stayed, "went": self.went}


type Erase = Callable[[Sequence[int]], Mapping[int, Left] | None]
type Merge = Callable[[Pair], None]

# From top to bottom, as the import contract has them.
LAYERS = (
    "home",
    "admin_console",
    "messaging",
    "blog",
    "notebooks",
    "support",
    "feeds",
    "documents",
    "rollover",
    "timeline",
    "sharing",
    "directory",
    "accounts",
)


@dataclass(frozen=True, slots=True)
class Fate:
    """How a room erases people, and merges two accounts of one person: `covers` names each key to a person
    (`app.Model.field`) that it erases by, `merges` says of each what becomes of it, in their order;
    `unmerged` sets right what is not a row to put back."""

    app: str
    covers: frozenset[str]
    erase: Erase
    merges: Mapping[str, Merge] = field(default_factory=dict)
    unmerged: Merge | None = None


_fates: dict[str, Fate] = {}


def register(
    app: str,
    *,
    covers: Sequence[str],
    erase: Erase,
    merges: Mapping[str, Merge] | None = None,
    unmerged: Merge | None = None,
) -> None:
    """States a room's fate; to be called in `ready()`. Raises ValueError for a room unknown or twice."""
    if app not in LAYERS or app in _fates:
        raise ValueError(f"a fate of {app} is registered twice, or its layer is unknown")
    _fates[app] = Fate(app, frozenset(covers), erase, merges or {}, unmerged)


def in_order() -> list[Fate]:
    """Every fate, from the highest room down."""
    return sorted(_fates.values(), key=lambda fate: LAYERS.index(fate.app))


def erase_all(people: Sequence[int]) -> dict[int, Left]:
    """Every room's things of these people, from the highest room down, in the caller's transaction; answers what
    was left of theirs in shared spaces, by their keys, where something was."""
    found: dict[int, Left] = defaultdict(Left)
    for fate in in_order():
        for person, left in (fate.erase(people) or {}).items():
            found[person].stayed += left.stayed
            found[person].went += left.went
    return {person: left for person, left in found.items() if left.stayed or left.went}


def tally(objecting: Collection[int], *counts: Mapping[int, int]) -> dict[int, Left]:
    """What some people leave, counted by their keys: it goes with those who object, and stays of the others."""
    found: dict[int, Left] = defaultdict(Left)
    for count in counts:
        for person, number in count.items():
            if person in objecting:
                found[person].went += number
            else:
                found[person].stayed += number
    return found


def covered() -> frozenset[str]:
    """Every key to a person whose fate at erasure is stated."""
    return frozenset().union(*(fate.covers for fate in _fates.values()))


def merged() -> frozenset[str]:
    """Every key to a person whose fate at a merge is stated."""
    return frozenset().union(*(fate.merges for fate in _fates.values()))


def moves(
    key: str,
    *,
    once: Sequence[str] = (),
    while_: str = "",
    best: Callable[[dict[str, Any]], Any] | None = None,
    join: Callable[[Pair, int, int], None] | None = None,
    known_by: str = "",
) -> Merge:
    """The rows of `key` pass to the account kept.

    `once`: the columns beside which a person has one row; `while_` is empty (`ended_on`). Where both have
    one, that of the highest `best` stays, else the kept account's, the other is set aside; `join` is told of
    both first, and may give to the one that stays. `known_by`: the column that tells rows apart where the
    table has no key of its own.
    """

    def run(pair: Pair) -> None:
        label, name = key.rsplit(".", 1)
        model = apps.get_model(label)
        person = model._meta.get_field(name)
        column = str(getattr(person, "column", ""))
        pk = known_by or str(model._meta.pk.column)
        if once:
            found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
            rows = model._base_manager.filter(Q(**{f"{name}__in": pair.both}))
            if while_:
                rows = rows.filter(**{f"{while_}__isnull": True})
            for row in rows.order_by().values():
                found.setdefault(tuple(row[each] for each in once), []).append(row)
            stays: dict[int, int | None] = {}
            for same in found.values():
                if len(same) < 2:
                    continue
                ranked = sorted(
                    same, key=lambda row: (best(row) if best else 0, row[column] == pair.kept), reverse=True
                )
                chosen, *others = (row[pk] for row in ranked)
                for other in others:
                    if join is not None:
                        join(pair, chosen, other)
                    stays[other] = chosen
            pair.drop(model, stays, key=pk)
        pair.move(model, column, key=pk)

    return run


def stays(pair: Pair) -> None:
    """Nothing to do at a merge: the row is read from others, or tells what was."""
