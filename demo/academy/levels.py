"""Levels of the primary school, and the kinds of schools that teach them."""

from enum import Enum, IntEnum


class Level(IntEnum):
    """From the two-year-olds' section to the last year before *collège*; the value is the order."""

    TPS = 0
    PS = 1
    MS = 2
    GS = 3
    CP = 4
    CE1 = 5
    CE2 = 6
    CM1 = 7
    CM2 = 8

    @property
    def age(self) -> int:
        """Years between the pupil's year of birth and the first calendar year of the school year."""
        return self.value + 2

    @property
    def next(self) -> "Level | None":
        return None if self is Level.CM2 else Level(self.value + 1)


# As AAF spells them in ENTEleveNiveau.
LEVEL_NAMES = {
    Level.TPS: "TOUTE PETITE SECTION",
    Level.PS: "PETITE SECTION",
    Level.MS: "MOYENNE SECTION",
    Level.GS: "GRANDE SECTION",
    Level.CP: "COURS PREPARATOIRE",
    Level.CE1: "COURS ELEMENTAIRE 1ERE ANNEE",
    Level.CE2: "COURS ELEMENTAIRE 2EME ANNEE",
    Level.CM1: "COURS MOYEN 1ERE ANNEE",
    Level.CM2: "COURS MOYEN 2EME ANNEE",
}
CYCLES = {level: "CYCLE I" if level <= Level.GS else "CYCLE II" for level in Level} | {
    Level.CE2: "CYCLE II",
    Level.CM1: "CYCLE III",
    Level.CM2: "CYCLE III",
}

NURSERY_LEVELS = (Level.TPS, Level.PS, Level.MS, Level.GS)
ELEMENTARY_LEVELS = (Level.CP, Level.CE1, Level.CE2, Level.CM1, Level.CM2)
PRIMARY_LEVELS = (Level.PS, Level.MS, Level.GS, *ELEMENTARY_LEVELS)
LOWER_LEVELS = (Level.PS, Level.MS, Level.GS, Level.CP, Level.CE1)
LEVEL_2 = (Level.CE2, Level.CM1, Level.CM2)


class SchoolKind(Enum):
    """Kind of a school: the value is AAF's ENTStructureCodeTypeStruct without the sector of its contract."""

    NURSERY = "E.M"
    ELEMENTARY = "E.E"
    PRIMARY = "E.P"

    @property
    def words(self) -> str:
        return {"E.M": "ECOLE MATERNELLE", "E.E": "ECOLE ELEMENTAIRE", "E.P": "ECOLE PRIMAIRE"}[self.value]
