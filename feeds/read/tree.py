"""AAF records read from a parsed tree, for files that `feeds.read.plain` leaves: slower, and at home everywhere."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from feeds.read import plain
from feeds.read.envelope import record_line, records, unexpected


def tree_records(path: Path, *, name: str, skip: int) -> Iterator["TreeRecord"]:
    """Each record after the first `skip`; `name` is the file's, for what is said of it. Raises UnreadableSet."""
    return (TreeRecord(element, name) for element in islice(records(path, name=name), skip, None))


class TreeRecord:
    """An `addRequest` element as `plain.PlainRecord` shows it; `name` is its file's. Raises UnreadableSet."""

    def __init__(self, element: Any, name: str) -> None:
        self._element, self._name = element, name
        self.line = record_line(element)
        self.category = _category(element, name)

    @property
    def identifier(self) -> str:
        return (self._element.findtext("identifier/id") or "").strip()

    def values(self, table: dict[str, str], unknown: dict[str, int]) -> dict[str, Any]:
        return _values(self._element, table, unknown, self._name)


def _category(element: Any, name: str) -> str:
    """What the record says it is; '' when it says nothing. Raises UnreadableSet when it nests."""
    try:
        value = element[0][0][0]
    except IndexError:
        return ""
    if len(value):
        raise unexpected(name, value[0])
    return (value.text or "").strip() if value.tag == "value" else ""


def _values(element: Any, table: dict[str, str], unknown: dict[str, int], name: str) -> dict[str, Any]:
    """Our fields' raw texts: one, or a list where the table says many (holes kept, they have a place)."""
    values: dict[str, Any] = {}
    if not len(element) or element[-1].tag != "attributes":
        return values
    for attr in element[-1]:
        said = attr.get("name", "")
        field = table.get(said)
        if not field:
            if field is None and not plain.is_date_twin(said, table):
                unknown.setdefault(said, record_line(attr))
                _refuse_nesting(attr, name)
            continue
        if field[-1] == "*":
            values.setdefault(field[:-1], []).extend(_texts(attr, name))
        elif len(attr):
            value = attr[0] if len(attr) == 1 else _first_told(attr)
            if len(value):
                raise unexpected(name, value[0])
            text = value.text
            if text and field not in values and not text.isspace():
                values[field] = text
    return values


def _texts(attr: Any, name: str) -> list[str]:
    """All its values' texts. Raises UnreadableSet when one holds more than text."""
    texts = []
    for value in attr:
        if len(value):
            raise unexpected(name, value[0])
        texts.append(value.text or "")
    return texts


def _first_told(attr: Any) -> Any:
    """The first value with a text, of an attribute that should have but one."""
    return next((value for value in attr if value.text and not value.text.isspace()), attr[0])


def _refuse_nesting(attr: Any, name: str) -> None:
    """A value holds text alone. Raises UnreadableSet."""
    for value in attr:
        if len(value):
            raise unexpected(name, value[0])
