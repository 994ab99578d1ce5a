"""A CSV as directors send it, made a table: encoding, separator, quotes and physical lines found out."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from feeds.read.codes import SetCode
from feeds.read.errors import UnreadableSet
from feeds.read.values import clean

#: A school's export is some 100 kB.
LONGEST = 32 << 20
#: More lines than that within one pair of quotes: a quote was not closed.
_LINES_IN_A_CELL = 20
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_SEPARATORS = ";\t,"
_SAVE_AGAIN = "Téléchargez à nouveau le fichier dans ONDE et renvoyez-le sans l’ouvrir dans un tableur."


@dataclass(frozen=True, slots=True)
class Table:
    """`headers` as written, spaces cleaned; `rows` are (physical line of the row's start, cells as written).

    Cells are as many as headers; rows without any text are not there.
    """

    headers: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str
    separator: str


def read_table(path: Path, *, name: str) -> Table:
    """The table of a CSV file. Raises UnreadableSet."""
    if path.stat().st_size > LONGEST:
        raise UnreadableSet(
            SetCode.CSV_TOO_BIG,
            f"« {name} » dépasse {LONGEST >> 20} Mo : ce n’est pas l’extraction d’une école.",
            remedy=_SAVE_AGAIN,
            file=name,
        )
    text, encoding = _decode(path.read_bytes(), name)
    lines = _LINES.findall(text)
    skipped = 0
    separator = ""
    if lines and (said := re.fullmatch(r"sep=(.)\s*", lines[0], re.IGNORECASE)):
        separator, skipped = said[1], 1
    separator = separator or _separator(lines)
    rows = list(_rows(lines[skipped:], separator, skipped=skipped, name=name))
    if not rows:
        raise UnreadableSet(
            SetCode.NOT_CSV, f"« {name} » est vide.", remedy=_SAVE_AGAIN, file=name, line=1
        )  # fmt: skip
    header_line, headers = rows[0]
    width = len(headers)
    return Table(
        headers=tuple(clean(header) for header in headers),
        header_line=header_line,
        rows=tuple((line, tuple((cells + [""] * width)[:width])) for line, cells in rows[1:]),
        encoding=encoding,
        separator=separator,
    )


def _decode(data: bytes, name: str) -> tuple[str, str]:
    """UTF-8 with or without mark, UTF-16 with its mark (a spreadsheet's « texte Unicode »), else Windows-1252."""
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableSet(
            SetCode.NOT_CSV,
            f"« {name} » n’est pas un fichier CSV : c’est un PDF, un classeur ou une archive renommés.",
            remedy=_SAVE_AGAIN,
            file=name,
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            continue
        if "\0" not in text:
            return text, encoding
        line = text.count("\n", 0, text.index("\0")) + 1
    raise UnreadableSet(
        SetCode.ENCODING_LIES,
        f"« {name} », ligne {line} : des octets ne sont ni de l’UTF-8 ni du Windows-1252.",
        remedy=_SAVE_AGAIN,
        file=name,
        line=line,
    )


def _separator(lines: list[str]) -> str:
    """What parts the first line that holds any, outside quotes; `;` when nothing does."""
    for line in lines:
        bare = re.sub(r'"[^"]*"', "", line)
        counts = {mark: bare.count(mark) for mark in _SEPARATORS}
        best = max(counts, key=lambda mark: counts[mark])
        if counts[best]:
            return best
    return ";"


def _rows(lines: list[str], separator: str, *, skipped: int, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold text, with the physical line on which each begins (the mark line counted)."""
    reader = csv.reader(iter(lines), delimiter=separator, quotechar='"', doublequote=True, strict=True)
    while True:
        start = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _open_quote(name, start) from error
        if reader.line_num + skipped - start > _LINES_IN_A_CELL:
            raise _open_quote(name, start)
        if any(cell and not cell.isspace() for cell in cells):
            yield start, cells


def _open_quote(name: str, line: int) -> UnreadableSet:
    return UnreadableSet(
        SetCode.CSV_QUOTE,
        f"« {name} », ligne {line} : un guillemet est de trop ou n’est pas refermé, la suite du fichier est illisible.",
        remedy=_SAVE_AGAIN,
        file=name,
        line=line,
    )
