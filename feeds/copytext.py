"""Rows in COPY's text format, whole batches at a time: `write_row` costs twice as much."""

from collections.abc import Iterable
from typing import Any

from feeds.read.rows import COLUMNS, Batch, Relation

#: CHILD rows are matched in Python and never staged.
STAGED = tuple(relation for relation in COLUMNS if relation is not Relation.CHILD)
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_CONSTANTS = {None: "\\N", True: "t", False: "f"}


def encode(batch: Batch) -> dict[Relation, bytes]:
    """A batch's rows by relation, as COPY reads them in UTF-8; relations without a row are left out."""
    return {
        relation: "".join(map(_line, rows)).encode() for relation in STAGED if (rows := batch.rows[relation])
    }


def _line(row: tuple[Any, ...]) -> str:
    return "\t".join(map(_value, row)) + "\n"


def _value(value: Any) -> str:
    if value.__class__ is str:
        return value.translate(ESCAPES) if "\\" in value or not value.isprintable() else value
    if value is None or value is True or value is False:
        return _CONSTANTS[value]
    if value.__class__ is bytes:
        return f"\\\\x{value.hex()}"
    if isinstance(value, (list, tuple)):
        return _array(value)
    return str(value)


def _array(values: Iterable[Any]) -> str:
    quoted = ('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values)
    return "{" + ",".join(quoted).translate(ESCAPES) + "}"
