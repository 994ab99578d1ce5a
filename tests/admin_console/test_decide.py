"""Two decisions, each after a page that says what will happen: apply what waits, take back what was done."""

from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import User
from core.models import Job, JobState
from feeds import tasks
from feeds.enums import RunState
from tests.admin_console.worlds import (
    academy_admin,
    children,
    director_of,
    fed_school,
    held_run,
    refused_run,
    some_run,
)
from tests.feeds.csvs import a_csv, feed_csv
from tests.feeds.sets import name_of
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db


def address_of(act: str, run) -> str:
    return reverse(f"console:{act}", args=[run.uuid])


def test_the_page_repeats_the_figures_then_the_departures_are_accepted(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    run = refused_run(tmp_path, fed)
    client = as_person(fed.director)
    told = client.get(address_of("apply", run)).text
    assert "10 élèves sur 12" in told
    assert name_of("E3") in told
    assert "accepter 10 départs" in told
    answer = client.post(address_of("apply", run))
    job = Job.objects.get()
    assert answer["Location"] == reverse("console:job", args=[job.uuid])
    tasks.apply.task(str(job.uuid))
    run.refresh_from_db()
    assert (run.state, run.accepted_departures) == (RunState.APPLIED, True)
    assert User.objects.filter(absent_since__isnull=False).count() == 10


def test_records_that_wait_are_applied_by_the_academy(tmp_path: Path, as_person) -> None:
    parked = held_run(tmp_path).children.get(state=RunState.PARKED)
    client = as_person(academy_admin(parked.academy))
    assert "7 personnes sur 20" in client.get(address_of("apply", parked)).text
    client.post(address_of("apply", parked))
    tasks.apply.task(str(Job.objects.get().uuid))
    parked.refresh_from_db()
    assert parked.state == RunState.APPLIED


@pytest.mark.parametrize("act", ["apply", "undo"])
def test_nobody_decides_of_another_school_s_run(act: str, tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    run = refused_run(tmp_path, fed) if act == "apply" else fed.run
    other = director_of(SchoolFactory(academy=fed.school.academy))
    assert as_person(other).post(address_of(act, run)).status_code == 404
    assert not Job.objects.exists()
    assert as_person(fed.director).post(address_of(act, run)).status_code == 302
    assert Job.objects.count() == 1


def test_a_page_to_undo_says_what_it_will_not_touch_then_it_is_undone(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    client = as_person(fed.director)
    told = client.get(address_of("undo", fed.run)).text
    assert "Ce qui n’est pas touché" in told
    assert "Annuler l’alimentation n°" in told
    client.post(address_of("undo", fed.run))
    job = Job.objects.get()
    tasks.undo.task(str(job.uuid))
    job.refresh_from_db()
    assert job.state == JobState.DONE
    fed.run.refresh_from_db()
    assert fed.run.state == RunState.UNDONE


def test_what_a_later_run_depends_on_cannot_be_undone_and_says_why(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    later = feed_csv(a_csv(tmp_path, pupils=children(11)), on="2026-09-16", make=False)
    client = as_person(fed.director)
    told = client.get(address_of("undo", fed.run))
    assert told.status_code == 200
    assert f"n° {later.pk}" in told.text
    assert "data-busy" not in told.text
    assert client.post(address_of("undo", fed.run)).status_code == 409
    assert client.post(address_of("undo", later)).status_code == 302


@pytest.mark.parametrize("state", [RunState.APPLIED, RunState.SUPERSEDED, RunState.UNDONE, RunState.FAILED])
def test_what_waits_for_nothing_is_not_applied(state: RunState, as_person) -> None:
    run = some_run(SchoolFactory(), state)
    told = as_person(director_of(run.school)).get(address_of("apply", run)).text
    assert "n’attend aucune décision" in told
    assert "data-busy" not in told


def test_what_waits_for_nothing_starts_no_job_even_when_asked(as_person) -> None:
    run = some_run(SchoolFactory(), RunState.SUPERSEDED)
    answer = as_person(director_of(run.school)).post(address_of("apply", run))
    assert answer.status_code == 409
    assert not Job.objects.exists()
