"""The floor: what reading a set and storing its people costs at the very least.

`python -m bench.floor FOLDER CONNINFO` parses each file with lxml into dictionaries, attribute → texts,
and copies one row a person into a table with a primary key. One process, nothing checked, nothing
compared: an import can only be told as a multiple of it. Prints one JSON object.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from lxml import etree

KINDS = {"Eleve": "P", "PersRelEleve": "R", "PersEducNat": "S"}
COLUMNS = {
    "key": "ENTPersonJointure",
    "ine": "ENTEleveINE",
    "birth_date": "ENTPersonDateNaissance",
    "last_name": "ENTPersonNom",
    "birth_name": "ENTPersonNomPatro",
    "first_name": "ENTPersonPrenom",
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
    "level": "ENTEleveNiveau",
    "schools": "ENTPersonStructRattach",
    "classes": "ENTPersonClasses",
    "ties": "ENTEleveAutoriteParentale",
}


def records(path: Path) -> Iterator[dict[str, list[str]]]:
    """One dictionary a record, attribute → its texts."""
    for _, element in etree.iterparse(str(path), tag="addRequest", load_dtd=False, no_network=True):
        yield {
            attr.get("name"): [value.text or "" for value in attr]
            for attr in element.iterfind("attributes/attr")
        }
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def rows(folder: Path) -> Iterator[tuple[str, ...]]:
    """One row a person, in the order of the files."""
    for path in sorted(folder.glob("*.xml")):
        kind = KINDS.get(path.stem.split("_")[-2])
        for record in records(path):
            if kind is not None:
                yield (kind, *("|".join(record.get(name, ())) for name in COLUMNS.values()))


def measure(folder: Path, conninfo: str) -> dict[str, Any]:
    """`persons` and `seconds`, the table made before and dropped after the clock."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("drop table if exists bench_floor")
        columns = ", ".join(f"{name} text not null" for name in COLUMNS)
        connection.execute(f"create table bench_floor (kind text, {columns}, primary key (kind, key))")
        persons = 0
        start = time.perf_counter()
        statement = f"copy bench_floor (kind, {', '.join(COLUMNS)}) from stdin"
        with connection.transaction(), connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows(folder):
                copy.write_row(row)
                persons += 1
        seconds = time.perf_counter() - start
        connection.execute("drop table bench_floor")
    return {"persons": persons, "seconds": seconds}


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
