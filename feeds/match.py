"""Who the rows of an ONDE CSV are, within the school: pure, exact, and silent where it would have to guess.

A pupil is known by INE (the birth dates agreeing), else by names and birth date; a relative by names
and a child in common, else by names and mail; a teacher by names, and mail where several bear them.
One row must fit one person and one person one row; all else is named, for a human.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from feeds.match_children import Tie, resolve_children
from feeds.match_people import FilePerson, Known, Names, unreadable_rows
from feeds.read.aaf_people import WORDS
from feeds.read.codes import Code
from feeds.read.rows import Anomaly, Batch, Kind, anomaly
from feeds.read.values import read_ine

Ref = tuple[str, str]


@dataclass(slots=True)
class Matched:
    """Who is who. Rows are told by (kind, key), known people by their id.

    `person_ids`: rows that are someone known. `new`: rows of people nobody knows. `left_out`: rows that
    are neither taken nor created. `present`: known people whom a row left out may mean: nothing of
    theirs changes, and they are not absent. `ties`: children found, of rows that come in.
    """

    person_ids: dict[Ref, int] = field(default_factory=dict)
    new: list[Ref] = field(default_factory=list)
    left_out: set[Ref] = field(default_factory=set)
    present: set[int] = field(default_factory=set)
    ties: list[Tie] = field(default_factory=list)
    anomalies: list[Anomaly] = field(default_factory=list)


def match(known: Iterable[Known], batch: Batch, *, files: list[str]) -> Matched:
    """Who each row of the batch is among the school's known people; `files` are the names that rows number."""
    return _Matching(list(known), batch, files).run()


