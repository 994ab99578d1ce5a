"""AAF sets told in plain Python: who is where, and the files that say so.

    path = a_set(tmp_path, "2026-09-15", pupils=[pupil("P1"), pupil("P2", "B", relatives=["R1"])], staff=[staff("S1")])
    run = feed(path)

What is not said has a plausible value: a pupil is in the class "CP" of their first school, names come from
keys, and a record is made for each school and relative that somebody names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from accounts.models import User
from core import clock
from feeds.models import FeedRun
from feeds.read.rows import Kind
from feeds.services.import_aaf import import_aaf1d
from schools.models import School
from schools.rules import UAI_LETTERS
from tests.feeds.read.factories import CATEGORIES, record, xml

PARIS = ZoneInfo("Europe/Paris")
DIGITS = str.maketrans("0123456789-", "abcdefghijk")
_numbers = count(1)


@dataclass(frozen=True)
class Told:
    """A record to be written, with the keys that it names."""

    kind: Kind
    key: str
    text: str
    schools: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()


def name_of(key: str) -> str:
    """A first name that only this key bears: "P12" is « Pbc »."""
    return key.translate(DIGITS).capitalize()


def day_of(day: str | date) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def french(day: str | date) -> str:
    return f"{day_of(day):%d/%m/%Y}"


def uai_of(key: str) -> str:
    """The UAI of a school that tests call by a key."""
    number = 620_000 + crc32(key.encode()) % 10_000
    return f"{number:07d}{UAI_LETTERS[number % 23]}"


def klass(
    school: str = "A",
    key: str = "",
    label: str = "CP",
    *,
    year: int = 2026,
    starts: str | date | None = None,
    ends: str | date | None = None,
) -> str:
    """A class value; its key is by default the school's, the label's and the year's."""
    begins, finishes = day_of(starts or f"{year}-09-01"), day_of(ends or f"{year + 1}-07-05")
    return f"{school}${french(begins)}${french(finishes)}${key or f'{school}-{label}-{year}'}${label}"


def pupil(
    key: str,
    *schools: str,
    year: int = 2026,
    classes: Iterable[str] | None = None,
    relatives: Iterable[str] = (),
    born: str | None = "2018-03-12",
    ine: str = "",
    left: str = "",
    **attributes: Any,
) -> Told:
    """`relatives`: keys, or whole values (`R1$1$1$1$1`). `attributes` are ENT ones, over all else."""
    at = schools or ("A",)
    said = [klass(at[0], year=year)] if classes is None else list(classes)
    ties = [value if "$" in value else f"{value}$1$1$1$1" for value in relatives]
    told: dict[str, Any] = {
        "ENTPersonJointure": key,
        "ENTEleveINE": ine,
        "ENTPersonDateNaissance": french(born) if born else "",
        "ENTPersonNom": "MARTIN",
        "ENTPersonNomPatro": "MARTIN",
        "ENTPersonPrenom": name_of(key),
        "ENTEleveAutoriteParentale": ties or None,
        "ENTPersonStructRattach": list(at),
        "ENTPersonClasses": said or None,
        "ENTEleveDateSortieStructRattach": french(left) if left else None,
    }
    return Told(
        Kind.PUPIL,
        key,
        record(Kind.PUPIL, **{**told, **attributes}),
        at,
        tuple(value.split("$")[0] for value in ties),
    )


def relative(key: str, **attributes: Any) -> Told:
    told = {"ENTPersonJointure": key, "ENTPersonNom": "MARTIN", "ENTPersonPrenom": name_of(key)}
    return Told(Kind.RELATIVE, key, record(Kind.RELATIVE, **{**told, **attributes}))


def staff(
    key: str, *schools: str, heads: Iterable[str] = (), teacher: bool = True, **attributes: Any
) -> Told:
    at = schools or ("A",)
    code = "ENS$ENSEIGNEMENT$G0000$SANS SPECIALITE" if teacher else "ADF$PERSONNELS ADMINISTRATIFS$$"
    told: dict[str, Any] = {
        "ENTPersonJointure": key,
        "ENTPersonNom": "MOREL",
        "ENTPersonPrenom": name_of(key),
        "ENTPersonStructRattach": list(at),
        "ENTPersonFonctions": [f"{school}${code}" for school in at],
        "ENTEnsFonctionDir": list(heads) or None,
        "ENTPersonCategorieEnseignant": "O" if teacher else "N",
    }
    return Told(Kind.STAFF, key, record(Kind.STAFF, **{**told, **attributes}), at)


