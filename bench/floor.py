"""The floor: what reading a set and storing its people costs at the very least.

`python -m bench.floor FOLDER CONNINFO` parses each file with lxml into dictionaries, attribute → texts, and
copies the rows that an import of it makes: people, what attaches them to schools and classes, ties. The
tables are made like the real ones, columns, defaults and indexes; they bear no foreign key and no check.
Nothing is validated, nothing compared, no record of the run kept; keys are counted here as records name
them. One process: an import can only be told as a multiple of it. Prints one JSON object: `persons`,
`seconds`, and `parse`, the seconds of the parse alone, measured apart.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from lxml import etree

from accounts.rules import login_base, login_of

Record = dict[str, list[str]]
Row = tuple[Any, ...]

KINDS = {"Eleve": "P", "PersRelEleve": "R", "PersEducNat": "S"}
SOURCE, DAY, YEAR = "AAF1D", "2026-09-15", 2026

#: Column of an account → the attribute that it keeps as the file has it.
KEPT = {
    "first_name": "ENTPersonPrenom",
    "last_name": "ENTPersonNom",
    "birth_name": "ENTPersonNomPatro",
    "other_first_names": "ENTPersonAutresPrenoms",
    "civility": "ENTPersonCivilite",
    "email": "ENTPersonMail",
    "home_phone": "ENTPersonTelPerso",
    "work_phone": "ENTPersRelEleveTelPro",
    "mobile_phone": "ENTPersRelEleveTelMobile",
    "address": "ENTPersonAdresse",
    "postal_code": "ENTPersonCodePostal",
    "city": "ENTPersonVille",
    "country": "ENTPersonPays",
    "ine": "ENTEleveINE",
}
PEOPLE = "accounts_user"
PLACES = "directory_attachment"
CLASSES = "directory_classattachment"
TIES = "directory_guardianship"
COLUMNS: dict[str, tuple[str, ...]] = {
    PEOPLE: (
        "id", "username", "login_base", "login_number", "password", "profile", "birth_date", "sort_name",
        "academy_id", "source", "joining_kind", "joining_key", *KEPT,
    ),
    PLACES: (
        "id", "person_id", "school_id", "profile", "function_code", "function_label", "is_head", "level",
        "source", "since", "running_year",
    ),
    CLASSES: ("id", "person_id", "school_class_id", "role", "source", "since"),
    TIES: (
        "id", "relative_id", "pupil_id", "rank", "tie_kind", "legal", "contact", "payer", "source", "since",
    ),
}  # fmt: skip


def records(path: Path) -> Iterator[Record]:
    """One dictionary a record, attribute → its texts."""
    for _, element in etree.iterparse(str(path), tag="addRequest", load_dtd=False, no_network=True):
        yield {attr.get("name"): [value.text or "" for value in attr] for attr in element[-1]}
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def files(folder: Path) -> Iterator[tuple[str | None, Path]]:
    """The set's files, each with the kind of people in it; None where it tells no people."""
    for path in sorted(folder.glob("*.xml")):
        yield KINDS.get(path.stem.split("_")[-2]), path


