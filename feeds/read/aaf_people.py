"""AAF records of people, made rows: who they are, where they belong, their classes, their ties.

A record without a key, a name or (pupils) a usable birth date is left out and named; its key and what
it states are still told, as a BADKEY row, since whom it is about has not left.
"""

import marshal
from hashlib import blake2b
from typing import Any

from feeds.read.codes import Code
from feeds.read.dialect import Dialect
from feeds.read.rows import Batch, Kind, Relation, Row, anomaly
from feeds.read.values import (
    LONGEST,
    birth_date,
    clean,
    clean_lines,
    read_civility,
    read_date,
    read_flag,
    read_ine,
    read_phone,
    read_postal_code,
)

WORDS = {Kind.PUPIL: "Élève", Kind.RELATIVE: "Responsable", Kind.STAFF: "Personnel"}
_KEY = LONGEST["key"]
_NAME = LONGEST["last_name"]
_LABEL = LONGEST["label"]


def digest(*parts: Any) -> bytes:
    """16 bytes over plain values and tuples of them: equal when, and only when, they mean the same."""
    # Version 2 writes values alone, whatever objects they are; it takes an eighth of the time of texts.
    return blake2b(marshal.dumps(parts, 2), digest_size=16).digest()


class PeopleRecords:
    """Fills `batch` from one file's records; `number` is the file's in its set."""

    def __init__(self, dialect: Dialect, kind: Kind, file: str, number: int, *, latest_birth: str) -> None:
        self.dialect = dialect
        self.kind = kind
        self.file = file
        self.number = number
        self.latest_birth = latest_birth
        self.batch = Batch()
        self._levels: set[str] = set()
        self._groups = False
        # The record being read.
        self._line = 0
        self._key = ""
        self._names = ("", "")

    def read(self, line: int, values: dict[str, Any]) -> None:
        """One record's raw values (`feeds.read.aaf`): its rows, or why it has none."""
        key = clean(values.get("key"))
        last = clean(values.get("last_name"))
        born_as = clean(values.get("birth_name"))
        first = clean(values.get("first_name"))
        last = last or born_as
        self._line, self._key, self._names = line, key, (last, first)
        if not key:
            self._say(Code.KEY_MISSING)
            return
        places = self._places(values)
        ties = self._ties(values.get("ties", ())) if self.kind is Kind.PUPIL else ()
        born, fault = birth_date(clean(values.get("birth_date")), latest=self.latest_birth)
        code, said = self._why_not(key, last, born_as, first, values, fault)
        if code is not None:
            self._say(code, **said)
            self._left_out(values, places, ties, last, born_as, first)
            return
        if fault is not None and fault is not Code.BIRTH_DATE_MISSING:
            self._say(Code.BIRTH_DATE_IGNORED, value=clean(values.get("birth_date")))
        self._emit(values, places, ties, (born, last, born_as, first))

    def _why_not(
        self, key: str, last: str, born_as: str, first: str, values: dict[str, Any], fault: Code | None
    ) -> tuple[Code | None, dict[str, Any]]:
        """Why the record is left out, with what its sentence needs; None when it comes in."""
        if not _is_name(last) or not _is_name(first):
            return Code.NAME_MISSING, {"missing": "prénom" if _is_name(last) else "nom"}
        if len(key) > _KEY or len(last) > _NAME or len(first) > _NAME or len(born_as) > _NAME:
            field, value = next(
                (field, value)
                for field, value, most in (
                    ("clé", key, _KEY),
                    ("nom", last, _NAME),
                    ("prénom", first, _NAME),
                    ("nom de naissance", born_as, _NAME),
                )
                if len(value) > most
            )
            return Code.ESSENTIAL_TOO_LONG, {"field": field, "length": len(value), "value": value[:40]}
        if fault is not None and self.kind is Kind.PUPIL:
            return fault, {"value": clean(values.get("birth_date"))}
        return None, {}

    def _left_out(
        self,
        values: dict[str, Any],
        places: tuple[Row, ...],
        ties: tuple[Row, ...],
        last: str,
        born_as: str,
        first: str,
    ) -> None:
        """The BADKEY row of a record that is left out."""
        self.batch.rows[Relation.BADKEY].append(
            (
                self._line,
                self.number,
                self.kind.value,
                self._key[:_KEY],
                [place[0] for place in places],
                [tie[0] for tie in ties],
                read_ine(clean(values.get("ine")))[0],
                last[:_NAME],
                born_as[:_NAME],
                first[:_NAME],
            )
        )

    def _emit(
        self,
        values: dict[str, Any],
        places: tuple[Row, ...],
        ties: tuple[Row, ...],
        names: tuple[str | None, str, str, str],
    ) -> None:
        born, last, born_as, first = names
        kind, key, line, rows = self.kind.value, self._key, self._line, self.batch.rows
        classes: tuple[Row, ...] = ()
        ine, joins, level, is_teacher = "", False, "", None
        if self.kind is Kind.PUPIL:
            classes = self._classes(values.get("classes", ()))
            ine, joins = self._ine(clean(values.get("ine")))
            level = self._level(clean(values.get("level")) or clean(values.get("mef")))
            if not self._groups and any(values.get("groups", ())):
                self._groups = True
                self._say(Code.GROUPS_UNUSED, subject="groups", value=self.dialect.groups)
        elif self.kind is Kind.STAFF:
            is_teacher = _teaches(values)
        country = self._fit("country", "pays", clean(values.get("country")))
        meaning = (
            kind,
            key,
            ine,
            joins,
            born,
            last,
            born_as,
            first,
            self._fit("other_first_names", "autres prénoms", self._others(values)),
            read_civility(clean(values.get("civility"))),
            self._fit("email", "courriel", clean(values.get("email"))),
            self._phone(values, "home_phone"),
            self._phone(values, "work_phone"),
            self._phone(values, "mobile_phone"),
            self._fit("address", "adresse", clean_lines(values.get("address"), mark="$")),
            self._fit(
                "postal_code", "code postal", read_postal_code(clean(values.get("postal_code")), country)
            ),
            self._fit("city", "commune", clean(values.get("city"))),
            country,
            level,
            is_teacher,
            None,
        )
        rows[Relation.PERSON].append((line, self.number, *meaning, digest(*meaning, places, classes, ties)))
        rows[Relation.PLACE].extend((kind, key, *place) for place in places)
        rows[Relation.CLASSVALUE].extend((line, self.number, kind, key, *value) for value in classes)
        rows[Relation.TIE].extend((line, self.number, key, *tie) for tie in ties)

    # What a record says of places, classes and ties.

    def _places(self, values: dict[str, Any]) -> tuple[Row, ...]:
        """(school_key, function_code, function_label, is_head, entered_on, left_on) per school, in order."""
        if self.kind is Kind.RELATIVE:
            return ()
        stated = [clean(school) for school in values.get("schools", ())]
        if self.kind is Kind.PUPIL:
            return self._pupil_places(stated, values)
        functions: dict[str, tuple[str, str]] = {}
        for value in values.get("functions", ()):
            if not value:
                continue
            parts = [clean(part) for part in value.split("$")]
            if len(parts) < 2 or not parts[0] or not parts[1]:
                self._say(Code.FUNCTION_UNREADABLE, value=clean(value))
                continue
            code, label = parts[1][:20], (parts[2] if len(parts) > 2 else "")[:_LABEL]
            if parts[0] not in functions or (code == "DIR" and functions[parts[0]][0] != "DIR"):
                functions[parts[0]] = (code, label)
        headed = {clean(school) for school in values.get("headed", ())}
        if self.dialect.heads_by_function:
            headed |= {school for school, (code, _) in functions.items() if code == "DIR"}
        schools = dict.fromkeys([*stated, *functions, *sorted(headed)])
        return tuple(
            (school, *functions.get(school, ("", "")), school in headed, None, None)
            for school in schools
            if school and len(school) <= _KEY
        )

    def _pupil_places(self, stated: list[str], values: dict[str, Any]) -> tuple[Row, ...]:
        schools = list(dict.fromkeys(school for school in stated if school and len(school) <= _KEY))
        entered = self._dates_by_school(stated, schools, values.get("entered", ()), exits=False)
        left = self._dates_by_school(stated, schools, values.get("left", ()), exits=True)
        return tuple((school, "", "", False, entered.get(school), left.get(school)) for school in schools)

    def _dates_by_school(
        self, stated: list[str], schools: list[str], said: list[str], *, exits: bool
    ) -> dict[str, str | None]:
        """One date and one school: that school's. Several of each: by position. Else nobody's."""
        texts = [clean(text) for text in said]
        given = [text for text in texts if text]
        if not given:
            return {}
        if len(schools) == 1 and len(given) == 1:
            return {schools[0]: self._day(given[0])}
        if len(texts) == len(stated):
            return {
                school: self._day(text) for school, text in zip(stated, texts, strict=True) if school and text
            }
        if exits:
            self._say(Code.EXIT_DATE_UNPLACED, dates=len(given), schools=len(schools))
        return {}

    def _day(self, text: str) -> str | None:
        try:
            return read_date(text)
        except ValueError:
            self._say(Code.EXIT_DATE_UNREADABLE, value=text)
            return None

    def _classes(self, said: list[str]) -> tuple[Row, ...]:
        """(school_key, starts_on, ends_on, class_key, label) per class value that can be used."""
        found: list[Row] = []
        for value in said:
            if not value or value.isspace():
                continue
            read = self.dialect.class_value(value)
            if isinstance(read, int):
                self._say(Code.CLASS_PARTS, value=clean(value), count=read, expected=self.dialect.class_parts)
            elif read is None:
                self._say(Code.CLASS_DATES, value=clean(value))
            else:
                found.append(read)
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    def _ties(self, said: list[str]) -> tuple[Row, ...]:
        """(relative_key, rank, tie_kind, legal, contact, payer), each relative once, in the record's order."""
        found: dict[str, Row] = {}
        for value in said:
            if not value or value.isspace():
                continue
            key, kind, legal, contact, payer = self.dialect.tie(value)
            if not key or len(key) > _KEY:
                self._say(Code.TIE_UNREADABLE, value=clean(value))
                continue
            if key in found:
                continue
            found[key] = (key, len(found) + 1, kind, legal, contact, payer)
        return tuple(found.values())

    # Single values.

    def _ine(self, text: str) -> tuple[str, bool]:
        ine, joins, fault = read_ine(text)
        if fault is not None:
            self._say(fault, value=text)
        return ine, joins

    def _level(self, text: str) -> str:
        level = self.dialect.level(text)
        if level is None:
            if text not in self._levels and len(self._levels) < 50:
                self._levels.add(text)
                self._say(Code.LEVEL_UNKNOWN, subject=text, value=text)
            return ""
        return level

    def _others(self, values: dict[str, Any]) -> str:
        return ", ".join(name for name in map(clean, values.get("other_first_names", ())) if name)

    def _phone(self, values: dict[str, Any], field: str) -> str:
        text = values.get(field)
        return self._fit("phone", "téléphone", read_phone(clean(text))) if text else ""

    def _fit(self, limit: str, word: str, value: str) -> str:
        """The value, or '' with an anomaly when the directory could not keep it."""
        if len(value) <= LONGEST[limit]:
            return value
        self._say(Code.VALUE_TOO_LONG, field=word, length=len(value), value=value[:40])
        return ""

    def _who(self) -> str:
        """Whom the record is about, as an anomaly names them."""
        names = " ".join(part for part in self._names if part) or "sans nom"
        return f"{WORDS[self.kind]} {names}" + (f" (clé {self._key})" if self._key else "")

    def _say(self, code: Code, *, subject: str = "", **values: Any) -> None:
        self.batch.anomalies.append(
            anomaly(
                code,
                self.file,
                self._line,
                kind=self.kind.value,
                key=self._key[:_KEY],
                subject=subject,
                who=self._who(),
                tool=self.dialect.tool,
                **values,
            )
        )


def _is_name(text: str) -> bool:
    return text.isalpha() or any(c.isalpha() for c in text)


def _teaches(values: dict[str, Any]) -> bool:
    """As stated, else by a function that contains ENS or DOC."""
    stated = read_flag(clean(values.get("is_teacher")))
    if stated is not None:
        return stated
    codes = (part for value in values.get("functions", ()) for part in value.upper().split("$")[1:4:2])
    return any(mark in code for code in codes for mark in ("ENS", "DOC"))