def school(key: str, *, academy: str = "EXEMPLE", code: str = "24", **attributes: Any) -> Told:
    told = {
        "ENTStructureJointure": key,
        "ENTStructureUAI": uai_of(key),
        "ENTStructureNomCourant": f"ECOLE ELEMENTAIRE PUBLIQUE$ECOLE {name_of(key).upper()}",
        "ENTServAcAcademie": academy,
        "ENTServAcCodeAcademie": code,
        "ENTEcoleCirconscription": "900000",
    }
    return Told(Kind.SCHOOL, key, record(Kind.SCHOOL, **{**told, **attributes}))


def pupils_of(number: int, *schools: str, first: int = 1, prefix: str = "P", **told: Any) -> list[Told]:
    """As many pupils alike, `P1`, `P2`, … born on different days."""
    born = date(2018, 1, 1)
    return [
        pupil(f"{prefix}{n}", *schools, **{"born": (born + timedelta(days=n)).isoformat(), **told})
        for n in range(first, first + number)
    ]


def a_set(
    folder: Path,
    day: str = "2026-09-15",
    *,
    pupils: list[Told] | None = None,
    relatives: list[Told] | None = None,
    staff: list[Told] | None = None,
    schools: list[Told] | None = None,
    made_up: bool = True,
    academy: str = "EXEMPLE",
) -> Path:
    """Writes a set and answers its folder. A kind that is None has no file; `[]` is a file without a record.

    `made_up`: schools and relatives that are named and not told get a record (no file of relatives where
    there are no pupils). Several sets of one day lie in folders of their own.
    """
    people = [*(pupils or []), *(staff or [])]
    named = dict.fromkeys(key for person in people for key in person.schools)
    listed = [*(schools or [])]
    if made_up:
        listed += [school(key, academy=academy) for key in named if key not in {told.key for told in listed}]
        if pupils is not None:
            wanted = dict.fromkeys(key for person in pupils for key in person.relatives)
            told = {one.key for one in relatives or []}
            made = [relative(key) for key in wanted if key not in told]
            relatives = [*(relatives or []), *made] if made else relatives
    path = folder / f"{next(_numbers):03d}-{day}"
    path.mkdir(parents=True)
    files: dict[Kind, list[Told] | None] = {
        Kind.SCHOOL: listed if listed or schools is not None else None,
        Kind.PUPIL: pupils,
        Kind.RELATIVE: relatives,
        Kind.STAFF: staff,
    }
    for kind, records in files.items():
        if records is not None:
            name = f"ENT_{academy}_Complet_{day_of(day):%Y%m%d}_{CATEGORIES[kind]}_0000.xml"
            (path / name).write_bytes(xml(*(one.text for one in records)))
    return path


def noon(day: str | date) -> datetime:
    return datetime.combine(day_of(day), datetime.min.time(), PARIS) + timedelta(hours=12)


def feed(path: Path, *, on: str | date = "", **options: Any) -> FeedRun:
    """Imports a set at noon of the day in its folder's name, or `on` another."""
    with clock.at(noon(on or path.name[4:])):
        return import_aaf1d(path=path, **options)


def person(key: str, *, kind: str = "", academy: str = "EXEMPLE") -> User:
    """Who bears a key: the kind is its first letter (P, R, S) where it is not told."""
    return User.objects.get(academy__code=academy, joining_kind=kind or key[0], joining_key=key)


def is_known(key: str, *, academy: str = "EXEMPLE") -> bool:
    return User.objects.filter(academy__code=academy, joining_kind=key[0], joining_key=key).exists()


def school_of(key: str) -> School:
    return School.objects.get(joining_key=key)


def told(run: FeedRun, kind: str) -> dict[str, int]:
    """The run's counts of a kind, those that are not nought."""
    return {action: number for action, number in run.counts[kind].items() if number}
