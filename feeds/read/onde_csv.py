"""The three files that a director downloads from ONDE, each optional, read into rows.

No key in them: a person's is `row:<line>`, of its kind and for this import alone. Who they are is for
`feeds.match`. A school is small: one batch holds it all.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from feeds.read.archives import Limits, is_archive, unpack
from feeds.read.codes import Code, SetCode
from feeds.read.csv_text import Table, read_table
from feeds.read.errors import UnreadableSet
from feeds.read.onde_columns import Layout, find_columns, kind_of
from feeds.read.onde_people import OndeRows
from feeds.read.rows import Anomaly, Batch, Kind, anomaly

#: Pupils first: their classes' labels are how the others are written.
_ORDER = (Kind.PUPIL, Kind.STAFF, Kind.RELATIVE)


@dataclass(frozen=True, slots=True)
class OndeFile:
    """A file, its kind, and the columns sought, found and not used, as they are written."""

    name: str
    kind: Kind
    found: tuple[str, ...]
    sought: tuple[str, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OndeSet:
    """What a path holds: `files` in the order that rows number them, and all rows in one batch."""

    files: tuple[OndeFile, ...]
    batch: Batch = field(default_factory=Batch)


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    kind: Kind
    table: Table
    layout: Layout


def read_onde(
    path: Path | str, *, school_key: str, latest_birth: str, limits: Limits | None = None
) -> OndeSet:
    """Reads a folder, a zip, a tar.gz or one CSV. Raises UnreadableSet.

    `school_key` (the UAI) is written in places and class values; `latest_birth` is the ISO day after
    which nobody can be born.
    """
    anomalies: list[Anomaly] = []
    with _csv_files(Path(path), limits) as files:
        found = _recognise(files, anomalies, shown=Path(path).name)
    rows = OndeRows(school_key=school_key, latest_birth=latest_birth)
    rows.batch.anomalies.extend(anomalies)
    for number, file in enumerate(found):
        rows.read(file.name, number, file.kind, file.table, file.layout)
    return OndeSet(
        files=tuple(
            OndeFile(file.name, file.kind, file.layout.found, file.layout.sought, file.layout.unused)
            for file in found
        ),
        batch=rows.batch,
    )


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv") and not name.startswith(("._", ".", "~$"))


@contextmanager
def _csv_files(path: Path, limits: Limits | None) -> Iterator[list[Path]]:
    if is_archive(path):
        with tempfile.TemporaryDirectory(prefix="cartable-feed-") as folder:
            unpack(path, Path(folder), wanted=_is_csv, limits=limits)
            yield _under(Path(folder))
    elif path.is_dir():
        yield _under(path)
    elif path.is_file():
        yield [path]
    else:
        raise UnreadableSet(
            SetCode.PATH_MISSING,
            f"Le dossier « {path} » n’existe pas.",
            remedy="Vérifiez le chemin du dossier, de l’archive ou du fichier.",
        )


def _under(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file() and _is_csv(file.name))


def _recognise(files: list[Path], anomalies: list[Anomaly], *, shown: str) -> list[_Found]:
    found: dict[Kind, _Found] = {}
    for file in files:
        table = read_table(file, name=file.name)
        kind = kind_of(file.name, table.headers)
        if kind is None:
            why = "Attendu : élèves, responsables ou enseignants."
            anomalies.append(
                anomaly(Code.FILE_UNUSED, file.name, 0, value=file.name, why=why, subject=file.name)
            )
            continue
        if kind in found:
            raise UnreadableSet(
                SetCode.FILE_TWICE,
                f"« {found[kind].name} » et « {file.name} » sont de la même sorte : on ne sait lequel prendre.",
                remedy="Ne laissez que le plus récent, puis recommencez.",
                file=file.name,
            )
        layout = find_columns(kind, table.headers, file=file.name, line=table.header_line)
        found[kind] = _Found(file.name, kind, table, layout)
    if not found:
        raise UnreadableSet(
            SetCode.NO_USABLE_FILE,
            f"« {shown} » ne contient aucune extraction CSV d’ONDE.",
            remedy="Attendu : CSVExtraction-eleves.csv, CSVExtraction-responsables.csv ou "
            "CSVExtraction-enseignants.csv, tels qu’ONDE les donne.",
        )
    for one in found.values():
        for column in one.layout.unused:
            anomalies.append(
                anomaly(
                    Code.COLUMN_UNUSED,
                    one.name,
                    one.table.header_line,
                    kind=one.kind.value,
                    value=column,
                    subject=column,
                )
            )
        if not one.table.rows:
            anomalies.append(
                anomaly(Code.FILE_EMPTY, one.name, 0, kind=one.kind.value, value=_WORDS[one.kind])
            )
    return [found[kind] for kind in _ORDER if kind in found]


_WORDS = {Kind.PUPIL: "élèves", Kind.RELATIVE: "responsables", Kind.STAFF: "enseignants"}
