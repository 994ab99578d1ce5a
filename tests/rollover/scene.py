"""A school at the end of 2025-2026, and what happens to it around the turn."""

from pathlib import Path
from uuid import uuid4

from core import clock
from directory.models import ClassAttachment, Detachment, SchoolClass
from feeds.models import FeedRun
from tests.feeds.seen import schools_of
from tests.feeds.sets import a_set, feed, noon, person, pupils_of, school_of, staff


def last_year(tmp_path: Path, *, schools: str = "A") -> None:
    """Each school has four pupils of 2025 and two teachers, whose year 2026 has opened."""
    team = [staff(f"S{school}{n}", school) for school in schools for n in (1, 2)]
    pupils = [p for school in schools for p in pupils_of(4, school, prefix=f"P{school}", year=2025)]
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils, staff=team))


def teach(key: str, label: str = "CP", year: int = 2025, *, on: str = "2026-06-11") -> ClassAttachment:
    """A teacher is put in a class by hand."""
    school = schools_of(key)[0]
    return ClassAttachment.objects.create(
        person=person(key),
        school_class=SchoolClass.objects.get(school__joining_key=school, label=label, year=year),
        role="TEACHER",
        source="MANUAL",
        since=on,
    )


def turn(tmp_path: Path, day: str = "2026-09-15", *, schools: str = "A") -> FeedRun:
    return feed(a_set(tmp_path, day, pupils=[p for s in schools for p in pupils_of(4, s, prefix=f"P{s}")]))


def detach(key: str, *, on: str) -> Detachment:
    """An administrator takes someone out of a school by hand."""
    school = school_of(schools_of(key)[0])
    with clock.at(noon(on)):
        person(key).attachment_set.update(ended_on=on)
        person(key).classattachment_set.update(ended_on=on)
        return Detachment.objects.create(
            person=person(key),
            school=school,
            running_year=school.running_year,
            by=uuid4(),
            at=clock.now(),
        )
