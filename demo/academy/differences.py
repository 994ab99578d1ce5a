"""What changed in an academy from one year's complete set to the next one's, key by key."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from demo.academy.levels import Level
from demo.academy.snapshot import PersonState, Snapshot

type Move = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Key of a person, keys of their schools before, and after."""


@dataclass(slots=True)
class PeopleDifferences:
    """Sorted keys. `stayed` counts those of both sets whose schools are the same.

    `details_changed` is about who a person is (names, birth date, mail, telephones, address), whether
    they moved or not; the lists after it are empty for the kinds that they say nothing of.
    """

    created: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    stayed: int = 0
    details_changed: list[str] = field(default_factory=list)
    promoted: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    got_ine: list[str] = field(default_factory=list)
    left_after_cm2: list[str] = field(default_factory=list)
    children_changed: list[str] = field(default_factory=list)
    functions_changed: list[str] = field(default_factory=list)
    became_head: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TieDifferences:
    """Pairs (pupil, relative). `gone` are those of pupils who are absent; `ended` those of pupils still there."""

    created: list[tuple[str, str]] = field(default_factory=list)
    ended: list[tuple[str, str]] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[str, str]] = field(default_factory=list)
    stayed: int = 0


@dataclass(slots=True)
class Differences:
    """From `before` to `after`, complete sets both; keys of classes are all new each year."""

    from_year: int
    schools_created: list[str]
    schools_changed: list[str]
    classes_created: list[str]
    classes_ended: list[str]
    pupils: PeopleDifferences
    relatives: PeopleDifferences
    staff: PeopleDifferences
    ties: TieDifferences


def differences(before: Snapshot, after: Snapshot) -> Differences:
    return Differences(
        from_year=before.year,
        schools_created=sorted(after.schools.keys() - before.schools.keys()),
        schools_changed=sorted(
            k for k in after.schools.keys() & before.schools if after.schools[k] != before.schools[k]
        ),
        classes_created=sorted(after.classes.keys() - before.classes.keys()),
        classes_ended=sorted(before.classes.keys() - after.classes.keys()),
        pupils=_pupils(before, after),
        relatives=_relatives(before, after),
        staff=_staff(before, after),
        ties=_ties(before, after),
    )


def _pupils(before: Snapshot, after: Snapshot) -> PeopleDifferences:
    found = _people(before.pupils, after.pupils)
    found.left_after_cm2 = [key for key in found.absent if before.pupils[key].level is Level.CM2]
    for key, was, now in _kept(before.pupils, after.pupils):
        (found.repeated if was.level == now.level else found.promoted).append(key)
        if now.ine and not was.ine:
            found.got_ine.append(key)
    return found


def _relatives(before: Snapshot, after: Snapshot) -> PeopleDifferences:
    found = _people(before.relatives, after.relatives)
    for key, was, now in _kept(before.relatives, after.relatives):
        if was.relations != now.relations:
            found.children_changed.append(key)
    return found


def _staff(before: Snapshot, after: Snapshot) -> PeopleDifferences:
    found = _people(before.staff, after.staff)
    for key, was, now in _kept(before.staff, after.staff):
        if was.relations != now.relations:
            found.functions_changed.append(key)
            if any(r.endswith(":HEAD") and r not in was.relations for r in now.relations):
                found.became_head.append(key)
    return found


def _people(before: dict[str, PersonState], after: dict[str, PersonState]) -> PeopleDifferences:
    found = PeopleDifferences(
        created=sorted(after.keys() - before.keys()), absent=sorted(before.keys() - after.keys())
    )
    for key, was, now in _kept(before, after):
        if was.schools != now.schools:
            found.moved.append((key, was.schools, now.schools))
        else:
            found.stayed += 1
        if was.details != now.details:
            found.details_changed.append(key)
    return found


def _ties(before: Snapshot, after: Snapshot) -> TieDifferences:
    found = TieDifferences(created=sorted(after.ties.keys() - before.ties.keys()))
    for pair in sorted(before.ties.keys() - after.ties.keys()):
        (found.ended if pair[0] in after.pupils else found.gone).append(pair)
    for pair in sorted(before.ties.keys() & after.ties.keys()):
        if before.ties[pair] == after.ties[pair]:
            found.stayed += 1
        else:
            found.changed.append(pair)
    return found


def _kept(
    before: dict[str, PersonState], after: dict[str, PersonState]
) -> Iterator[tuple[str, PersonState, PersonState]]:
    for key in sorted(before.keys() & after.keys()):
        yield key, before[key], after[key]
