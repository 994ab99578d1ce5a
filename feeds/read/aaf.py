"""Sets of AAF, of whichever degree: one file read into batches of rows.

A file is read by itself, in whatever process: `FileJob` travels, `read_file` reads. What attributes mean
is each format's (`feeds.read.dialect`): `aaf1d` and `aaf2d` are their tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.read import plain
from feeds.read.aaf1d import AAF1D
from feeds.read.aaf2d import AAF2D
from feeds.read.aaf_people import PeopleRecords
from feeds.read.aaf_schools import SchoolRecords
from feeds.read.codes import Code
from feeds.read.dialect import Dialect
from feeds.read.rows import Anomaly, Batch, Kind, anomaly

if TYPE_CHECKING:
    from feeds.read.fileset import FileSet
    from feeds.read.tree import TreeRecord

DIALECTS = {dialect.name: dialect for dialect in (AAF1D, AAF2D)}
#: What `categoriePersonne` or `categorieStructure` says in a file of each kind.
CATEGORIES: dict[Kind, str] = {
    Kind.SCHOOL: "EtabEducNat",
    Kind.PUPIL: "Eleve",
    Kind.RELATIVE: "PersRelEleve",
    Kind.STAFF: "PersEducNat",
}
BATCH = 2000


@dataclass(frozen=True, slots=True)
class FileJob:
    """One file to read, as plain values that travel to another process.

    `number`: its index in the set's list, written in each row. `latest_birth`: the ISO day after which
    nobody can be born. `dialect`: the name of the format that it is in.
    """

    path: str
    name: str
    number: int
    kind: Kind
    latest_birth: str
    dialect: str = AAF1D.name


def jobs(found: "FileSet", *, today: date, dialect: Dialect = AAF1D) -> list[FileJob]:
    """A job per file of the set. A feed may be dated ahead of the clock: the later day bounds births."""
    latest = max(found.date, today).isoformat()
    return [
        FileJob(str(file.path), file.name, number, file.kind, latest, dialect.name)
        for number, file in enumerate(found.files)
    ]


def read_file(job: FileJob, *, size: int = BATCH) -> Iterator[Batch]:
    """The rows of one file, `size` records a batch; the last batch also bears what is told of the whole file.

    Raises UnreadableSet, then batches already yielded are to be forgotten with the set.
    """
    dialect = DIALECTS[job.dialect]
    reader = SchoolRecords(dialect, job.name, job.number) if job.kind is Kind.SCHOOL else PeopleRecords(
        dialect, job.kind, job.name, job.number, latest_birth=job.latest_birth
    )  # fmt: skip
    table = dialect.attributes[job.kind]
    category = CATEGORIES[job.kind]
    unknown: dict[str, int] = {}
    ours = 0
    for record in _records(job):
        line, stated = record.line, record.category
        reader.batch.records += 1
        if stated and stated != category and stated.casefold() != category.casefold():
            reader.batch.anomalies.append(
                anomaly(Code.WRONG_KIND, job.name, line, kind=job.kind, value=stated, expected=category)
            )
            continue
        ours += 1
        values = record.values(table, unknown)
        if "key" not in values and record.identifier:
            values["key"] = record.identifier
        reader.read(line, values)
        if reader.batch.records >= size:
            yield reader.batch
            reader.batch = Batch()
    reader.batch.anomalies.extend(_of_the_file(job, unknown, empty=not ours))
    yield reader.batch


def _of_the_file(job: FileJob, unknown: dict[str, int], *, empty: bool) -> Iterator[Anomaly]:
    for name, line in unknown.items():
        yield anomaly(Code.ATTRIBUTE_UNKNOWN, job.name, line, kind=job.kind, subject=name, value=name)
    if empty:
        yield anomaly(Code.FILE_EMPTY, job.name, 0, kind=job.kind, value=CATEGORIES[job.kind])


def _records(job: FileJob) -> Iterator["plain.PlainRecord | TreeRecord"]:
    """The file's records, by patterns as far as they are plain, else by trees."""
    path, seen = Path(job.path), 0
    try:
        for record in plain.records(path, name=job.name):
            seen += 1
            yield record
    except plain.NotPlain:
        # Seldom met, and a third of the time that a process that reads needs to start.
        from feeds.read import tree

        yield from tree.tree_records(path, name=job.name, skip=seen)
