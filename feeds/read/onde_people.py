"""Rows of ONDE's CSV made people: pupils, teachers, and relatives with the children that they name."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from core.text import squash
from feeds.read.aaf_people import WORDS, digest
from feeds.read.codes import Code
from feeds.read.csv_text import Table
from feeds.read.onde_columns import Layout
from feeds.read.rows import Batch, Kind, Relation, anomaly
from feeds.read.values import (
    LONGEST,
    birth_date,
    clean,
    clean_lines,
    label_key,
    read_civility,
    read_flag,
    read_ine,
    read_level,
    read_phone,
    read_postal_code,
)

_NAME = LONGEST["last_name"]


@dataclass(slots=True)
class Person:
    """A row, or several of one person. `children` holds (last_name, use_name, first_name, class_label)."""

    line: int
    last_name: str
    birth_name: str
    first_name: str
    fields: dict[str, str]
    lines: list[int] = field(default_factory=list)
    born: str | None = None
    ine: str = ""
    ine_joins: bool = False
    level: str = ""
    photos: bool | None = None
    is_head: bool = False
    labels: list[str] = field(default_factory=list)
    children: list[tuple[str, str, str, str]] = field(default_factory=list)
    meaning: tuple[Any, ...] = ()

    @property
    def key(self) -> str:
        return f"row:{self.line}"

    @property
    def name(self) -> tuple[str, str, str]:
        return name_key(self.last_name), name_key(self.birth_name), name_key(self.first_name)


def name_key(text: str) -> str:
    """What makes two spellings one name: accents, case, spaces, hyphens and apostrophes do not count.

    A name in another script folds to nothing: it is then compared as it is, but for case.
    """
    return squash(text) or text.casefold()


class OndeRows:
    """Fills `batch` file after file, pupils first."""

    def __init__(self, *, school_key: str, latest_birth: str) -> None:
        self.school_key = school_key
        self.latest_birth = latest_birth
        self.batch = Batch()
        self._labels: dict[str, str] = {}
        self._levels: set[str] = set()
        self._file = ""
        self._number = 0
        self._kind = Kind.PUPIL

    def read(self, name: str, number: int, kind: Kind, table: Table, layout: Layout) -> None:
        """One file's rows."""
        self._file, self._number, self._kind = name, number, kind
        people: list[Person] = []
        for line, cells in table.rows:
            self.batch.records += 1
            person = self._person(line, cells, layout)
            if person is not None:
                people.append(person)
        if kind is Kind.PUPIL:
            people = self._without_doubles(people)
        else:
            people = _merged(people, same=_same_relative if kind is Kind.RELATIVE else _same_teacher)
        for person in people:
            self._emit(person)

    def _person(self, line: int, cells: tuple[str, ...], layout: Layout) -> Person | None:
        fields = {name: cells[at] for name, at in layout.fields.items()}
        family, use, first = (self._text(fields, name) for name in ("family_name", "use_name", "first_name"))
        person = Person(line, use or family, family, first, fields, lines=[line])
        if not _is_name(person.last_name) or not _is_name(first):
            self._say(Code.NAME_MISSING, person, missing="prénom" if _is_name(person.last_name) else "nom")
            self._left_out(person)
            return None
        if max(map(len, (person.last_name, family, first))) > _NAME:
            value = max((person.last_name, family, first), key=len)
            self._say(
                Code.ESSENTIAL_TOO_LONG, person, field="nom ou prénom", length=len(value), value=value[:40]
            )
            self._left_out(person)
            return None
        if self._kind is Kind.PUPIL and not self._pupil(person):
            return None
        if "class_label" in fields and (label := self._label(clean(fields["class_label"]), person)):
            person.labels.append(label)
        person.is_head = read_flag(self._text(fields, "is_head")) is True
        person.children = self._children(person, cells, layout)
        return person

    def _pupil(self, person: Person) -> bool:
        """Fills what only pupils have; False when the row is left out."""
        text = self._text(person.fields, "birth_date")
        ine = self._text(person.fields, "ine")
        person.ine, person.ine_joins, fault = read_ine(ine)
        person.born, wrong = birth_date(text, latest=self.latest_birth)
        if wrong is not None:
            self._say(wrong, person, value=text)
            self._left_out(person)
            return False
        if fault is not None:
            self._say(fault, person, value=ine)
        level = self._text(person.fields, "level")
        person.level = read_level(level) or ""
        if level and not person.level and level not in self._levels:
            self._levels.add(level)
            self._say(Code.LEVEL_UNKNOWN, person, subject=level, value=level)
        person.photos = read_flag(self._text(person.fields, "photos"))
        return True

    def _children(
        self, person: Person, cells: tuple[str, ...], layout: Layout
    ) -> list[tuple[str, str, str, str]]:
        children: list[tuple[str, str, str, str]] = []
        for block in layout.children:
            last, use, first, label = (
                clean(cells[block[name]]) if name in block else ""
                for name in ("last_name", "use_name", "first_name", "class_label")
            )
            if not (last or use or first):
                continue
            if not first or not (last or use):
                self._say(Code.CHILD_INCOMPLETE, person, value=f"{last or use} {first}".strip())
                continue
            children.append((last, use, first, label))
        return children

    def _label(self, label: str, person: Person) -> str:
        """One class has one label: the way it is first written."""
        if len(label) > LONGEST["label"]:
            self._say(Code.VALUE_TOO_LONG, person, field="classe", length=len(label), value=label[:40])
            return ""
        return self._labels.setdefault(label_key(label), label) if label else ""

    def _without_doubles(self, people: list[Person]) -> list[Person]:
        """Rows of one name and birth: the same row again counts once, rows that differ are all left out.

        Two INEs tell two children apart, whatever their names.
        """
        alike: dict[tuple[str, str, str | None], list[Person]] = defaultdict(list)
        for person in people:
            last, _, first = person.name
            alike[last, first, person.born].append(person)
        kept: list[Person] = []
        for person in people:
            last, _, first = person.name
            group = [
                other
                for other in alike[last, first, person.born]
                if other is person or not (other.ine and person.ine and other.ine != person.ine)
            ]
            if len(group) == 1:
                kept.append(person)
                continue
            lines = ", ".join(str(other.line) for other in group)
            if len({self._digest(other) for other in group}) > 1:
                self._say(Code.ROW_TWICE, person, lines=lines)
                self._left_out(person)
            elif group[0] is person:
                self._say(Code.ROW_REPEATED, person, lines=lines)
                kept.append(person)
        return kept

    def _emit(self, person: Person) -> None:
        rows, kind = self.batch.rows, self._kind.value
        rows[Relation.PERSON].append(
            (person.line, self._number, kind, person.key, *self._meaning(person), self._digest(person))
        )
        if self._kind is not Kind.RELATIVE:
            rows[Relation.PLACE].append(
                (kind, person.key, self.school_key, "", "", person.is_head, None, None)
            )
        rows[Relation.CLASSVALUE].extend(
            (person.line, self._number, kind, person.key, self.school_key, None, None, "", label)
            for label in dict.fromkeys(person.labels)
        )
        rows[Relation.CHILD].extend(
            (person.line, self._number, person.key, rank, *child)
            for rank, child in enumerate(dict.fromkeys(person.children), start=1)
        )

    def _digest(self, person: Person) -> bytes:
        """Over all that the row means; not its key, which is a line's."""
        return digest(
            self._kind.value, *self._meaning(person), person.is_head, person.labels, person.children
        )

    def _meaning(self, person: Person) -> tuple[Any, ...]:
        """The columns of PERSON from `ine` to `photo_consent`, worked out once a person."""
        if person.meaning:
            return person.meaning
        said = person.fields
        country = self._fit(person, "country", "pays", self._text(said, "country"))
        others = (self._text(said, name) for name in ("second_name", "third_name"))
        address = said.get("address", "").replace("\r\n", "\n").replace("\r", "\n")
        code = read_postal_code(self._text(said, "postal_code"), country)
        person.meaning = (
            person.ine,
            person.ine_joins,
            person.born,
            person.last_name,
            person.birth_name,
            person.first_name,
            ", ".join(name for name in others if name)[: LONGEST["other_first_names"]],
            read_civility(self._text(said, "civility")),
            self._fit(person, "email", "courriel", self._text(said, "email")),
            *(
                self._fit(person, "phone", "téléphone", read_phone(self._text(said, name)))
                for name in ("home_phone", "work_phone", "mobile_phone")
            ),
            self._fit(person, "address", "adresse", clean_lines(address)),
            self._fit(person, "postal_code", "code postal", code),
            self._fit(person, "city", "commune", self._text(said, "city")),
            country,
            person.level,
            True if self._kind is Kind.STAFF else None,
            person.photos,
        )
        return person.meaning

    def _left_out(self, person: Person) -> None:
        schools = [] if self._kind is Kind.RELATIVE else [self.school_key]
        self.batch.rows[Relation.BADKEY].append(
            (
                person.line,
                self._number,
                self._kind.value,
                person.key,
                schools,
                [],
                person.ine,
                person.last_name[:_NAME],
                person.birth_name[:_NAME],
                person.first_name[:_NAME],
            )
        )

    def _text(self, fields: dict[str, str], name: str) -> str:
        return clean(fields.get(name))

    def _fit(self, person: Person, limit: str, word: str, value: str) -> str:
        """The value, or '' with an anomaly when the directory could not keep it."""
        if len(value) <= LONGEST[limit]:
            return value
        self._say(Code.VALUE_TOO_LONG, person, field=word, length=len(value), value=value[:40])
        return ""

    def _say(self, code: Code, person: Person, *, subject: str = "", **values: object) -> None:
        name = " ".join(part for part in (person.last_name, person.first_name) if part)
        self.batch.anomalies.append(
            anomaly(
                code,
                self._file,
                person.line,
                kind=self._kind.value,
                key=person.key,
                subject=subject,
                who=f"{WORDS[self._kind]} {name or 'sans nom'}",
                **values,
            )
        )