class _Matching:
    def __init__(self, known: list[Known], batch: Batch, files: list[str]) -> None:
        self.known: dict[Kind, list[Known]] = {
            kind: [person for person in known if person.kind == kind] for kind in Kind
        }
        self.batch = batch
        self.files = files
        self.rows: dict[Kind, list[FilePerson]] = FilePerson.of(batch)
        self.bad = unreadable_rows(batch)
        self.found = Matched()

    def run(self) -> Matched:
        self._pupils()
        self._staff()
        self._unreadable()
        children = resolve_children(
            self.batch,
            rows=self.rows[Kind.PUPIL],
            bad=[row for row in self.bad if row.kind == Kind.PUPIL],
            known=self.known[Kind.PUPIL],
            person_ids={
                key: person for (kind, key), person in self.found.person_ids.items() if kind == Kind.PUPIL
            },
            left_out={key for kind, key in self.found.left_out if kind == Kind.PUPIL},
        )
        self._relatives(children.ties, children.said)
        for line, file, key, code, child in children.faults:
            row = next((row for row in self.rows[Kind.RELATIVE] if row.key == key), None)
            if row is not None and (Kind.RELATIVE.value, key) not in self.found.left_out:
                self._say(code, row, line=line, file=file, value=child)
        self.found.ties = [
            tie for tie in children.ties if (Kind.RELATIVE.value, tie.relative_key) not in self.found.left_out
        ]
        self.found.present -= set(self.found.person_ids.values())
        return self.found

    # Pupils.

    def _pupils(self) -> None:
        rows, known = self.rows[Kind.PUPIL], self.known[Kind.PUPIL]
        joined, taken = self._by_ine(rows, known)
        names = Names(person for person in known if person.id not in taken)
        fits = {
            row.key: [person for person in names.fitting(row) if person.birth_date == row.birth_date]
            for row in rows
            if row.key not in joined
        }
        for row in rows:
            for person in fits.get(row.key, ()):
                if row.ine_joins and person.ine != row.ine and read_ine(person.ine)[1]:
                    self._say(Code.INE_DIFFERS, row, value=row.ine, known=person.ine)
                    self._leave_out(row, [person])
        self._settle([row for row in rows if row.key in fits and self._open(row)], fits, refine=None)

    def _by_ine(self, rows: list[FilePerson], known: list[Known]) -> tuple[set[str], set[int]]:
        """Joins rows by INE; answers the rows' keys and the people's ids that are thereby settled."""
        owners: dict[str, list[Known]] = defaultdict(list)
        for person in known:
            if person.ine:
                owners[person.ine].append(person)
        bearers: dict[str, list[FilePerson]] = defaultdict(list)
        for row in rows:
            if row.ine_joins:
                bearers[row.ine].append(row)
        joined: set[str] = set()
        taken: set[int] = set()
        for ine, same in bearers.items():
            for row in same:
                fitting = [person for person in owners[ine] if person.birth_date == row.birth_date]
                if len(fitting) == 1 and len([r for r in same if r.birth_date == row.birth_date]) == 1:
                    self.found.person_ids[Kind.PUPIL.value, row.key] = fitting[0].id
                    joined.add(row.key)
                    taken.add(fitting[0].id)
                elif not fitting and owners[ine]:
                    self._say(Code.INE_CLASH, row, value=ine, other=owners[ine][0].name)
        return joined, taken

    # Staff and relatives.

    def _staff(self) -> None:
        rows = self.rows[Kind.STAFF]
        names = Names(self.known[Kind.STAFF])
        self._settle(rows, {row.key: names.fitting(row) for row in rows}, refine=_same_mail)

    def _relatives(self, ties: list[Tie], said: dict[str, list[str]]) -> None:
        """By names and a child in common; failing any, by names and mail."""
        children: dict[str, set[int]] = defaultdict(set)
        tied: set[str] = set()
        for tie in ties:
            if tie.certain:
                tied.add(tie.relative_key)
                if tie.pupil_id is not None:
                    children[tie.relative_key].add(tie.pupil_id)
        names = Names(self.known[Kind.RELATIVE])
        fits: dict[str, list[Known]] = {}
        for row in self.rows[Kind.RELATIVE]:
            alike = names.fitting(row)
            if row.key not in tied:
                told = ", ".join(f"« {name} »" for name in said.get(row.key, ())) or "aucun n’est nommé"
                self._say(Code.RELATIVE_WITHOUT_CHILD, row, value=told)
                self._leave_out(row, alike)
                continue
            common = [person for person in alike if children[row.key] & set(person.children)]
            fits[row.key] = common or [person for person in alike if _same_mail(row, person)]
        self._settle([row for row in self.rows[Kind.RELATIVE] if row.key in fits], fits, refine=_same_mail)

    # What is common to all.

    def _settle(
        self,
        rows: list[FilePerson],
        fits: dict[str, list[Known]],
        *,
        refine: Callable[[FilePerson, Known], bool] | None,
    ) -> None:
        """One row for one person and one person for one row; `refine` may tell several apart."""
        if refine is not None:
            fits = _refined(rows, fits, refine)
        claims: dict[int, list[FilePerson]] = defaultdict(list)
        for row in rows:
            for person in fits[row.key]:
                claims[person.id].append(row)
        for row in rows:
            mine = fits[row.key]
            if not mine:
                self.found.new.append((row.kind, row.key))
            elif len(mine) == 1 and len(claims[mine[0].id]) == 1:
                self.found.person_ids[row.kind, row.key] = mine[0].id
            else:
                rivals = [other for other in claims[mine[0].id] if other is not row]
                others = (
                    [person.name for person in mine] if len(mine) > 1 else [f"ligne {r.line}" for r in rivals]
                )
                what = "Réunissez les comptes en double" if len(mine) > 1 else "Corrigez la ligne en double"
                self._say(
                    Code.PERSON_AMBIGUOUS, row, others=", ".join(others), what=f"{what}, puis recommencez."
                )
                self._leave_out(row, mine)

    def _unreadable(self) -> None:
        """Whom a row that could not be read may mean has not left."""
        for kind in (Kind.PUPIL, Kind.RELATIVE, Kind.STAFF):
            names = Names(self.known[kind])
            for row in self.bad:
                if row.kind == kind:
                    self.found.present.update(person.id for person in names.maybe(row))

    def _open(self, row: FilePerson) -> bool:
        return (row.kind, row.key) not in self.found.left_out

    def _leave_out(self, row: FilePerson, meant: Iterable[Known]) -> None:
        self.found.left_out.add((row.kind, row.key))
        self.found.present.update(person.id for person in meant)

    def _say(
        self,
        code: Code,
        row: FilePerson,
        *,
        line: int | None = None,
        file: int | None = None,
        **values: Any,
    ) -> None:
        self.found.anomalies.append(
            anomaly(
                code,
                self.files[row.file if file is None else file],
                row.line if line is None else line,
                kind=row.kind,
                key=row.key,
                who=f"{WORDS[Kind(row.kind)]} {row.name}",
                **values,
            )
        )


def _same_mail(row: FilePerson, person: Known) -> bool:
    return bool(row.email) and row.email.casefold() in person.emails


def _refined(
    rows: list[FilePerson], fits: dict[str, list[Known]], refine: Callable[[FilePerson, Known], bool]
) -> dict[str, list[Known]]:
    """Where a row fits several, or several rows fit one, only what `refine` says, if it says anything."""
    claims: dict[int, int] = defaultdict(int)
    for row in rows:
        for person in fits[row.key]:
            claims[person.id] += 1
    told: dict[str, list[Known]] = {}
    for row in rows:
        mine = fits[row.key]
        if len(mine) > 1 or any(claims[person.id] > 1 for person in mine):
            mine = [person for person in mine if refine(row, person)] or mine
        told[row.key] = mine
    settled = {mine[0].id for row in rows if len(mine := told[row.key]) == 1 and refine(row, mine[0])}
    return {
        row.key: [p for p in told[row.key] if p.id not in settled or refine(row, p)] or told[row.key]
        for row in rows
    }
