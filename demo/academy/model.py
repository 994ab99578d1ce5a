"""What an academy is made of. Keys are those of a feed: numbers in a range of their own by kind."""

from dataclasses import dataclass, field
from enum import Enum

from demo.academy.levels import Level, SchoolKind
from demo.academy.places import Town


class Function(Enum):
    """What a member of staff does in a school; the value is AAF's five-part function without the school."""

    HEAD = "DIR$DIRECTION$DIR$DIRECTION D'ECOLE"
    TEACHER = "ENS$ENSEIGNEMENT$G0000$SANS SPECIALITE"
    AIDE = "AVS$AIDE HUMAINE$-$ACCOMPAGNEMENT"

    @property
    def teaches(self) -> bool:
        return self is not Function.AIDE


@dataclass(frozen=True, slots=True)
class District:
    key: str
    name: str


@dataclass(slots=True)
class SchoolClass:
    """A class of one school and one year; `teachers` are numbers of staff, the main one first."""

    key: str
    school: int
    levels: tuple[Level, ...]
    pupils: list["Pupil"]
    ulis: bool = False
    label: str = ""
    teachers: tuple[int, ...] = ()


@dataclass(slots=True)
class School:
    """`size` says how many pupils of each level it aims at; `sector` is the neighbourhood it shares."""

    index: int
    key: str
    uai: str
    kind: SchoolKind
    private: bool
    name: str
    town: Town
    street: str
    phone: str
    district: District
    sector: int
    size: dict[Level, int]
    ulis: bool = False
    head: int = 0
    classes: list[SchoolClass] = field(default_factory=list)

    @property
    def type_label(self) -> str:
        return f"{self.kind.words} {'PRIVEE' if self.private else 'PUBLIQUE'}"

    @property
    def type_code(self) -> str:
        return f"{self.kind.value}.{'PR' if self.private else 'PU'}"


@dataclass(slots=True)
class Sector:
    """A neighbourhood, whose schools together teach from the first section to CM2."""

    index: int
    town: Town
    schools: list[School]
    growing: list[int] = field(default_factory=list)
    """Numbers of the families here that will have another child."""

    def school_for(self, level: Level) -> School:
        return next(school for school in self.schools if level in school.size)


@dataclass(slots=True)
class Relative:
    """A grown-up of a family. `tie_kind` is 1 mother, 2 father, 4 another of the family."""

    number: int
    rank: int
    woman: bool
    first_name: str
    last_name: str
    birth_name: str
    born: int
    tie_kind: int
    legal: bool = True
    revision: int = 0
    """How often their telephone or mail has changed."""

    @property
    def key(self) -> str:
        return str(2_000_000 + self.number)


@dataclass(slots=True)
class Family:
    """Brothers and sisters with one set of grown-ups, who may live `apart`."""

    number: int
    sector: int
    last_name: str
    birth_name: str
    relatives: list[Relative]
    pupils: list[int]
    more: int
    """How many children are still to come."""
    apart: bool = False
    moves: int = 0
    """How often they have moved house."""


@dataclass(slots=True)
class Pupil:
    """`born` is a proleptic ordinal; `entered` the school year in which they came to their school."""

    number: int
    family: int
    school: int
    level: Level
    girl: bool
    first_name: str
    other_name: str
    last_name: str
    birth_name: str
    born: int
    ine: str
    entered: int
    ulis: bool = False
    school_class: SchoolClass | None = None

    @property
    def key(self) -> str:
        return str(5_000_000 + self.number)


@dataclass(slots=True)
class Staff:
    """A member of staff; `posts` maps the index of a school to what they do there.

    `relative` is the key of the same person's other record, as the parent of a pupil.
    """

    number: int
    woman: bool
    first_name: str
    last_name: str
    birth_name: str
    born: int
    posts: dict[int, Function]
    relative: str = ""

    @property
    def key(self) -> str:
        return str(8_000_000 + self.number)

    @property
    def teaches(self) -> bool:
        return any(function.teaches for function in self.posts.values())


@dataclass(frozen=True, slots=True)
class Tie:
    """What ENTEleveAutoriteParentale says of one pupil and one relative."""

    relative: str
    kind: int
    legal: bool
    contact: bool
    payer: bool


def ties(family: Family) -> list[Tie]:
    """The ties of each child of a family, in order: who live apart are both called and both pay."""
    return [
        Tie(
            relative=relative.key,
            kind=relative.tie_kind,
            legal=relative.legal,
            contact=relative.rank == 0 or family.apart or not relative.legal,
            payer=relative.legal and (relative.rank == 0 or family.apart),
        )
        for relative in family.relatives
    ]
