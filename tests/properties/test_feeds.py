"""Whatever an academy sends, in whatever order: the lasting rules hold, twice is once, undone is as before."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, currently_in_test_context, event, given, settings

from core import clock, invariants
from feeds.models import FeedRun, RunSchool
from feeds.services.undo_run import undo_run
from tests.feeds.seen import ITSELF, changes
from tests.feeds.sets import feed, noon
from tests.feeds.whole import Whole, differences, whole
from tests.properties.academies import SetTold, sets

pytestmark = pytest.mark.django_db
REST = (*ITSELF, "rollover_turnover", "core_auditentry")
FORGOTTEN = """
    select u.joining_key from accounts_user u
    where u.profile <> 'RELATIVE' and u.absent_since is null
      and not exists (select from directory_attachment a where a.person_id = u.id and a.ended_on is null)
    union all
    select u.joining_key from accounts_user u
    where u.profile = 'RELATIVE' and u.absent_since is null and not exists (
      select from directory_guardianship g join accounts_user c on c.id = g.pupil_id
      where g.relative_id = u.id and g.ended_on is null and c.absent_since is null)
    union all
    select u.joining_key from accounts_user u
    where u.profile = 'RELATIVE' and u.absent_since is not null and exists (
      select from directory_guardianship g join accounts_user c on c.id = g.pupil_id
      where g.relative_id = u.id and g.ended_on is null and c.absent_since is null)
"""


def times(number: int) -> int:
    """So many academies in a usual run; CARTABLE_EXAMPLES times more."""
    return number * int(os.environ.get("CARTABLE_EXAMPLES", "1"))


def examples(number: int) -> Callable[[Any], Any]:
    """`number` academies, each in a transaction of its own that is rolled back."""
    return settings(
        max_examples=times(number),
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


#: Marks that schools of a dozen pupils pass now and then.
LOW = {
    "CARTABLE_FEED_SCHOOL_MARK": (0.30, 1),
    "CARTABLE_FEED_OPENING_MARK": (0.60, 1),
    "CARTABLE_FEED_SET_MARK": (0.30, 4),
    "CARTABLE_FEED_TURNING_MARK": (0.50, 4),
}


@contextmanager
def a_new_instance() -> Iterator[None]:
    """Nobody and nothing yet; all of it is taken back at the end. What was reached is told as statistics."""
    with override_settings(**LOW), transaction.atomic():
        yield
        if currently_in_test_context():
            for run in FeedRun.objects.all():
                event(f"{run.state} {run.cause}".strip())
            for role in set(RunSchool.objects.values_list("role", flat=True)):
                event(f"school {role}")
        transaction.set_rollback(True)


def forgotten() -> list[str]:
    """Whoever is neither somewhere nor on their way out, and relatives whose state is not their children's."""
    with connection.cursor() as cursor:
        cursor.execute(FORGOTTEN)
        return [key for (key,) in cursor.fetchall()]


def fed(folder: Path, told: SetTold) -> FeedRun:
    run = feed(told.write(folder), accept_departures=told.accept)
    assert run.state in {"applied", "refused"}
    return run


@examples(3)
@given(year=sets())
def test_the_lasting_rules_hold_after_each_feed(tmp_path: Path, year: list[SetTold]) -> None:
    with a_new_instance():
        for told in year:
            fed(tmp_path, told)
            assert invariants.run_all() == []
            assert forgotten() == []


@examples(3)
@given(year=sets())
def test_the_same_set_twice_changes_nothing(tmp_path: Path, year: list[SetTold]) -> None:
    with a_new_instance():
        for told in year:
            path = told.write(tmp_path)
            run = feed(path, accept_departures=told.accept)
            before = whole(but=ITSELF)
            again = feed(path, accept_departures=told.accept)
            assert differences(before, whole(but=ITSELF)) == {}
            if run.state == "applied":
                assert changes(again) == {}


@examples(3)
@given(year=sets())
def test_a_dry_run_changes_nothing_and_tells_what_the_feed_then_does(
    tmp_path: Path, year: list[SetTold]
) -> None:
    with a_new_instance():
        for told in year:
            path = told.write(tmp_path)
            before = whole(but=ITSELF)
            dry = feed(path, accept_departures=told.accept, dry_run=True)
            assert differences(_but_academy(before), _but_academy(whole(but=ITSELF))) == {}
            run = feed(path, accept_departures=told.accept)
            assert dry.counts == run.counts
            assert [row.message for row in dry.anomalies.all()] == [
                row.message for row in run.anomalies.all()
            ]


@examples(3)
@given(year=sets())
def test_undone_one_after_the_other_runs_leave_what_was_there_before_each(
    tmp_path: Path, year: list[SetTold]
) -> None:
    with a_new_instance():
        states: list[tuple[FeedRun, Whole]] = []
        for told in year:
            before = whole(but=REST)
            run = fed(tmp_path, told)
            if run.state == "applied":
                states.append((run, before))
        for run, before in reversed(states):
            with clock.at(noon("2027-10-01")):
                undo_run(run=run)
            _release_all()
            assert differences(_but_academy(before), _but_academy(whole(but=REST))) == {}
            assert invariants.run_all() == []


def _release_all() -> None:
    """Schools held after an undone turnover, which the next undo takes as it finds them."""
    with connection.cursor() as cursor:
        cursor.execute("update schools_school set held_at = null")


def _but_academy(found: Whole) -> Whole:
    """The academy and its districts, which the first set makes and no undo takes away."""
    return {
        table: rows for table, rows in found.items() if table not in {"schools_academy", "schools_district"}
    }
