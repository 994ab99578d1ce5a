"""What people do between two feeds of a year drawn at random: by hand, by command, at night."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

from django.db.models import F
from django.db.models.functions import Greatest
from hypothesis import strategies as st

from accounts.services import lifecycle
from core import clock
from core.errors import DomainError
from directory.models import Administrator, Attachment, ClassAttachment, Detachment, SchoolClass
from feeds.models import FeedRun
from feeds.services.apply_run import apply_run
from feeds.services.freeze import freeze
from feeds.services.release import release_frozen
from feeds.services.release import release_schools as apply_what_waits
from feeds.services.undo_run import undo_run
from rollover.services.release import release_schools
from schools.models import School
from tests.feeds.sets import feed
from tests.properties.academies import SetTold, evolve


@dataclass(frozen=True)
class Act:
    """An act and a number that chooses whom it strikes, among those there are."""

    name: str
    number: int


def happen(act: Act) -> None:
    try:
        ACTS[act.name](act.number)
    except DomainError:
        return  # refused by a rule: nothing has changed


def fed(folder: Path, told: SetTold) -> None:
    try:
        feed(told.write(folder), accept_departures=told.accept, on=clock.today())
    except DomainError:
        return


def _detach(number: int) -> None:
    """As `directory.services.detach` does, by whoever may."""
    open_now = list(
        Attachment.objects.filter(ended_on__isnull=True).order_by("person__joining_key", "school_id")
    )
    if not open_now:
        return
    one = open_now[number % len(open_now)]
    by, end = uuid4(), Greatest(F("since"), clock.today())
    Attachment.objects.filter(pk=one.pk).update(ended_on=end, ended_by=by)
    classes = ClassAttachment.objects.filter(person=one.person_id, school_class__school=one.school_id)
    classes.filter(ended_on__isnull=True).update(ended_on=end, ended_by=by)
    Administrator.objects.filter(person=one.person_id, school=one.school_id, ended_on__isnull=True).update(
        ended_on=end
    )
    year = one.school.running_year or clock.today().year
    Detachment.objects.create(person=one.person, school=one.school, running_year=year, by=by, at=clock.now())


def _teach(number: int) -> None:
    """A teacher of a school is put in one of its classes that runs."""
    running = SchoolClass.objects.filter(
        year=F("school__class_year"), classattachment__role="PUPIL", classattachment__ended_on__isnull=True
    )
    pairs = [
        (teacher.person, klass)
        for klass in running.distinct().order_by("school_id", "label", "pk")
        for teacher in Attachment.objects.filter(
            school=klass.school_id, profile="TEACHER", ended_on__isnull=True
        ).order_by("person__joining_key")
    ]
    if pairs:
        person, klass = pairs[number % len(pairs)]
        ClassAttachment.objects.get_or_create(
            person=person, school_class=klass, ended_on=None,
            defaults={"role": "TEACHER", "source": "MANUAL", "since": clock.today()},
        )  # fmt: skip


def _undo(number: int) -> None:
    runs = list(FeedRun.objects.filter(state="applied").order_by("-pk"))
    if runs:
        undo_run(run=runs[number % min(2, len(runs))])


def _apply(number: int) -> None:
    runs = list(FeedRun.objects.filter(state__in=["parked", "refused"]).order_by("-pk"))
    if runs:
        apply_run(run=runs[number % len(runs)], accept_departures=number % 3 > 0)


def _release(number: int) -> None:
    apply_what_waits(schools=release_schools(schools=list(School.objects.values_list("pk", flat=True))))


def _freeze(number: int) -> None:
    freeze(starts_on=clock.today(), ends_on=clock.today() + timedelta(days=number))


def _night(number: int) -> None:
    lifecycle.advance(today=clock.today() + timedelta(days=number))
    release_frozen()


ACTS: dict[str, Callable[[int], None]] = {
    "detach": _detach,
    "teach": _teach,
    "undo": _undo,
    "apply": _apply,
    "release": _release,
    "freeze": _freeze,
    "night": _night,
}


def lived(seed: int, number: int) -> list[tuple[SetTold, list[Act]]]:
    """Each set of an academy, then what happens until the next."""
    chance = Random(seed)
    return [
        (told, [Act(chance.choice(sorted(ACTS)), chance.randrange(40)) for _ in range(chance.randrange(5))])
        for told in evolve(seed, number)
    ]


def years() -> st.SearchStrategy[list[tuple[SetTold, list[Act]]]]:
    return st.builds(lived, seed=st.integers(0, 2**32 - 1), number=st.integers(2, 5))
