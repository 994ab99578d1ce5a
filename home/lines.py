"""Notices as pages and the API tell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.models import SchoolClass
from home.enums import Stage, Weight
from home.models import Notice
from home.querysets import Asked, Concern, asked_by, classes_of, concerns_of
from home.services.notices import stage_of
from sharing.rules import Reach
from ui import rich_text
from ui.french import counted, day_short, listed

PROFILES = (Profile.RELATIVE, Profile.PUPIL, Profile.TEACHER, Profile.STAFF, Profile.GUEST)
WORDS = {
    Profile.PUPIL: "élèves",
    Profile.RELATIVE: "parents",
    Profile.TEACHER: "enseignants",
    Profile.STAFF: "personnels",
    Profile.GUEST: "invités",
}
TONES = {
    Stage.DRAFT: ("pencil", ""),
    Stage.COMING: ("clock", "info"),
    Stage.SHOWN: ("eye", "ok"),
    Stage.OVER: ("history", ""),
    Stage.WITHDRAWN: ("eye-off", "warn"),
}
WITHOUT_CLASS = "Sans classe"


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as someone reads it: which of their children it is about (all of them, and no name is said),
    whether it waits for their word."""

    notice: Notice
    concern: Concern
    children: list[User]
    place: str

    @property
    def text(self) -> str:
        """Its words, plain: parsed where they are shown."""
        return rich_text.plain(self.notice.body)

    @property
    def important(self) -> bool:
        return self.notice.weight == Weight.IMPORTANT

    @property
    def waits(self) -> bool:
        return self.concern.asked and self.concern.read_at is None


@dataclass(frozen=True, slots=True)
class Managed:
    """A notice as its school's administrators read it in a list."""

    notice: Notice
    stage: Stage
    icon: str
    tone: str
    audience: str
    days: str


@dataclass(slots=True)
class Family:
    """A child and the relatives asked for them."""

    pupil: User
    relatives: list[tuple[User, datetime | None, bool]]


@dataclass(slots=True)
class Count:
    """How many of those asked have read, in a class (0: without one) or in all."""

    key: int
    label: str
    asked: set[int]
    read: set[int]

    @property
    def number(self) -> int:
        return len(self.asked)

    @property
    def done(self) -> int:
        return len(self.read)

    @property
    def left(self) -> int:
        return len(self.asked - self.read)


def lines_of(person: User, notices: Sequence[Notice], reach: Reach) -> list[Line]:
    """These notices for someone. The queries of `concerns_of`."""
    concerns = concerns_of(person, notices, reach)
    several = len({notice.school_id for notice in notices}) > 1 or len(_schools(reach)) > 1
    every = {child.pk for concern in concerns.values() for child in concern.children}
    return [
        Line(
            notice,
            concerns[notice.pk],
            concerns[notice.pk].children if len(every | reach.standpoint.children) > 1 else [],
            notice.school.name if several else "",
        )
        for notice in notices
    ]


def managed_lines(notices: Sequence[Notice]) -> list[Managed]:
    """These notices for those who manage them. One query."""
    classes = classes_of(notices)
    return [
        Managed(
            notice,
            stage := stage_of(notice),
            *TONES[stage],
            audience_words(notice, classes.get(notice.pk, [])),
            days_words(notice.starts_on, notice.ends_on),
        )
        for notice in notices
    ]


def audience_words(notice: Notice, classes: Sequence[SchoolClass]) -> str:
    """« Parents et élèves · CP A, CE2 »."""
    told = listed([WORDS[profile] for profile in PROFILES if profile.value in notice.profiles])
    if not told:
        return "Pour personne encore"
    where = ", ".join(each.label for each in classes)
    return f"{told[:1].upper()}{told[1:]}{f' · {where}' if where else ''}"


def days_words(starts_on: date, ends_on: date) -> str:
    """« du 8 au 12 sept. », « le 8 sept. »."""
    if starts_on == ends_on:
        return f"le {day_short(starts_on)}"
    return f"du {day_short(starts_on)} au {day_short(ends_on)}"


def counts_of(asked: Sequence[Asked]) -> tuple[Count, list[Count]]:
    """Who has read, in all and class by class, relatives counted once in each."""
    everybody = Count(-1, "", set(), set())
    classes: dict[int, Count] = {}
    for each in asked:
        count = classes.setdefault(
            each.class_key, Count(each.class_key, each.label or WITHOUT_CLASS, set(), set())
        )
        for one in (everybody, count):
            one.asked.add(each.relative)
            if each.read_at is not None:
                one.read.add(each.relative)
    return everybody, list(classes.values())


def families_of(asked: Sequence[Asked], class_key: int) -> list[Family]:
    """The families of a class, by child, with who has read and since when. One query."""
    here = [each for each in asked if each.class_key == class_key]
    people = User.objects.in_bulk({key for each in here for key in (each.relative, each.pupil)})
    found: dict[int, Family] = {}
    for each in here:
        if each.pupil in people and each.relative in people:
            family = found.setdefault(each.pupil, Family(people[each.pupil], []))
            family.relatives.append((people[each.relative], each.read_at, each.activated))
    return list(found.values())


def progress_of(notice: Notice) -> tuple[Count, list[Count], list[Asked]]:
    """All that the page of who has read needs. Two queries."""
    asked = asked_by(notice)
    return (*counts_of(asked), asked)


def reminded_words(notice: Notice) -> str:
    """When relatives were last reminded, « » for never."""
    if notice.reminded_on is None:
        return ""
    today = notice.reminded_on == clock.today()
    return "Rappel envoyé aujourd’hui." if today else f"Dernier rappel le {day_short(notice.reminded_on)}."


def read_words(count: Count) -> str:
    """« 12 parents sur 40 ont lu »."""
    verb = "a" if count.done < 2 else "ont"
    return f"{counted(count.done, 'parent')} sur {count.number} {verb} lu"


def _schools(reach: Reach) -> frozenset[int]:
    return reach.standpoint.schools | reach.standpoint.child_schools
