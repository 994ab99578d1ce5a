"""A director sends ONDE's files: a dry run first, its files kept a day, then for good."""

import time
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from core.models import Job, JobState
from feeds import tasks
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.services import send, uploads
from tests.admin_console.worlds import (
    academy_admin,
    children,
    director_of,
    fed_school,
    platform_admin,
    sent,
)
from tests.directory.worlds import school_world
from tests.feeds.csvs import Child, a_csv
from tests.schools.factories import AcademyFactory, SchoolFactory

pytestmark = pytest.mark.django_db
SEND = "/administration/alimentations/envoyer/"


def a_file(name: str = "eleves.csv", content: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def received(job: Job) -> Job:
    """The job once a worker has taken its message."""
    tasks.import_upload.task(str(job.uuid))
    job.refresh_from_db()
    return job


def dry_run(client, path: Path, **told) -> FeedRun:
    """The run of the files of a folder, sent and tried."""
    answer = client.post(SEND, {"files": sent(path), **told})
    job = received(Job.objects.get(uuid=answer["Location"].strip("/").split("/")[-1]))
    assert job.state == JobState.DONE
    return FeedRun.objects.get(pk=job.result["run"])


def test_files_that_are_sent_are_tried_and_change_nothing(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    run = dry_run(
        as_person(fed.director), a_csv(tmp_path, pupils=[*children(12), Child("Zébulon", label="CP A")])
    )
    assert (run.state, run.school, run.by) == (RunState.DRY, fed.school, fed.director.uuid)
    assert run.counts["pupils"]["created"] == 1
    assert not User.objects.filter(first_name="Zébulon").exists()


def test_a_tried_file_is_applied_for_good_without_being_sent_again(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    client = as_person(fed.director)
    run = dry_run(client, a_csv(tmp_path, pupils=[*children(12), Child("Zébulon", label="CP A")]))
    apply = reverse("console:apply", args=[run.uuid])
    assert apply in client.get(reverse("console:run", args=[run.uuid])).text
    assert "Appliquer pour de bon" in client.get(apply).text
    answer = client.post(apply)
    again = client.post(apply)
    assert answer["Location"] == again["Location"]  # pressed twice: one job
    job = received(Job.objects.get(state=JobState.QUEUED))
    assert FeedRun.objects.get(pk=job.result["run"]).state == RunState.APPLIED
    assert User.objects.filter(first_name="Zébulon").exists()
    # applied: the files are gone, and the trial's page offers it no more
    assert default_storage.listdir(uploads.FOLDER)[0] == []
    assert apply not in client.get(reverse("console:run", args=[run.uuid])).text
    late = client.post(apply)
    assert late.status_code == 409
    assert "ne sont plus gardés" in late.text


def test_what_a_colleague_tried_may_be_applied_by_another_administrator(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    run = dry_run(as_person(fed.director), a_csv(tmp_path, pupils=children(12)))
    apply = reverse("console:apply", args=[run.uuid])
    assert as_person(director_of(SchoolFactory(academy=fed.school.academy))).post(apply).status_code == 404
    assert as_person(academy_admin(fed.school.academy)).post(apply).status_code == 302


def test_files_are_forgotten_after_a_day(tmp_path: Path, as_person, monkeypatch) -> None:
    fed = fed_school(tmp_path)
    client = as_person(fed.director)
    run = dry_run(client, a_csv(tmp_path, pupils=children(12)))
    assert uploads.forget_old() == 0
    assert send.kept_job(run) is not None
    present = time.time()
    monkeypatch.setattr(uploads.time, "time", lambda: present + uploads.KEPT_FOR.total_seconds() + 60)
    assert uploads.forget_old() == 1
    assert send.kept_job(run) is None
    assert "ne sont plus gardés" in client.get(reverse("console:run", args=[run.uuid])).text


def test_a_trial_that_is_refused_keeps_no_file(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    run = dry_run(as_person(fed.director), a_csv(tmp_path, pupils=children(2)))
    assert run.state == RunState.REFUSED
    assert default_storage.listdir(uploads.FOLDER)[0] == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "aucun n’a été reçu"),
        ([("eleves.pdf", b"x")], "n’est pas un fichier d’ONDE"),
        ([("eleves.csv", b"x"), ("eleves.csv", b"y")], "envoyé deux fois"),
        ([("eleves.csv", b"")], "Ce fichier est vide"),
        ([(f"{n}.csv", b"x") for n in range(5)], "4 au plus"),
    ],
)
def test_files_that_cannot_be_taken_are_said_and_what_was_chosen_stays(files, said: str, as_person) -> None:
    schools = SchoolFactory.create_batch(2)
    client = as_person(director_of(*schools))
    told = {"files": [a_file(*each) for each in files], "school": schools[1].uuid, "year": "2026"}
    answer = client.post(SEND, told)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'<option value="{schools[1].uuid}" selected>' in answer.text
    assert '<option value="2026" selected>' in answer.text
    assert not Job.objects.exists()


def test_files_too_big_are_refused(as_person, settings) -> None:
    settings.CARTABLE_FEED_UPLOAD_BYTES = 3_000_000
    answer = as_person(school_world().director).post(SEND, {"files": [a_file(content=b"x" * 3_000_001)]})
    assert answer.status_code == 422
    assert "dépassent 3\u00a0Mo" in answer.text


def test_a_school_of_another_is_not_to_be_chosen(as_person) -> None:
    mine, other = SchoolFactory.create_batch(2), SchoolFactory()
    client = as_person(director_of(*mine))
    assert str(other.uuid) not in client.get(SEND).text
    answer = client.post(SEND, {"files": [a_file()], "school": other.uuid})
    assert answer.status_code == 422
    assert "Choisissez une école de la liste" in answer.text
    assert client.post(SEND, {"files": [a_file()], "school": mine[0].uuid}).status_code == 302


def test_among_many_schools_one_is_named_by_its_uai(as_person) -> None:
    academy = AcademyFactory()
    schools = SchoolFactory.create_batch(32, academy=academy)
    client = as_person(academy_admin(academy))
    assert "UAI de l’école" in client.get(SEND).text
    stranger = SchoolFactory()
    wrong = client.post(SEND, {"files": [a_file()], "school": stranger.uai})
    assert wrong.status_code == 422
    assert f"«\u00a0{stranger.uai}\u00a0»" in wrong.text
    right = client.post(SEND, {"files": [a_file()], "school": schools[3].uai.lower()})
    assert right.status_code == 302
    assert Job.objects.get().school == schools[3].uuid


def test_a_platform_without_any_school_has_nothing_to_send_to(as_person) -> None:
    client = as_person(platform_admin())
    assert "Aucune école à alimenter" in client.get(SEND).text
    assert client.post(SEND, {"files": [a_file()]}).status_code == 422


def test_who_administers_nothing_sends_nothing(as_person) -> None:
    world = school_world()
    assert as_person(world.classes[0].teacher).post(SEND, {"files": [a_file()]}).status_code == 404
    assert as_person(world.director).post(SEND, {"files": [a_file()]}).status_code == 302


def test_a_file_that_cannot_be_read_tells_what_to_do_and_leads_to_its_report(as_person) -> None:
    world = school_world()
    client = as_person(world.director)
    answer = client.post(SEND, {"files": [a_file(content=b"%PDF-1.7 nothing of a CSV")]})
    job = received(Job.objects.get())
    assert job.state == JobState.FAILED
    told = client.get(answer["Location"]).text
    assert job.problem["title"] in told
    assert "Envoyer d’autres fichiers" in told
    assert reverse("console:run", args=[FeedRun.objects.get().uuid]) in told


def test_a_school_asked_for_by_the_address_is_chosen(as_person) -> None:
    schools = SchoolFactory.create_batch(2)
    told = as_person(director_of(*schools)).get(SEND, {"ecole": schools[1].uuid, "annee": "2026"}).text
    assert f'<option value="{schools[1].uuid}" selected>' in told
    assert '<option value="2026" selected>' in told
