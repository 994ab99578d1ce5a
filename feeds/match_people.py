"""The two sides of a match: rows of a CSV and the school's known people, compared by their names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feeds.read.onde_people import name_key
from feeds.read.rows import BADKEY_COLUMNS, CLASSVALUE_COLUMNS, PERSON_COLUMNS, Batch, Kind, Relation
from feeds.read.values import label_key


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the school, as the directory knows them. `children` are pupils' ids (relatives only).

    `birth_date` is ISO; `ine` is '' unless it may join. `also` are the last name, birth name, first name
    and mail of each account that theirs has absorbed: its rows mean them.
    """

    id: int
    kind: str
    last_name: str
    birth_name: str
    first_name: str
    ine: str = ""
    birth_date: str | None = None
    email: str = ""
    classes: tuple[str, ...] = ()
    children: tuple[int, ...] = ()
    also: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.last_name} {self.first_name}"

    @property
    def named(self) -> tuple[tuple[str, str, str], ...]:
        """Last name, birth name and first name, as each of their accounts has them."""
        return (self.last_name, self.birth_name, self.first_name), *(each[:3] for each in self.also)

    @property
    def emails(self) -> set[str]:
        return {mail.casefold() for mail in (self.email, *(each[3] for each in self.also)) if mail}

    @property
    def labels(self) -> set[str]:
        return {label_key(label) for label in self.classes}


@dataclass(frozen=True, slots=True)
class FilePerson:
    """A row of the CSV: a PERSON, or a BADKEY (then without birth date, mail and classes)."""

    line: int
    file: int
    kind: str
    key: str
    last_name: str
    birth_name: str
    first_name: str
    ine: str = ""
    ine_joins: bool = False
    birth_date: str | None = None
    email: str = ""
    classes: tuple[str, ...] = ()

    @classmethod
    def of(cls, batch: Batch) -> dict[Kind, list["FilePerson"]]:
        """The batch's PERSON rows, by kind."""
        classes: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in batch.rows[Relation.CLASSVALUE]:
            value = dict(zip(CLASSVALUE_COLUMNS, row, strict=True))
            classes[value["kind"], value["key"]].append(value["label"])
        people: dict[Kind, list[FilePerson]] = {kind: [] for kind in Kind}
        for row in batch.rows[Relation.PERSON]:
            said = dict(zip(PERSON_COLUMNS, row, strict=True))
            wanted = {name: said[name] for name in cls.__slots__ if name in said}
            person = cls(**wanted, classes=tuple(classes[said["kind"], said["key"]]))
            people[Kind(person.kind)].append(person)
        return people

    @property
    def name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def named(self) -> tuple[tuple[str, str, str], ...]:
        return ((self.last_name, self.birth_name, self.first_name),)

    @property
    def labels(self) -> set[str]:
        return {label_key(label) for label in self.classes}


def unreadable_rows(batch: Batch) -> list[FilePerson]:
    """The batch's BADKEY rows."""
    found: list[FilePerson] = []
    for row in batch.rows[Relation.BADKEY]:
        said = dict(zip(BADKEY_COLUMNS, row, strict=True))
        found.append(FilePerson(**{name: said[name] for name in FilePerson.__slots__ if name in said}))
    return found


def full_names(last_name: str, birth_name: str, first_name: str) -> set[tuple[str, str]]:
    """The names that a person goes by: of use or of birth, each with the first name."""
    first = name_key(first_name)
    return {(name_key(last), first) for last in (last_name, birth_name) if last}


class Names[Person: (Known, FilePerson)]:
    """People by the names that they go by."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people: list[Person] = list(people)
        self._by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for person in self.people:
            for name in {name for each in person.named for name in full_names(*each)}:
                self._by_name[name].append(person)

    def called(self, names: set[tuple[str, str]]) -> list[Person]:
        """People with a name in common with these, each once."""
        found: list[Person] = []
        for name in sorted(names):
            found.extend(person for person in self._by_name.get(name, ()) if person not in found)
        return found

    def fitting(self, row: FilePerson) -> list[Person]:
        """People whom the row's names fit, whichever of use or birth they give."""
        return self.called(full_names(row.last_name, row.birth_name, row.first_name))

    def maybe(self, row: FilePerson) -> Iterator[Person]:
        """People whom a row that could not be read may mean: same INE, or nothing that it says of names differs."""
        lasts = {name_key(last) for last in (row.last_name, row.birth_name) if last}
        first = name_key(row.first_name)
        for person in self.people:
            if row.ine and row.ine == person.ine:
                yield person
            elif lasts or first:
                for last_name, birth_name, first_name in person.named:
                    theirs = {name_key(last) for last in (last_name, birth_name) if last}
                    if (not lasts or lasts & theirs) and (not first or first == name_key(first_name)):
                        yield person
                        break
