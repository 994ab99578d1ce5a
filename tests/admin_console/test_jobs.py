"""A job followed by whoever asked for it; a whole story with a real worker."""

import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.models import Job, JobState, progress_key
from feeds.enums import RunState
from feeds.models import FeedRun
from tests.admin_console.worlds import children, fed_school, sent, some_run
from tests.directory.worlds import school_world
from tests.feeds.csvs import Child, a_csv

HTMX = {"HX-Request": "true"}


def a_job(person, **told) -> Job:
    return Job.objects.create(
        **{"name": "feeds.apply", "label": "Application", "actor": person.uuid, "clock_shift": "0", **told}
    )


@pytest.mark.django_db
def test_a_job_under_way_says_its_step_and_how_far_it_is(as_person) -> None:
    person = school_world().director
    job = a_job(person, state=JobState.RUNNING)
    cache.set(progress_key(job.uuid), {"label": "Rapprochement", "done": 1500, "total": 3000}, 60)
    address = reverse("console:job", args=[job.uuid])
    told = as_person(person).get(address).text
    assert "Rapprochement" in told
    assert "50\u00a0% · 1\u202f500 sur 3\u202f000" in told
    assert f'hx-get="{address}"' in told
    part = as_person(person).get(address, headers=HTMX)
    assert "<html" not in part.text
    assert "HX-Request" in part["Vary"]


@pytest.mark.django_db
def test_nobody_follows_another_s_job(as_person) -> None:
    here, there = school_world(), school_world()
    address = reverse("console:job", args=[a_job(here.director).uuid])
    assert as_person(here.director).get(address).status_code == 200
    assert as_person(there.director).get(address).status_code == 404


@pytest.mark.django_db
def test_a_job_that_is_done_leads_to_its_report(as_person) -> None:
    world = school_world()
    run = some_run(world.school)
    job = a_job(world.director, state=JobState.DONE, result={"run": run.pk})
    address, report = reverse("console:job", args=[job.uuid]), reverse("console:run", args=[run.uuid])
    client = as_person(world.director)
    assert client.get(address)["Location"] == report
    assert client.get(address, headers=HTMX)["HX-Redirect"] == report


@pytest.mark.django_db
def test_a_job_that_did_not_succeed_says_why_and_what_to_do(as_person) -> None:
    person = school_world().director
    problem = {"title": "Ces fichiers sont d’une autre année.", "detail": "Vérifiez l’année."}
    job = a_job(person, state=JobState.REFUSED, problem=problem)
    address = reverse("console:job", args=[job.uuid])
    client = as_person(person)
    assert client.get(address, headers=HTMX)["HX-Refresh"] == "true"
    told = client.get(address).text
    assert problem["title"] in told
    assert problem["detail"] in told


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "said"), [("done", "Opération terminée"), ("cancelled", "Opération annulée")]
)
def test_a_job_without_a_run_says_its_end(state: str, said: str, as_person) -> None:
    person = school_world().director
    job = a_job(person, state=state, finished_at="2026-09-21T07:00:00Z")
    assert said in as_person(person).get(reverse("console:job", args=[job.uuid])).text


def _followed(client, address: str) -> str:
    """Asks as the page does until it is led elsewhere; answers where."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        answer = client.get(address, headers=HTMX)
        if "HX-Redirect" in answer:
            return str(answer["HX-Redirect"])
        assert "HX-Refresh" not in answer, client.get(address).text
        time.sleep(0.3)
    raise AssertionError("the worker took nothing")


@pytest.mark.django_db(transaction=True)
def test_files_sent_by_a_director_are_tried_then_applied_by_a_real_worker(
    tmp_path: Path, as_person, worker
) -> None:
    fed = fed_school(tmp_path)
    client = as_person(fed.director)
    path = a_csv(tmp_path, pupils=[*children(12), Child("Zoé", label="CP A")])
    followed = client.post(reverse("console:send"), {"files": sent(path)})["Location"]
    report = _followed(client, followed)
    told = client.get(report).text
    assert "MARTIN Zoé" in told
    run = FeedRun.objects.get(state=RunState.DRY)
    applied = _followed(client, client.post(reverse("console:apply", args=[run.uuid]))["Location"])
    assert "Appliquée le" in client.get(applied).text
    assert "13 élèves" in client.get(reverse("console:index")).text
