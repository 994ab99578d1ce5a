"""AAF 2D sets told in plain Python, as `tests.feeds.sets` tells those of the first degree.

    path = a_college_set(tmp_path, "2027-09-20", pupils=[collegian("Q1", "Z", relatives=["R1"])])
    run = feed_college(path)

A school's key of one letter is a *collège* here; the files bear LDAP's names.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from core import clock
from feeds.models import FeedRun
from feeds.read.rows import Kind
from feeds.services.import_aaf import import_aaf2d
from tests.feeds.read.factories import BASES, record
from tests.feeds.sets import Told, a_set, french, name_of, noon, uai_of

INE = "110000001AB"


def told(
    kind: Kind, key: str, schools: tuple[str, ...] = (), relatives: Iterable[str] = (), **said: Any
) -> Told:
    """A record without any of the attributes that the first degree's have by default."""
    blank = dict.fromkeys(BASES[kind])
    return Told(kind, key, record(kind, **{**blank, **said}), schools, tuple(relatives))


def collegian(
    key: str,
    *schools: str,
    label: str = "6A",
    level: str = "6EME",
    relatives: Iterable[str] = (),
    born: str | None = "2016-03-12",
    ine: str = "",
    **attributes: Any,
) -> Told:
    """`relatives`: keys, or whole values of six parts. `attributes` are those of the files, over all else."""
    at = schools or ("Z",)
    ties = [value if "$" in value else f"{value}$1$1$1$1$1" for value in relatives]
    said: dict[str, Any] = {
        "ENTPersonJointure": key,
        "ENTEleveINE": ine,
        "ENTPersonDateNaissance": french(born) if born else "",
        "sn": "MARTIN",
        "ENTPersonNomPatro": "MARTIN",
        "givenName": name_of(key),
        "ENTElevePersRelEleve": ties or None,
        "ENTPersonStructRattach": list(at),
        "ENTEleveClasses": f"{at[0]}${label}" if label else None,
        "ENTEleveNivFormation": level,
    }
    return told(Kind.PUPIL, key, at, [value.split("$")[0] for value in ties], **{**said, **attributes})


def parent(key: str, **attributes: Any) -> Told:
    said = {"ENTPersonJointure": key, "sn": "MARTIN", "givenName": name_of(key)}
    return told(Kind.RELATIVE, key, **{**said, **attributes})


def colleague(
    key: str, *schools: str, code: str = "ENS$ENSEIGNEMENT$L1000$MATHEMATIQUES", **attributes: Any
) -> Told:
    at = schools or ("Z",)
    said: dict[str, Any] = {
        "ENTPersonJointure": key,
        "sn": "MOREL",
        "givenName": name_of(key),
        "ENTPersonStructRattach": list(at),
        "ENTPersonFonctions": [f"{school}${code}" for school in at],
    }
    return told(Kind.STAFF, key, at, **{**said, **attributes})


def college(key: str, *, academy: str = "EXEMPLE", code: str = "24", **attributes: Any) -> Told:
    said = {
        "ENTStructureJointure": key,
        "ENTStructureUAI": uai_of(key),
        "ENTStructureNomCourant": f"COLLEGE${name_of(key).upper()}",
        "ENTStructureTypeStruct": "COLLEGE",
        "ENTServAcAcademie": academy,
        "ENTServAcCodeAcademie": code,
    }
    return told(Kind.SCHOOL, key, **{**said, **attributes})


def a_college_set(
    folder: Path,
    day: str = "2027-09-20",
    *,
    pupils: list[Told] | None = None,
    relatives: list[Told] | None = None,
    staff: list[Told] | None = None,
    schools: list[Told] | None = None,
) -> Path:
    """As `a_set`: a record is made for each *collège* and relative that somebody names and nobody tells."""
    people = [*(pupils or []), *(staff or [])]
    listed = [*(schools or [])]
    keys = {one.key for one in listed}
    listed += [college(key) for key in dict.fromkeys(k for p in people for k in p.schools) if key not in keys]
    known = {one.key for one in relatives or []}
    made = [
        parent(key) for key in dict.fromkeys(k for p in pupils or [] for k in p.relatives) if key not in known
    ]
    adults = [*(relatives or []), *made] if relatives is not None or made else None
    return a_set(folder, day, pupils=pupils, relatives=adults, staff=staff, schools=listed, made_up=False)


def feed_college(path: Path, *, on: str | date = "", **options: Any) -> FeedRun:
    """Imports a set of *collèges* at noon of the day in its folder's name, or `on` another."""
    with clock.at(noon(on or path.name[4:])):
        return import_aaf2d(path=path, **options)
