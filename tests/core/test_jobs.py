"""Background acts: who may start them, what is written of them, what a lost or doubled message does."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.db import connection

from core import clock, jobs
from core.jobs import NotAllowed
from core.models import Job, JobState
from tests.core import jobs_of_tests as kinds

pytestmark = pytest.mark.django_db


@dataclass
class Person:
    may: bool = True
    uuid: UUID = field(default_factory=uuid4)


def _received(job: Job, kind: jobs.JobKind) -> Job:
    """The job as it is once a worker has taken its message."""
    kind.task(str(job.uuid))
    job.refresh_from_db()
    return job


def test_a_job_runs_in_its_asker_s_name_and_keeps_what_it_answered() -> None:
    someone = Person()
    job = _received(kinds.count.start(by=someone, upto=3), kinds.count)
    assert (job.actor, job.state, job.label) == (someone.uuid, JobState.DONE, "Compter")
    assert job.result == {"counted": 3, "today": clock.today().isoformat()}
    assert job.finished
    assert job.started_at <= job.finished_at


def test_who_may_not_start_it_starts_nothing() -> None:
    with pytest.raises(NotAllowed):
        kinds.count.start(by=Person(may=False), upto=3)
    assert not Job.objects.exists()


def test_what_is_left_to_the_system_nobody_starts() -> None:
    with pytest.raises(NotAllowed):
        kinds.refuse.start(by=Person())
    assert kinds.refuse.start(by=None).actor is None


def test_a_message_leaves_only_once_the_transaction_is_committed(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        kinds.count.start(by=None, upto=1)
    assert len(callbacks) == 1


def test_a_message_received_twice_runs_once() -> None:
    job = _received(kinds.count.start(by=None, upto=3), kinds.count)
    ended = job.finished_at
    assert _received(job, kinds.count).finished_at == ended


def test_progress_is_readable_while_the_act_s_transaction_is_open() -> None:
    job = _received(kinds.look.start(by=None), kinds.look)
    assert job.result == {"seen": {"label": "À mi-chemin", "done": 0, "total": 10}, "percent": 0}
    assert job.progress == {}
    assert job.percent is None


@pytest.mark.parametrize(
    ("kind", "state", "title"),
    [
        (kinds.refuse, JobState.REFUSED, "Trop de départs."),
        (kinds.fail, JobState.FAILED, "Fichier illisible."),
    ],
)
def test_a_domain_error_is_kept_in_the_words_of_a_page(kind, state, title) -> None:
    job = _received(kind.start(by=None), kind)
    assert (job.state, job.problem["title"]) == (state, title)


def test_a_bug_is_written_down_without_its_entrails_and_still_raised() -> None:
    job = kinds.crash.start(by=None)
    with pytest.raises(RuntimeError):
        kinds.crash.task(str(job.uuid))
    job.refresh_from_db()
    assert (job.state, job.problem["title"]) == (JobState.FAILED, "L’opération n’a pas abouti.")


def test_a_job_cancelled_while_it_waits_does_nothing() -> None:
    job = kinds.count.start(by=None, upto=3)
    jobs.cancel(job)
    assert _received(job, kinds.count).state == JobState.CANCELLED


def test_a_job_cancelled_while_it_runs_stops_at_its_next_progress(monkeypatch) -> None:
    monkeypatch.setattr(jobs, "PROGRESS_EVERY", 0.0)
    job = kinds.count.start(by=None, upto=3)
    running = Job.objects.get(pk=job.pk)
    running.state = JobState.RUNNING
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    jobs.cancel(running)
    Job.objects.filter(pk=job.pk).update(cancel_asked=False)  # asked after the worker had read the row
    ended = _received(job, kinds.count)
    assert (ended.state, ended.result) == (JobState.CANCELLED, None)


def test_the_rehearsed_clock_travels_with_the_job() -> None:
    with clock.at(datetime(2027, 9, 1, 8, tzinfo=UTC)):
        job = kinds.count.start(by=None, upto=1)
    assert _received(job, kinds.count).result["today"] == "2027-09-01"


def test_a_job_whose_message_was_lost_is_sent_again(monkeypatch) -> None:
    sent: list[Job] = []
    monkeypatch.setattr(jobs.JobKind, "send", lambda self, job: sent.append(job))
    lost, recent = kinds.count.start(by=None, upto=1), kinds.count.start(by=None, upto=1)
    done = _received(kinds.count.start(by=None, upto=1), kinds.count)
    with connection.cursor() as cursor:
        cursor.execute(
            "update core_job set created_at = now() - interval '1 hour' where id = any(%s)",
            [[lost.pk, done.pk]],
        )
    assert jobs.resend_forgotten() == 1
    assert sent == [lost]
    assert recent not in sent


def test_a_job_long_finished_is_forgotten_one_of_the_system_sooner(monkeypatch) -> None:
    of_a_person = _received(kinds.count.start(by=Person(), upto=1), kinds.count)
    of_the_system = _received(kinds.count.start(by=None, upto=1), kinds.count)
    waiting = kinds.count.start(by=None, upto=1)

    def left_after(days: int) -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "update core_job set finished_at = now() - make_interval(days => %s) where finished_at is not null",
                [days],
            )
        jobs.forget_finished()
        return set(Job.objects.values_list("pk", flat=True))

    assert left_after(6) == {of_a_person.pk, of_the_system.pk, waiting.pk}
    assert left_after(8) == {of_a_person.pk, waiting.pk}
    assert left_after(91) == {waiting.pk}


def test_the_schedule_s_message_writes_its_job_down_by_itself() -> None:
    kinds.fail.task()
    assert Job.objects.get().state == JobState.FAILED


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_json_cannot_hold_is_a_failure_not_a_job_that_runs_for_ever() -> None:
    job = kinds.unwritable.start(by=None)
    with pytest.raises(TypeError):
        kinds.unwritable.task(str(job.uuid))
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_two_jobs_of_one_name_are_a_mistake_of_the_code() -> None:
    with pytest.raises(ValueError, match=r"tests\.count"):
        jobs.job("tests.count", label="Encore")(lambda progress: None)


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_takes_the_message_and_keeps_the_clock(worker) -> None:
    with clock.at(datetime(2027, 9, 1, 8, tzinfo=UTC)):
        kinds.what_day.delay()
        job = kinds.count.start(by=None, upto=5)
    deadline = time.monotonic() + timedelta(seconds=40).total_seconds()
    while not job.finished and time.monotonic() < deadline:
        time.sleep(0.1)
        job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"counted": 5, "today": "2027-09-01"})
    assert cache.get("tests.what_day") == "2027-09-01"