def _is_name(text: str) -> bool:
    return any(c.isalpha() for c in text)


def _same_relative(one: Person, other: Person) -> bool:
    """The same names, and a child in common, or the same mail or, where no two mails differ, the same address."""
    if _children_of(one) & _children_of(other):
        return True
    mail, other_mail = (clean(p.fields.get("email")).casefold() for p in (one, other))
    if mail and other_mail:
        return mail == other_mail
    address, other_address = (squash(p.fields.get("address", "")) for p in (one, other))
    return bool(address) and address == other_address


def _children_of(person: Person) -> set[tuple[str, str, str]]:
    return {
        (name_key(name), name_key(first), label_key(label))
        for last, use, first, label in person.children
        for name in (last, use)
        if name
    }


def _same_teacher(one: Person, other: Person) -> bool:
    """The same names, unless two mails differ: a teacher of two classes has two rows."""
    mail, other_mail = (clean(p.fields.get("email")).casefold() for p in (one, other))
    return not mail or not other_mail or mail == other_mail


def _merged(people: list[Person], *, same: Any) -> list[Person]:
    """People of one name whom `same` finds to be one: the first row's values, filled in by the next."""
    kept: dict[tuple[str, str, str], list[Person]] = defaultdict(list)
    for person in people:
        twin = next((other for other in kept[person.name] if same(other, person)), None)
        if twin is None:
            kept[person.name].append(person)
            continue
        twin.lines.append(person.line)
        for name, value in person.fields.items():
            if not twin.fields.get(name, "").strip():
                twin.fields[name] = value
        twin.children.extend(person.children)
        twin.labels.extend(person.labels)
        twin.is_head = twin.is_head or person.is_head
    return sorted((person for group in kept.values() for person in group), key=lambda person: person.line)
