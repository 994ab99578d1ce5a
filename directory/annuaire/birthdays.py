"""Birthdays of one's class in the next days, for its pupils and its teachers: a day and a month, never a year,
and to nobody else. Whoever has something closed around them is left out: a block, a tie that the direction
restricted."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.annuaire.viewer import Viewer
from directory.enums import ClassRole
from directory.models import Block, ClassAttachment, TieRestriction
from directory.querysets.blocks import standing
from directory.querysets.scope import AmongGiven
from ui.french import day

AHEAD = 7
TOLD_TO = frozenset({Profile.PUPIL, Profile.TEACHER})
LEAP = (2, 29)


@dataclass(frozen=True, slots=True)
class Birthday:
    """A pupil of one's class and the day; `mine` where it is one's own."""

    person: User
    day: date
    mine: bool

    @property
    def when(self) -> str:
        """« aujourd’hui », « demain », « jeudi 3 décembre »."""
        away = (self.day - clock.today()).days
        return {0: "aujourd’hui", 1: "demain"}.get(away) or day(self.day)


def birthdays_of(viewer: Viewer) -> list[Birthday]:
    """Those of today and of the six days after, in order. Two queries; none for whoever has no class, or is not
    told."""
    me = viewer.person
    mine = viewer.standpoint.classes
    if me.profile not in TOLD_TO or not mine:
        return []
    days = _days(clock.today())
    wanted = Q()
    for month, number in days:
        wanted |= Q(birth_date__month=month, birth_date__day=number)
    here = ClassAttachment.objects.filter(
        school_class_id__in=mine, role=ClassRole.PUPIL, ended_on__isnull=True
    )
    restricted = TieRestriction.objects.filter(pupil_id=OuterRef("pk"), lifted_at__isnull=True)
    blocked = standing(Block.objects.filter(person_id=OuterRef("pk")))
    found = User.objects.present().filter(
        # The class first: dates of birth are in no index.
        AmongGiven(F("pk"), here.order_by().values_list("person_id", flat=True)),
        wanted,
        ~Exists(restricted),
        ~Exists(blocked),
        Q(pk=me.pk) | Q(pk__in=viewer.people.order_by().values("pk")),
        absent_since__isnull=True,
    )
    told = [
        Birthday(person, days[(person.birth_date.month, person.birth_date.day)], person.pk == me.pk)
        for person in found.order_by("sort_name", "pk")
        if person.birth_date is not None
    ]
    return sorted(told, key=lambda each: each.day)


def _days(today: date) -> dict[tuple[int, int], date]:
    """Months and days of the days ahead, each with its day; who was born on 29 February has theirs on the 28th
    in the years that have none."""
    found: dict[tuple[int, int], date] = {}
    for n in range(AHEAD):
        each = today + timedelta(days=n)
        found[(each.month, each.day)] = each
        if (each.month, each.day) == (2, 28) and (each + timedelta(days=1)).month == 3:
            found[LEAP] = each
    return found
