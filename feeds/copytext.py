"""Rows in COPY's text format, whole batches at a time: `write_row` costs twice as much."""

from collections.abc import Callable, Iterable
from types import NoneType
from typing import Any

from feeds.read.rows import COLUMNS, Batch, Relation, Row

#: CHILD rows are matched in Python and never staged.
STAGED = tuple(relation for relation in COLUMNS if relation is not Relation.CHILD)
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"


def encode(batch: Batch) -> dict[Relation, bytes]:
    """A batch's rows by relation, as COPY reads them in UTF-8; relations without a row are left out."""
    return {
        relation: "".join(map(_line, rows)).encode() for relation in STAGED if (rows := batch.rows[relation])
    }


def _line(row: Row) -> str:
    """Built bare; what needs escaping, which little does, shows in the counts of what COPY gives a meaning."""
    line = "\t".join([cell if cell.__class__ is str else _WRITTEN[cell.__class__](cell) for cell in row])
    marks = row.count(None) + (2 if row[-1].__class__ is bytes else 0)
    if "\n" in line or "\r" in line or line.count("\\") != marks or line.count("\t") != len(row) - 1:
        line = "\t".join(map(_escaped, row))
    return line + "\n"


def _escaped(value: Any) -> str:
    return value.translate(ESCAPES) if isinstance(value, str) else _WRITTEN[value.__class__](value)


def _bytes(value: bytes) -> str:
    return f"\\\\x{value.hex()}"


def _array(values: Iterable[Any]) -> str:
    quoted = ('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values)
    return "{" + ",".join(quoted).translate(ESCAPES) + "}"


class _Writers(dict[type, Callable[[Any], str]]):
    """How a value of each class is written, but for texts; any other as `str` says it."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        return str


_WRITTEN = _Writers()
_WRITTEN[NoneType] = lambda _: NULL
_WRITTEN[bool] = {True: "t", False: "f"}.__getitem__
_WRITTEN[int] = int.__repr__
_WRITTEN[bytes] = _bytes
_WRITTEN[list] = _WRITTEN[tuple] = _array
