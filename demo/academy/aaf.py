"""Writes the records of an academy as an AAF file set, a record at a time."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from xml.sax.saxutils import escape

from demo.academy.records import KINDS, STAFF_KINDS, Record, records
from demo.academy.world import World

RECORDS_A_FILE = 10_000
DTD = """\
<!ELEMENT ficAlimMENESR (addRequest|modifyRequest|deleteRequest)*>
<!ELEMENT addRequest (operationalAttributes,identifier,attributes)>
<!ELEMENT modifyRequest (operationalAttributes,identifier,modifications)>
<!ELEMENT deleteRequest (operationalAttributes,identifier)>
<!ELEMENT operationalAttributes (attr+)>
<!ELEMENT identifier (id)>
<!ELEMENT attributes (attr*)>
<!ELEMENT modifications (modification*)>
<!ELEMENT modification (value*)>
<!ELEMENT attr (value*)>
<!ATTLIST attr name CDATA #REQUIRED>
<!ELEMENT id (#PCDATA)>
<!ELEMENT value (#PCDATA)>
"""
_HEAD = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">
<ficAlimMENESR>
<!-- synthetic academy: nobody in it exists -->
"""
_FOOT = b"</ficAlimMENESR>\n"


class KindWriter:
    """The numbered files of one kind; each is opened with its first record."""

    def __init__(self, folder: Path, prefix: str, kind: str, records_a_file: int) -> None:
        self.folder = folder
        self.prefix = prefix
        self.kind = kind
        self.records_a_file = records_a_file
        self.files: list[str] = []
        self.count = 0
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def write(self, record: Record) -> None:
        if self.count % self.records_a_file == 0:
            self._close()
            self._file = self._next()
        assert self._file is not None
        self._file.write(as_xml(record).encode())
        self.count += 1

    def _next(self) -> BinaryIO:
        self.files.append(f"{self.prefix}_{self.kind}_{len(self.files):04d}.xml")
        opened = (self.folder / self.files[-1]).open("wb", buffering=1 << 20)
        opened.write(_HEAD)
        return opened

    def _close(self) -> None:
        if self._file is not None:
            self._file.write(_FOOT)
            self._file.close()
            self._file = None


def write_set(
    world: World,
    folder: Path,
    *,
    day: date,
    staff_only: bool = False,
    records_a_file: int = RECORDS_A_FILE,
) -> dict[str, list[str]]:
    """Writes a complete set, or the staff's alone, and returns the names of its files by kind."""
    kinds = STAFF_KINDS if staff_only else KINDS
    told = {kind: records(world, kind) for kind in kinds}
    return write_records(told, folder, academy=world.recipe.academy, day=day, records_a_file=records_a_file)


def write_records(
    told: Mapping[str, Iterable[Record]], folder: Path, *, academy: str, day: date, records_a_file: int
) -> dict[str, list[str]]:
    """Writes the records of each kind, and returns the names of its files by kind."""
    (folder / "ficAlimMENESR.dtd").write_text(DTD)
    prefix = f"ENT_{academy}_Complet_{day:%Y%m%d}"
    files: dict[str, list[str]] = {}
    for kind, of_kind in told.items():
        with KindWriter(folder, prefix, kind, records_a_file) as writer:
            for record in of_kind:
                writer.write(record)
        files[kind] = writer.files
    return files


def feed_day(year: int, *, staff_only: bool = False) -> date:
    """The day that a set of a school year bears: 15 September, or a late Monday of August for staff."""
    if not staff_only:
        return date(year, 9, 15)
    last = date(year, 8, 28)
    return last - timedelta(days=last.weekday())


def as_xml(record: Record) -> str:
    category = "categorieStructure" if record.kind == "EtabEducNat" else "categoriePersonne"
    head = f'<operationalAttributes><attr name="{category}"><value>{record.kind}</value></attr></operationalAttributes>'
    lines = [f"<addRequest>\n{head}\n<identifier><id>{record.key}</id></identifier>\n<attributes>\n"]
    for name, value in record.attributes:
        values = [value] if isinstance(value, str) else value
        inside = "".join([f"<value>{escape(text)}</value>" for text in values if text]) or "<value/>"
        lines.append(f'<attr name="{name}">{inside}</attr>\n')
    lines.append("</attributes>\n</addRequest>\n")
    return "".join(lines)