class Rows:
    """The rows that records make. Those of people are handed out, the others kept until the end."""

    def __init__(self) -> None:
        self.kept: dict[str, list[Row]] = {PLACES: [], CLASSES: [], TIES: []}
        self._people: defaultdict[tuple[str, str], int] = defaultdict(count(1).__next__)
        self._schools: defaultdict[str, int] = defaultdict(count(1).__next__)
        self._classes: defaultdict[tuple[str, str], int] = defaultdict(count(1).__next__)
        self._logins: defaultdict[str, int] = defaultdict(int)
        self._ids = count(1)

    def person(self, kind: str, record: Record) -> Row:
        """A person's own row; what attaches and ties them is kept."""
        first, last = _one(record, "ENTPersonPrenom"), _one(record, "ENTPersonNom")
        key = _one(record, "ENTPersonJointure")
        person = self._people[kind, key]
        base = login_base(first, last)
        self._logins[base] = number = self._logins[base] + 1
        teaches = _one(record, "ENTPersonCategorieEnseignant") == "O"
        profile = {"P": "PUPIL", "R": "RELATIVE"}.get(kind) or ("TEACHER" if teaches else "STAFF")
        if kind != "R":
            self._attach(person, profile, record)
        if kind == "P":
            self._tie(person, record)
        born = _one(record, "ENTPersonDateNaissance")
        return (
            person, login_of(base, number), base, number, "", profile,
            f"{born[6:]}-{born[3:5]}-{born[:2]}" if born else None, f"{last} {first}".lower(),
            1, SOURCE, kind, key, *[_one(record, name) for name in KEPT.values()],
        )  # fmt: skip

    def _attach(self, person: int, profile: str, record: Record) -> None:
        functions = {parts[0]: parts for parts in _parts(record, "ENTPersonFonctions")}
        headed = record.get("ENTEnsFonctionDir", ())
        for school in record.get("ENTPersonStructRattach", ()):
            _, code, label, *_ = functions.get(school, ("", "", ""))
            self.kept[PLACES].append(
                (next(self._ids), person, self._schools[school], profile, code, label, school in headed,
                 _one(record, "ENTEleveNiveau")[:4], SOURCE, DAY, YEAR)
            )  # fmt: skip
        for school, _, _, key, _ in _parts(record, "ENTPersonClasses"):
            school_class = self._classes[school, key]
            self.kept[CLASSES].append((next(self._ids), person, school_class, "PUPIL", SOURCE, DAY))

    def _tie(self, pupil: int, record: Record) -> None:
        stated = _parts(record, "ENTEleveAutoriteParentale")
        for rank, (key, tie_kind, legal, contact, payer) in enumerate(stated, 1):
            self.kept[TIES].append(
                (next(self._ids), self._people["R", key], pupil, rank, tie_kind, legal == "1", contact == "1",
                 payer == "1", SOURCE, DAY)
            )  # fmt: skip


def _one(record: Record, name: str) -> str:
    values = record.get(name)
    return values[0] if values else ""


def _parts(record: Record, name: str) -> list[list[str]]:
    """Each of an attribute's values that is not empty, parted."""
    return [value.split("$") for value in record.get(name, ()) if value]


def parse(folder: Path) -> float:
    """Seconds to read every record of the set, and do nothing with it."""
    start = time.perf_counter()
    for _, path in files(folder):
        for _ in records(path):
            pass
    return time.perf_counter() - start


def store(folder: Path, connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Reads the set and copies its rows, in one transaction; answers how many, by table."""
    made, persons = Rows(), 0
    with connection.transaction(), connection.cursor() as cursor:
        with cursor.copy(_copy(PEOPLE)) as copy:
            for kind, path in files(folder):
                for record in records(path):
                    if kind is not None:
                        copy.write_row(made.person(kind, record))
                        persons += 1
        for table, rows in made.kept.items():
            with cursor.copy(_copy(table)) as copy:
                for row in rows:
                    copy.write_row(row)
    return {PEOPLE: persons, **{table: len(rows) for table, rows in made.kept.items()}}


def _copy(table: str) -> str:
    return f"copy bench_floor.{table} ({', '.join(COLUMNS[table])}) from stdin"


def measure(folder: Path, conninfo: str) -> dict[str, Any]:
    """`persons`, `rows` by table, `seconds` and `parse`; tables made before and dropped after the clock."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("drop schema if exists bench_floor cascade")
        connection.execute("create schema bench_floor")
        for table in COLUMNS:
            connection.execute(
                f"create table bench_floor.{table} "
                f"(like public.{table} including indexes including defaults including identity)"
            )
        start = time.perf_counter()
        rows = store(folder, connection)
        seconds = time.perf_counter() - start
        connection.execute("drop schema bench_floor cascade")
    return {"persons": rows[PEOPLE], "rows": rows, "seconds": seconds, "parse": parse(folder)}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
