"""What a test asks of the database after a feed, in a line."""

from typing import Any

from directory.models import Attachment, ClassAttachment
from feeds.models import FeedRun
from schools.models import School
from tests.feeds.sets import person, school_of
from tests.feeds.whole import RUNS

#: To compare the whole database but for what a run writes of itself and school years opened ahead.
ITSELF = (*RUNS, "schools_schoolyear")


def years_of(key: str = "A") -> tuple[int | None, int | None]:
    """A school's running year and class year."""
    found = school_of(key)
    return found.running_year, found.class_year


def classes_of(key: str) -> list[str]:
    """The classes that someone is in now: "A CP 2026", by school's key, label and year."""
    rows = ClassAttachment.objects.filter(person=person(key), ended_on__isnull=True)
    return sorted(
        f"{row.school_class.school.joining_key} {row.school_class.label} {row.school_class.year}"
        for row in rows.select_related("school_class__school")
    )


def schools_of(key: str) -> list[str]:
    """The keys of the schools that someone is attached to now."""
    rows = Attachment.objects.filter(person=person(key), ended_on__isnull=True)
    return sorted(rows.values_list("school__joining_key", flat=True))


def roles_of(run: FeedRun) -> set[tuple[str, str, str]]:
    """What a run says of its schools: (key, part, role)."""
    return set(run.schools.values_list("school__joining_key", "part", "role"))


def changes(run: FeedRun) -> dict[str, dict[str, int]]:
    """What a run did, by kind, but for what is unchanged; empty where it did nothing."""
    done: dict[str, dict[str, int]] = {}
    for kind, numbers in run.counts.items():
        said = {action: n for action, n in numbers.items() if n and action != "unchanged"}
        if said:
            done[kind] = said
    return done


def parked_of(run: FeedRun) -> FeedRun:
    """The one run that waits, taken from this one."""
    return run.children.get(state="parked")


def fields(school: School, *names: str) -> dict[str, Any]:
    school.refresh_from_db()
    return {name: getattr(school, name) for name in names}
