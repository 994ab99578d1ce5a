"""The year, lived once: files imported on their days, every night's jobs between, acts of people, and what each sees."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.test import TestCase

from accounts.services.activate import activate
from accounts.tasks import advance_lifecycle
from core import clock, invariants
from core.jobs import kinds
from core.models import Job, JobState
from directory.models import SchoolClass
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.tasks import nightly
from schools.models import School
from tests.feeds.colleges import a_college_set, colleague, college, feed_college
from tests.feeds.sets import a_set, feed, school_of
from tests.stories.calendar import cast, eyes
from tests.stories.calendar.cast import PARTS, Classes, person
from tests.stories.calendar.eyes import Eyes, Look
from tests.stories.calendar.june import Made, Thing

PARIS = ZoneInfo("Europe/Paris")
NIGHT = timedelta(days=1)


@dataclass
class Year:
    """What was made, and what was seen: by part and day."""

    made: Made = field(default_factory=Made)
    looks: dict[str, dict[date, Look]] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)
    #: Things that a list and their own address do not tell alike: (part, day, word).
    contradictions: list[str] = field(default_factory=list)


class Story:
    """The days, in order. `looked_for`: who is looked at, and whom they look for in the Annuaire."""

    def __init__(self, folder: Path, looked_for: Mapping[str, tuple[str, ...]]) -> None:
        self.folder, self.looked_for = folder, looked_for
        self.year = Year(looks={key: {} for key in looked_for})
        self.today = date(2026, 6, 1)
        self._last: dict[str, list[Thing]] = {}

    @contextmanager
    def on(self, day: date, hour: int = 14) -> Iterator[None]:
        """An hour of a day, every night before it really lived."""
        while self.today < day:
            self.today += NIGHT
            with clock.at(datetime.combine(self.today, time(3, 30), PARIS)), committed():
                nightly._received()
                advance_lifecycle._received()
        with clock.at(datetime.combine(day, time(hour), PARIS)), committed():
            yield

    def whole_set(
        self,
        day: date,
        classes: Classes,
        year: int,
        team: Mapping[str, str],
        *,
        without_ine: tuple[str, ...] = (),
    ) -> FeedRun:
        """Schools, pupils, relatives, staff, as a night's files tell them."""
        path = a_set(
            self.folder,
            day.isoformat(),
            pupils=cast.pupils(classes, year, without_ine=without_ine),
            relatives=cast.relatives(classes),
            staff=cast.team(team),
            schools=cast.schools(),
        )
        with self.on(day, 5):
            return applied(feed(path))

    def staff_file(self, day: date, team: Mapping[str, str]) -> FeedRun:
        """The staff's file alone."""
        path = a_set(self.folder, day.isoformat(), staff=cast.team(team), schools=cast.schools())
        with self.on(day, 5):
            return applied(feed(path))

    def college_set(self, day: date) -> FeedRun:
        path = a_college_set(
            self.folder,
            day.isoformat(),
            pupils=cast.collegians(),
            relatives=cast.parents_of_collegians(),
            staff=[colleague("T1", "C")],
            schools=[college("C", ENTStructureNomCourant="COLLEGE$PIERRE BROSSOLETTE")],
        )
        with self.on(day, 5):
            return applied(feed_college(path))

    def join(self, *keys: str) -> None:
        """A first sign-in: the code, then a password of one's own."""
        for key in keys:
            who = person(key)
            activate(person=who, code_counter=who.code_counter, password=PARTS[key].password)
            self.year.logins[key] = who.username

    def look(self, day: date) -> None:
        """Everybody looks at everything, at six. What is kept for some minutes is of another day."""
        cache.clear()
        with self.on(day, 18):
            schools = {str(uuid): key for uuid, key in School.objects.values_list("uuid", "joining_key")}
            for key, looked_for in self.looked_for.items():
                self.year.looks[key][day] = self._look(key, looked_for, schools)
            assert invariants.run_all() == []

    def _look(self, key: str, looked_for: tuple[str, ...], schools: Mapping[str, str]) -> Look:
        part = PARTS[key]
        if key not in self.year.logins:
            return Look(eyes.NO_ACCOUNT)
        client, look = eyes.sign_in(part, self.year.logins[key])
        if look.sign_in != eyes.COMES_IN:
            return look
        sight = Eyes(client, part, self.year.made, looked_for, schools)
        look.words |= sight.look()
        look.things = sight.seen
        self._compare(key, sight)
        return look

    def _compare(self, key: str, sight: Eyes) -> None:
        """What has come since the last look opens at its own address, what has gone from the lists does not."""
        now = sight.seen
        before = self._last.get(key, now)
        for changed, so in (
            ([t for t in now if t not in before], True),
            ([t for t in before if t not in now], False),
        ):
            for thing in changed:
                if thing.address and sight.opens(thing) is not so:
                    self.year.contradictions.append(f"{key}, {self.today}, {thing.title}")
        self._last[key] = now


@contextmanager
def committed() -> Iterator[None]:
    """What waits for the commit happens, and jobs run as a worker would run them."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield
    for job in Job.objects.filter(state=JobState.QUEUED).order_by("pk"):
        with TestCase.captureOnCommitCallbacks(execute=True):
            kinds()[job.name]._received(str(job.uuid))


def applied(run: FeedRun) -> FeedRun:
    assert run.state == RunState.APPLIED, run.refusal
    return run


def school_class(school: str, label: str, year: int) -> SchoolClass:
    return SchoolClass.objects.select_related("school").get(school=school_of(school), label=label, year=year)
