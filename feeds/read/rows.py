"""What every reader emits: per relation, plain tuples in a fixed order of columns, ready for COPY.

A reader yields `Batch`es, so that memory does not grow with the file. Dates are ISO strings, texts
are NFC without spaces around, an absent text is '' and an absent date, number or flag is None.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from feeds.read.codes import LEAVES_OUT, ONCE_PER_SET, REFUSES, Code
from feeds.read.sentences import SENTENCES


class Kind(StrEnum):
    """Whose key: a joining key belongs to its kind."""

    PUPIL = "P"
    RELATIVE = "R"
    STAFF = "S"
    SCHOOL = "E"


class Relation(StrEnum):
    """The relations that readers emit."""

    SCHOOL = "school"
    PERSON = "person"
    PLACE = "place"
    CLASSVALUE = "classvalue"
    TIE = "tie"
    CHILD = "child"
    BADKEY = "badkey"


SCHOOL_COLUMNS = (
    "line", "file", "joining_key", "uai", "siren", "name", "kind", "type_label", "private", "address",
    "postal_code", "city", "phone", "email", "district_key", "academy_name", "academy_code",
)  # fmt: skip
#: `digest`: 16 bytes of blake2b over all that the record means: itself, its places, classes and ties.
PERSON_COLUMNS = (
    "line", "file", "kind", "key", "ine", "ine_joins", "birth_date", "last_name", "birth_name", "first_name",
    "other_first_names", "civility", "email", "home_phone", "work_phone", "mobile_phone", "address",
    "postal_code", "city", "country", "level", "is_teacher", "photo_consent", "digest",
)  # fmt: skip
#: One row per person and school, whatever said it: attachment, function, headship.
PLACE_COLUMNS = (
    "kind", "key", "school_key", "function_code", "function_label", "is_head", "entered_on", "left_on",
)  # fmt: skip
#: `class_key` is '' in the CSV, where the label is the class.
CLASSVALUE_COLUMNS = (
    "line",
    "file",
    "kind",
    "key",
    "school_key",
    "starts_on",
    "ends_on",
    "class_key",
    "label",
)
#: `rank` starts at 1, in the order of the pupil's record; never twice the same relative of one pupil.
TIE_COLUMNS = ("line", "file", "key", "relative_key", "rank", "tie_kind", "legal", "contact", "payer")
#: A child as a relative's row of the CSV names it; `feeds.match` finds the pupil.
CHILD_COLUMNS = ("line", "file", "key", "rank", "last_name", "use_name", "first_name", "class_label")
#: A record left out: whom it is about has not left, and what it states counts as present. `key` is
#: `row:<line>` in the CSV, whose names are for `feeds.match`.
BADKEY_COLUMNS = (
    "line", "file", "kind", "key", "school_keys", "relative_keys", "ine", "last_name", "birth_name", "first_name",
)  # fmt: skip

COLUMNS: dict[Relation, tuple[str, ...]] = {
    Relation.SCHOOL: SCHOOL_COLUMNS,
    Relation.PERSON: PERSON_COLUMNS,
    Relation.PLACE: PLACE_COLUMNS,
    Relation.CLASSVALUE: CLASSVALUE_COLUMNS,
    Relation.TIE: TIE_COLUMNS,
    Relation.CHILD: CHILD_COLUMNS,
    Relation.BADKEY: BADKEY_COLUMNS,
}

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """What was found wrong, where, and what to do about it; `message` is French.

    `line` is the physical line (1 is the first; 0 when the whole file is meant). `subject` is what an
    anomaly told once a set is about. `refuses`: a set with such an anomaly should not be applied.
    """

    code: Code
    file: str
    line: int
    message: str
    kind: str = ""
    key: str = ""
    refuses: bool = False
    subject: str = ""

    @property
    def leaves_out(self) -> bool:
        """Was the record left out of the rows?"""
        return self.code in LEAVES_OUT


@dataclass(slots=True)
class Batch:
    """Some records' rows; `records` counts those read, left out ones included."""

    rows: dict[Relation, list[Row]] = field(default_factory=lambda: {relation: [] for relation in Relation})
    anomalies: list[Anomaly] = field(default_factory=list)
    records: int = 0


def anomaly(
    code: Code, file: str, line: int, *, kind: str = "", key: str = "", subject: str = "", **values: object
) -> Anomaly:
    """An anomaly with its sentence filled in from `values`; quoted values are cut at 80 characters.

    `tool`, among them, is the application where records are put right: ONDE where it is not said.
    """
    shown = {"tool": "ONDE"} | {
        name: value[:80] if isinstance(value, str) else value for name, value in values.items()
    }
    message = SENTENCES[code].format(**shown)
    return Anomaly(code, file, line, message, kind, key, code in REFUSES, subject)


def told_once(anomalies: Iterable[Anomaly]) -> Iterator[Anomaly]:
    """Leaves one of those that are told once a set: each file's reader knows only its own."""
    seen: set[tuple[Code, str]] = set()
    for item in anomalies:
        if item.code in ONCE_PER_SET:
            mark = (item.code, item.subject)
            if mark in seen:
                continue
            seen.add(mark)
        yield item
