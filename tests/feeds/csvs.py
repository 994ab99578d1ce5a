"""ONDE CSV files told in plain Python, as a director downloads them today."""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import count
from pathlib import Path

from core import clock
from feeds.models import FeedRun
from feeds.services.import_csv import import_onde_csv
from tests.feeds.sets import noon, uai_of

PUPIL = ("Nom élève", "Nom d'usage élève", "Prénom élève", "Date naissance", "INE", "Niveau", "Libellé classe",
         "Autorisations photos")  # fmt: skip
RELATIVE = ("Civilité Responsable", "Nom usage responsable", "Nom responsable", "Prénom responsable", "Courriel",
            "Téléphone portable")  # fmt: skip
CHILD = ("Nom d'usage enfant", "Nom de famille enfant", "Prénom enfant", "Classes enfants")
TEACHER = ("Civilité", "Nom usage", "Nom", "Prénom", "Courriel", "Directeur", "Classe")
_numbers = count(1)


@dataclass(frozen=True)
class Child:
    """A row of the pupils' file."""

    first: str
    last: str = "MARTIN"
    born: str = "2018-03-12"
    label: str = "CP"
    ine: str = ""
    level: str = "CP"
    use: str = ""
    photos: str = ""

    def row(self) -> tuple[str, ...]:
        return (self.last, self.use, self.first, self.born, self.ine, self.level, self.label, self.photos)


@dataclass(frozen=True)
class Parent:
    """A row of the relatives' file; `children` as the row names them."""

    first: str
    children: tuple[Child, ...]
    last: str = "MARTIN"
    mail: str = ""
    mobile: str = ""

    def row(self) -> tuple[str, ...]:
        named = [
            part for child in self.children for part in (child.use, child.last, child.first, child.label)
        ]
        return ("Mme", "", self.last, self.first, self.mail, self.mobile, *named)


@dataclass(frozen=True)
class Teacher:
    """A row of the teachers' file."""

    first: str
    label: str = ""
    last: str = "MOREL"
    head: bool = False
    mail: str = ""

    def row(self) -> tuple[str, ...]:
        return ("M.", "", self.last, self.first, self.mail, "oui" if self.head else "non", self.label)


def a_csv(
    folder: Path,
    *,
    pupils: list[Child] | None = None,
    relatives: list[Parent] | None = None,
    teachers: list[Teacher] | None = None,
) -> Path:
    """Writes the files of one export and answers its folder; a kind that is None has no file."""
    path = folder / f"csv-{next(_numbers):03d}"
    path.mkdir(parents=True)
    most = max((len(parent.children) for parent in relatives or []), default=1)
    for name, headers, rows in (
        ("eleves", PUPIL, pupils),
        ("responsables", (*RELATIVE, *(CHILD * most)), relatives),
        ("enseignants", TEACHER, teachers),
    ):
        if rows is None:
            continue
        text = StringIO()
        writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(headers)
        for row in rows:
            cells = row.row()
            writer.writerow([*cells, *[""] * (len(headers) - len(cells))])
        (path / f"CSVExtraction-{name}.csv").write_bytes(text.getvalue().encode("cp1252"))
    return path


def feed_csv(
    path: Path, *, school: str = "A", on: str | date = "2026-09-15", make: bool = True, **options: object
) -> FeedRun:
    """Imports an export of a school that tests call by a key, at noon of a day."""
    if make:
        options.setdefault("create_school", f"École {school}")
    with clock.at(noon(on)):
        return import_onde_csv(path=path, uai=uai_of(school), **options)  # type: ignore[arg-type]
