"""A feed killed in the middle leaves nothing (design, §5), wherever the middle is."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from core.locks import Lock, take
from feeds.models import FeedRun
from feeds.services import alive
from tests.feeds.seen import ITSELF
from tests.feeds.sets import a_set, feed, is_known, pupil, pupils_of, staff
from tests.feeds.whole import differences, staged, whole
from tests.plugins.servers import valkey_url

STEPS = [
    "schools.services.put.put_schools",
    "accounts.services.bulk.create_accounts",
    "accounts.services.bulk.update_accounts",
    "directory.services.attach.attach",
    "feeds.apply.turn_schools",
    "directory.services.attach.open_classes",
    "directory.services.opening.open_groups",
    "directory.services.attach.attach_to_classes",
    "directory.services.attach.tie",
    "accounts.services.bulk.mark_absent",
    "directory.services.attach.name_heads",
    "feeds.services.park.park_apart",
    "feeds.apply.supersede",
    "feeds.report.note_schools",
    "feeds.plan.plan",
    "feeds.check.check",
]


@pytest.mark.django_db
@pytest.mark.parametrize("step", STEPS)
def test_a_feed_that_breaks_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(4, year=2025, relatives=["R1"]), staff=[staff("S1")]))
    before = whole(but=ITSELF)

    def broken(*arguments: Any, **named: Any) -> None:
        raise RuntimeError("the disk is full")

    next_year = a_set(
        tmp_path,
        "2026-09-15",
        pupils=[*pupils_of(3, relatives=["R2"]), pupil("P9", "B")],
        staff=[staff("S1", heads=["A"]), staff("S2", "B")],
    )
    with monkeypatch.context() as patched:
        patched.setattr(step, broken)
        with pytest.raises(RuntimeError) as raised:
            feed(next_year)
    run: FeedRun = raised.value.run  # type: ignore[attr-defined]
    assert run.state == "failed"
    assert "Relancez" in run.refusal["detail"]
    assert differences(before, whole(but=ITSELF)) == {}
    assert not FeedRun.objects.filter(state__in=["running", "parked"]).exists()
    assert staged() == []
    assert feed(next_year, on="2026-09-16").state == "applied"


@pytest.mark.django_db
def test_a_feed_stopped_by_hand_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*arguments: Any, **named: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("directory.services.attach.tie", stopped)
    with pytest.raises(KeyboardInterrupt):
        feed(a_set(tmp_path, pupils=pupils_of(3)))
    assert FeedRun.objects.get().state == "failed"
    assert not is_known("P1")
    assert staged() == []


@pytest.mark.django_db
def test_a_run_without_a_sign_of_life_is_marked_failed_by_the_next(tmp_path: Path) -> None:
    killed = FeedRun.objects.create(source="AAF1D", started_at="2026-09-01T10:00:00Z")
    with connection.cursor() as cursor:
        cursor.execute(f'create schema "{killed.schema}"')
    feed(a_set(tmp_path, pupils=pupils_of(1)))
    killed.refresh_from_db()
    assert killed.state == "failed"
    assert "interrompue" in killed.refusal["title"]
    assert staged() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "process"), [("", os.getpid()), ("elsewhere", 999_999_999)], ids=["here", "elsewhere"]
)
def test_a_run_that_gives_signs_of_life_is_left_at_work(tmp_path: Path, host: str, process: int) -> None:
    other = FeedRun.objects.create(source="AAF1D", started_at="2026-09-01T10:00:00Z")
    cache.set(f"feed-run-alive:{other.pk}", f"{host or alive.socket.gethostname()}:{process}", 60)
    feed(a_set(tmp_path, pupils=pupils_of(1)))
    other.refresh_from_db()
    assert other.state == "running"


@pytest.mark.django_db
def test_a_run_gives_signs_of_life_until_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alive, "BEAT", 0.01)
    seen: list[bool] = []

    def look(*arguments: Any, **named: Any) -> None:
        run = FeedRun.objects.get()
        cache.delete(f"feed-run-alive:{run.pk}")
        time.sleep(0.1)
        seen.append(alive.was_killed(run.pk))

    monkeypatch.setattr("feeds.apply.supersede", look)
    run = feed(a_set(tmp_path, pupils=pupils_of(1)))
    assert seen == [False]
    assert alive.was_killed(run.pk)


def started(path: Path) -> subprocess.Popen[bytes]:
    """`manage.py import_feed` on the tests' database, in a process of its own."""
    described = settings.DATABASES["default"]
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{described['USER']}@/{described['NAME']}?host={described['HOST']}",
        "REDIS_URL": valkey_url(0),
        "CARTABLE_NOW": "2026-09-16T12:00:00",
    }
    command = [sys.executable, "manage.py", "import_feed", "aaf1d", str(path)]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=settings.BASE_DIR
    )


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where locktype = 'advisory' and not granted)")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_feed_killed_while_it_applies_leaves_nothing_and_the_next_one_says_so(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(3)))
    before = whole(but=ITSELF)
    path = a_set(tmp_path, "2026-09-16", pupils=pupils_of(5))
    with transaction.atomic():
        take((Lock.LOGINS, 0))  # it stops where it gives logins, all before it written
        process = started(path)
        deadline = time.monotonic() + 60
        while not waits_for_a_lock():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
    killed = FeedRun.objects.latest("pk")
    assert killed.state == "running"
    assert staged() == [killed.schema]
    deadline = time.monotonic() + 30
    while waits_for_a_lock() or _others_in_transaction():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert differences(before, whole(but=ITSELF)) == {}
    run = feed(path, on="2026-09-16")
    assert run.state == "applied"
    assert is_known("P5")
    killed.refresh_from_db()
    assert killed.state == "failed"
    assert staged() == []


def _others_in_transaction() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid() and xact_start is not null)"
        )
        return bool(cursor.fetchone()[0])
