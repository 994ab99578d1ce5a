"""Letters of a first sign-in: who gets which, in what order. Pure data; codes and pages come after.

A letter is a person's own. A pupil has theirs; each relative who is legally responsible theirs, which names
them and their children alone: whoever lives apart sees nothing of the other. A tie that the direction ended or
limited, and one that the feed says is not legal, bring none. Letters go home by the class: that of the eldest
child at the school.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from accounts.enums import Profile
from accounts.models import User
from directory.annuaire.levels import class_order
from directory.enums import ClassRole
from directory.models import Attachment, ClassAttachment, Guardianship, SchoolClass, TieRestriction
from schools.models import School

TEAM = "Équipe de l’école"
NO_CLASS = "Sans classe"
_FAMILY = (Profile.PUPIL, Profile.RELATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersAsked:
    """Whose letters: of a school, some profiles, a class, those who never signed in, or whose account was made
    `since` a day; or of people by name."""

    profiles: tuple[Profile, ...] = ()
    school_class: UUID | None = None
    only_new: bool = False
    since: date | None = None
    people: tuple[UUID, ...] = ()

    def told(self) -> dict[str, Any]:
        """As JSON, for a job and the log."""
        return {
            "profiles": [profile.value for profile in self.profiles],
            "school_class": str(self.school_class) if self.school_class else None,
            "only_new": self.only_new,
            "since": self.since.isoformat() if self.since else None,
            "people": [str(uuid) for uuid in self.people],
        }

    @classmethod
    def from_told(cls, told: dict[str, Any]) -> "LettersAsked":
        return cls(
            profiles=tuple(Profile(value) for value in told["profiles"]),
            school_class=UUID(told["school_class"]) if told["school_class"] else None,
            only_new=told["only_new"],
            since=date.fromisoformat(told["since"]) if told.get("since") else None,
            people=tuple(UUID(value) for value in told["people"]),
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """One person's: under which class it is handed out, and of their children those of the school."""

    person: User
    section: str
    children: tuple[str, ...] = ()
    key: tuple[Any, ...] = field(default=(), compare=False)

    @property
    def new(self) -> bool:
        """Whether they never chose a password: their letter bears a code."""
        return self.person.activated_at is None

    @property
    def may_be_mailed(self) -> bool:
        return self.new and bool(self.person.contact_email) and self.person.profile != Profile.PUPIL


def letters_for(school: School, asked: LettersAsked) -> list[Letter]:
    """The letters of a school, by class, pupil by pupil, relatives in the order of contact. Five queries."""
    places = _places(school)
    found = [*_team(school), *_pupils(school, places), *_relatives(school, places, asked.school_class)]
    wanted = set(asked.people)
    begins = None
    if asked.since:
        begins = datetime.combine(asked.since, time.min, ZoneInfo(school.academy.time_zone))
    kept = [
        letter
        for letter in found
        if (not asked.profiles or letter.person.profile in asked.profiles)
        and (not asked.only_new or letter.new)
        and (begins is None or letter.person.created_at >= begins)
        and (not wanted or letter.person.uuid in wanted)
        and (asked.school_class is None or letter.key[-1] == asked.school_class)
    ]
    return sorted(kept, key=lambda letter: letter.key[:-1])


@dataclass(slots=True)
class Tally:
    """Who is still awaited under one class: how many there are, who never signed in."""

    section: str
    people: int = 0
    new: list[Letter] = field(default_factory=list)
    mailable: int = 0


def tallies(letters: Iterable[Letter]) -> list[Tally]:
    """By class, in the order of the letters."""
    found: dict[str, Tally] = {}
    for letter in letters:
        tally = found.setdefault(letter.section, Tally(letter.section))
        tally.people += 1
        tally.mailable += letter.may_be_mailed
        if letter.new:
            tally.new.append(letter)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Place:
    """A class of the school, in the order of school; `LAST` for whoever has none."""

    order: tuple[Any, ...]
    label: str
    uuid: UUID | None


_LAST = _Place((2, 0, "", 0), NO_CLASS, None)


def _places(school: School) -> dict[int, _Place]:
    """The class of each pupil of the school now, by key."""
    rows = ClassAttachment.objects.filter(
        school_class__school=school,
        school_class__year=school.class_year or 0,  # a school that no family feed opened has no class
        role=ClassRole.PUPIL,
        ended_on__isnull=True,
    ).select_related("school_class")
    known: dict[int, _Place] = {}
    found: dict[int, _Place] = {}
    for row in rows:
        of: SchoolClass = row.school_class
        known.setdefault(of.pk, _Place((1, *class_order(of)), of.label, of.uuid))
        found[row.person_id] = known[of.pk]
    return found


def _attached(school: School, profiles: Sequence[Profile]) -> Q:
    rows = Attachment.objects.filter(school=school, profile__in=profiles, ended_on__isnull=True)
    return Q(pk__in=rows.values("person_id"))


def _team(school: School) -> list[Letter]:
    people = User.objects.present().filter(_attached(school, [Profile.TEACHER, Profile.STAFF, Profile.GUEST]))
    return [Letter(each, TEAM, key=((0,), each.sort_name, 0, each.pk, None)) for each in people]


def _pupils(school: School, places: dict[int, _Place]) -> list[Letter]:
    pupils = User.objects.present().filter(_attached(school, [Profile.PUPIL]))
    return [
        Letter(each, place.label, key=(place.order, each.sort_name, each.pk, 0, place.uuid))
        for each in pupils
        for place in [places.get(each.pk, _LAST)]
    ]


def _relatives(school: School, places: dict[int, _Place], of_class: UUID | None) -> list[Letter]:
    """One each, with the eldest child of the school; of the class, where one is asked."""
    standing = TieRestriction.objects.filter(
        relative_id=OuterRef("relative_id"), pupil_id=OuterRef("pupil_id"), lifted_at__isnull=True
    )
    pupils = User.objects.present().filter(_attached(school, [Profile.PUPIL]))
    ties = (
        Guardianship.objects.filter(
            ~Exists(standing),
            ~Q(legal=False),
            ended_on__isnull=True,
            pupil__in=pupils,
            relative__pre_deleted_on__isnull=True,
            relative__merged_into__isnull=True,
        )
        .select_related("pupil", "relative")
        .order_by("pupil__birth_date", "pupil__sort_name", "pupil_id")
    )
    by_relative: dict[int, list[Guardianship]] = defaultdict(list)
    for tie in ties:
        by_relative[tie.relative_id].append(tie)
    found = []
    for theirs in by_relative.values():
        here = [tie for tie in theirs if of_class in {None, places.get(tie.pupil_id, _LAST).uuid}]
        if not here:
            continue
        eldest = here[0]
        place = places.get(eldest.pupil_id, _LAST)
        children = tuple(_child(tie.pupil, places.get(tie.pupil_id)) for tie in theirs)
        key = (place.order, eldest.pupil.sort_name, eldest.pupil_id, 1 + eldest.rank, place.uuid)
        found.append(Letter(eldest.relative, place.label, children, key))
    return found


def _child(pupil: User, place: _Place | None) -> str:
    return f"{pupil.first_name} ({place.label})" if place else pupil.first_name
