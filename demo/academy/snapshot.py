"""What an academy's feed says at one date, small enough to keep beside the next one and compare."""

from dataclasses import dataclass, field
from typing import Self

from demo.academy.levels import Level
from demo.academy.model import Tie, ties
from demo.academy.records import RELATIONS, Record, records, school_record
from demo.academy.world import World


@dataclass(frozen=True, slots=True)
class PersonState:
    """`schools` are keys in order; `details` a digest of who the person is, whatever their places.

    `relations` are, sorted: a relative's children, or a member of staff's functions by school.
    """

    schools: tuple[str, ...]
    details: int
    relations: tuple[str, ...] = ()
    level: Level | None = None
    ine: str = ""


@dataclass(slots=True)
class Snapshot:
    """Every key that a complete set names, with what can be compared a year later."""

    year: int
    schools: dict[str, int] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    pupils: dict[str, PersonState] = field(default_factory=dict)
    relatives: dict[str, PersonState] = field(default_factory=dict)
    staff: dict[str, PersonState] = field(default_factory=dict)
    ties: dict[tuple[str, str], Tie] = field(default_factory=dict)
    """By (key of pupil, key of relative)."""

    @classmethod
    def of(cls, world: World) -> Self:
        taken = cls(world.year)
        taken.schools = {school.key: _details(school_record(world, school)) for school in world.schools}
        taken.classes = {c.key: school.key for school in world.schools for c in school.classes}
        taken._take_pupils(world)
        taken._take_relatives(world)
        taken._take_staff(world)
        return taken

    def _take_pupils(self, world: World) -> None:
        for pupil, record in zip(world.pupils.values(), records(world, "Eleve"), strict=True):
            self.pupils[pupil.key] = PersonState(
                schools=(world.schools[pupil.school].key,),
                details=_details(record),
                level=pupil.level,
                ine=pupil.ine,
            )
            for tie in ties(world.families[pupil.family]):
                self.ties[pupil.key, tie.relative] = tie

    def _take_relatives(self, world: World) -> None:
        found = records(world, "PersRelEleve")
        for family in world.families.values():
            children = [world.pupils[number] for number in family.pupils]
            schools = tuple(sorted({world.schools[child.school].key for child in children}))
            keys = tuple(sorted(child.key for child in children))
            for relative in family.relatives:
                self.relatives[relative.key] = PersonState(schools, _details(next(found)), keys)

    def _take_staff(self, world: World) -> None:
        for staff, record in zip(world.staff.values(), records(world, "PersEducNat"), strict=True):
            functions = tuple(
                sorted(f"{world.schools[s].key}:{post.name}" for s, post in staff.posts.items())
            )
            schools = tuple(sorted(world.schools[s].key for s in staff.posts))
            self.staff[staff.key] = PersonState(schools, _details(record), functions)


def _details(record: Record) -> int:
    """A digest for this process only: what a record says but for its relations, and for the INE."""
    return hash(
        tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in record.attributes
            if name not in RELATIONS and name != "ENTEleveINE"
        )
    )
