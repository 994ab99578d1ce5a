"""Who lives the year, and the records that the files tell of them on a day.

A is an *école élémentaire*, B another, M the *maternelle* next door, C the *collège*; classes are told by their
label. Keys' first letters are kinds: S staff, P pupils, R relatives.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from tests.feeds import colleges, sets
from tests.feeds.sets import Told, klass

SCHOOLS = {
    "A": ("ECOLE ELEMENTAIRE PUBLIQUE", "JEAN MOULIN"),
    "B": ("ECOLE ELEMENTAIRE PUBLIQUE", "MARIE CURIE"),
    "M": ("ECOLE MATERNELLE PUBLIQUE", "LES COQUELICOTS"),
}
LAST, NEXT = 2025, 2026
#: (school, label): keys of pupils.
type Classes = Mapping[tuple[str, str], list[str]]


@dataclass(frozen=True)
class Part:
    """Somebody of the story: their key in the files (of the first degree), their name, the password of June."""

    key: str
    first: str
    last: str
    password: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


def _parts(told: Mapping[str, str]) -> dict[str, Part]:
    found = {}
    for number, (key, name) in enumerate(told.items()):
        first, _, last = name.partition(" ")
        password = f"soleil-{40 + number}" if key[0] == "P" else f"Trois-petits-chats-{number}"
        found[key] = Part(key, first, last, password)
    return found


PARTS = _parts(
    {
        "S1": "Hélène Garnier",
        "S2": "Bruno Lefèvre",
        "S3": "Claire Dumont",
        "S4": "Paul Renard",
        "S5": "Sophie Marchand",
        "S6": "Yves Lambert",
        "S8": "Julien Roy",
        "P1": "Lina Petit",
        "R1": "Anne Petit",
        "P2": "Hugo Morel",
        "R2": "Marc Morel",
        "P3": "Inès Robert",
        "R3": "Julie Robert",
        "P4": "Tom Faure",
        "R4": "Éric Faure",
        "P5": "Noé Simon",
        "R5": "Léa Simon",
        "P6": "Zoé Blanc",
        "R6": "Luc Blanc",
        "P7": "Sami Benali",
        "P8": "Maya Benali",
        "R7": "Nadia Benali",
        "P21": "Gaël Roux",
        "P41": "Élisa Masson",
        "P51": "Ugo Henry",
        "guest": "Denis Colin",
        "erun": "Camille Vidal",
    }
)
RELATIVE_OF = {"P1": "R1", "P2": "R2", "P3": "R3", "P4": "R4", "P5": "R5", "P6": "R6", "P7": "R7", "P8": "R7"}
BORN = {
    "P1": "2018-05-04", "P2": "2015-02-11", "P3": "2016-09-30", "P4": "2015-11-20", "P5": "2020-03-08",
    "P6": "2020-07-17", "P7": "2016-01-25", "P8": "2021-06-02",
}  # fmt: skip
#: Which class of which school each pupil is in, a year and the next; classmates without a story are numbered.
CLASSES_OF_LAST_YEAR: dict[tuple[str, str], list[str]] = {
    ("A", "CP"): ["P11", "P12", "P13"],
    ("A", "CE1"): ["P1", "P21", "P22", "P23"],
    ("A", "CM1"): ["P3", "P7", "P31", "P32"],
    ("A", "CM2"): ["P2", "P4", "P41"],
    ("B", "CM1"): ["P51", "P52", "P53", "P54"],
    ("M", "MS-GS"): ["P5", "P8", "P61", "P62"],
}
CLASSES_OF_NEXT_YEAR: dict[tuple[str, str], list[str]] = {
    ("A", "CE1"): ["P11", "P12", "P13"],
    ("A", "CE2"): ["P1", "P21", "P22", "P23"],
    ("A", "CM2"): ["P7", "P31", "P32"],
    ("B", "CM2"): ["P51", "P52", "P53", "P54"],
    ("M", "MS-GS"): ["P8", "P61", "P62"],
}
FIRST_LEVEL: dict[tuple[str, str], list[str]] = {("A", "CP"): ["P5", "P6"]}
TEAM_OF_LAST_YEAR = {"S1": "A", "S2": "A", "S3": "A", "S4": "A", "S5": "M", "S6": "B"}
TEAM_OF_NEXT_YEAR = {"S1": "A", "S2": "A", "S3": "B", "S5": "M", "S6": "B", "S8": "A"}
HEADS = {"S1": "A", "S5": "M", "S6": "B"}
#: Who leaves for the *collège*: their key there.
IN_COLLEGE = {"P2": "Q2", "P41": "Q41"}


def person(key: str) -> User:
    """Who plays a part, whatever key files know them by: by their name."""
    part = PARTS[key]
    return User.objects.get(first_name=part.first, last_name__iexact=part.last)


def born(key: str) -> str:
    """Namesakes of no story are born on days of their own."""
    return BORN.get(key, f"2017-01-{int(key[1:]) % 28 + 1:02d}")


def ine_of(key: str) -> str:
    return f"11{int(key[1:]):07d}AB"


def _named(key: str) -> dict[str, Any]:
    part = PARTS.get(key)
    if part is None:
        return {}
    return {"ENTPersonNom": part.last.upper(), "ENTPersonPrenom": part.first}


def pupil(key: str, school: str, label: str, year: int, *, without_ine: Iterable[str] = ()) -> Told:
    kin = RELATIVE_OF.get(key)
    named = _named(key)
    if named:
        named["ENTPersonNomPatro"] = named["ENTPersonNom"]
    return sets.pupil(
        key,
        school,
        year=year,
        classes=[klass(school, label=label, year=year)],
        relatives=[kin] if kin else (),
        born=born(key),
        ine="" if key in set(without_ine) else ine_of(key),
        **named,
    )


def pupils(classes: Classes, year: int, *, without_ine: Iterable[str] = ()) -> list[Told]:
    """A record for each pupil of these classes."""
    return [
        pupil(key, school, label, year, without_ine=without_ine)
        for (school, label), keys in classes.items()
        for key in keys
    ]


def relatives(classes: Classes) -> list[Told]:
    kin = dict.fromkeys(RELATIVE_OF[key] for keys in classes.values() for key in keys if key in RELATIVE_OF)
    return [sets.relative(key, **_named(key)) for key in kin]


def team(where: Mapping[str, str]) -> list[Told]:
    return [
        sets.staff(key, school, heads=(school,) if HEADS.get(key) == school else (), **_named(key))
        for key, school in where.items()
    ]


def schools(keys: Iterable[str] = SCHOOLS) -> list[Told]:
    return [
        sets.school(
            key, ENTStructureNomCourant="$".join(SCHOOLS[key]), ENTStructureTypeStruct=SCHOOLS[key][0]
        )
        for key in keys
    ]


def collegians() -> list[Told]:
    """Those whom the *collège* names: other keys, the same INE and birth date, the same relatives."""
    return [
        colleges.collegian(
            there,
            "C",
            ine=ine_of(key),
            born=born(key),
            relatives=[RELATIVE_OF[key]] if key in RELATIVE_OF else (),
            sn=PARTS[key].last.upper(),
            givenName=PARTS[key].first,
            ENTPersonNomPatro=PARTS[key].last.upper(),
        )
        for key, there in IN_COLLEGE.items()
    ]


def parents_of_collegians() -> list[Told]:
    kin = [RELATIVE_OF[key] for key in IN_COLLEGE if key in RELATIVE_OF]
    return [colleges.parent(key, sn=PARTS[key].last.upper(), givenName=PARTS[key].first) for key in kin]
