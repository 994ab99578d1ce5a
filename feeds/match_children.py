"""Which pupils the relatives' rows of a CSV name: those of the file first, else those known."""

from dataclasses import dataclass, field

from feeds.match_people import FilePerson, Known, Names, full_names
from feeds.read.codes import Code
from feeds.read.rows import CHILD_COLUMNS, Batch, Relation
from feeds.read.values import label_key


@dataclass(frozen=True, slots=True)
class Tie:
    """A relative's row names a pupil, by the pupil's row (`pupil_key`), by id when known, or both.

    `certain` is False where several pupils may be meant: such a tie is not made, but one that exists
    stays.
    """

    relative_key: str
    rank: int
    pupil_key: str | None
    pupil_id: int | None
    certain: bool = True


@dataclass(slots=True)
class Children:
    """`faults` are (line, file, relative's key, code, the child's name); `said` all names, by relative's key."""

    ties: list[Tie] = field(default_factory=list)
    faults: list[tuple[int, int, str, Code, str]] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)


def resolve_children(
    batch: Batch,
    *,
    rows: list[FilePerson],
    bad: list[FilePerson],
    known: list[Known],
    person_ids: dict[str, int],
    left_out: set[str],
) -> Children:
    """A pupil per CHILD row, by either name and first name, then by class among homonyms.

    `person_ids`: pupils' rows that are someone known; `left_out`: those that are not taken.
    """
    in_file: Names[FilePerson] = Names(row for row in rows if row.key not in left_out)
    hidden: Names[FilePerson] = Names([*bad, *(row for row in rows if row.key in left_out)])
    of_school: Names[Known] = Names(known)
    found = Children()
    seen: set[tuple[str, str | None, int | None]] = set()
    for row in batch.rows[Relation.CHILD]:
        said = dict(zip(CHILD_COLUMNS, row, strict=True))
        key, label = said["key"], said["class_label"]
        names = full_names(said["last_name"], said["use_name"], said["first_name"])
        shown = f"{said['use_name'] or said['last_name']} {said['first_name']}"
        found.said.setdefault(key, []).append(shown)
        here = _of_class(in_file.called(names), label)
        meant: list[tuple[str | None, int | None]] = [
            (pupil.key, person_ids.get(pupil.key)) for pupil in here
        ]
        if not meant:
            taken = set(person_ids.values())
            there = [pupil for pupil in of_school.called(names) if pupil.id not in taken]
            meant = [(None, pupil.id) for pupil in _of_class(there, label)]
        if not meant:
            found.faults.append((said["line"], said["file"], key, Code.CHILD_UNKNOWN, shown))
            continue
        # Two unreadable rows of one name: which of them is the pupil known is not for us to say.
        unsure = meant[0][0] is None and len(hidden.called(names)) > 1
        certain = len(meant) == 1 and not unsure
        if not certain:
            found.faults.append((said["line"], said["file"], key, Code.CHILD_AMBIGUOUS, shown))
        for pupil_key, pupil_id in meant:
            if (key, pupil_key, pupil_id) not in seen:
                seen.add((key, pupil_key, pupil_id))
                found.ties.append(Tie(key, said["rank"], pupil_key, pupil_id, certain))
    return found


def _of_class[Pupil: (FilePerson, Known)](pupils: list[Pupil], label: str) -> list[Pupil]:
    """Among homonyms, the one of that class when there is but one; else all of them."""
    if len(pupils) < 2 or not label:
        return pupils
    wanted = label_key(label)
    of_class = [pupil for pupil in pupils if wanted in pupil.labels]
    return of_class if len(of_class) == 1 else pupils
