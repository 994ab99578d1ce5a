"""Two acts on one academy at once (design, §5): one waits for the other, and reads what it wrote."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection

from accounts.models import User
from accounts.services import lifecycle
from core import clock
from core.locks import Busy
from core.locks import take as really_take
from directory.models import Detachment
from directory.services.detach import detach
from feeds.errors import CannotUndo
from feeds.models import FeedRun
from feeds.services import run_set
from feeds.services.undo_run import undo_run
from tests.directory.factories import AdministratorFactory
from tests.feeds.csvs import Child, Parent, a_csv, feed_csv
from tests.feeds.seen import changes, classes_of, schools_of
from tests.feeds.sets import a_set, feed, noon, person, pupil, pupils_of, school, school_of, staff
from tests.feeds.whole import staged

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30.0


class Act(threading.Thread):
    """An act in a thread with a connection of its own; keeps what it answered or raised."""

    def __init__(self, act: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._act = act
        self.answer: Any = None
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self.answer = self._act()
        except Exception as error:
            self.error = error
        finally:
            connection.close()

    def end(self) -> Any:
        self.join(PATIENCE)
        assert not self.is_alive()
        if self.error is not None:
            raise self.error
        return self.answer


class Gate:
    """Stops the first feed that comes to apply its plan, until it is opened; others pass."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def __call__(self, *arguments: Any) -> None:
        if not self.reached.is_set():
            self.reached.set()
            assert self.opened.wait(PATIENCE)
        self._plain(*arguments)

    _plain = staticmethod(run_set.apply.apply)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    stopping = Gate()
    monkeypatch.setattr(run_set.apply, "apply", stopping)
    yield stopping
    stopping.opened.set()


def soon(fact: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from pg_locks where not granted)")
        return bool(cursor.fetchone()[0])


@contextmanager
def first_stopped(gate: Gate, act: Callable[[], Any]) -> Iterator[Act]:
    """The first act has planned and is about to write; it goes on at the end of the block."""
    first = Act(act)
    soon(lambda: gate.reached.is_set() or not first.is_alive())
    assert first.error is None
    yield first
    gate.opened.set()


def test_of_two_imports_of_one_academy_one_waits_and_finds_nothing_to_do(tmp_path: Path, gate: Gate) -> None:
    path = a_set(tmp_path, pupils=pupils_of(5, relatives=["R1"]), staff=[staff("S1")])
    with first_stopped(gate, lambda: feed(path)) as first:
        second = Act(lambda: feed(path, on="2026-09-16"))
        soon(somebody_waits)
    assert first.end().state == "applied"
    run = second.end()
    assert run.state == "applied"
    assert changes(run) == {}
    assert User.objects.count() == 7
    assert staged() == []


def test_the_control_without_the_lock_two_imports_clash(
    tmp_path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed_first = a_set(tmp_path, "2026-09-14", pupils=[pupil("P99")])
    gate.reached.set()
    feed(feed_first)
    gate.reached.clear()
    monkeypatch.setattr("feeds.services.life.take", lambda *keys, **options: None)
    path = a_set(tmp_path, pupils=[pupil("P99"), *pupils_of(5)])
    with first_stopped(gate, lambda: feed(path)) as first:
        assert Act(lambda: feed(path, on="2026-09-16")).end().state == "applied"
    with pytest.raises(IntegrityError):
        first.end()
    assert FeedRun.objects.filter(state="failed").count() == 1


def test_an_import_that_waits_too_long_says_busy_and_leaves_nothing(
    tmp_path: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(*keys: Any, **options: Any) -> None:
        really_take(*keys, timeout_ms=100)

    gate.reached.set()
    feed(a_set(tmp_path, "2026-09-14", pupils=pupils_of(2)))
    gate.reached.clear()
    path = a_set(tmp_path, pupils=pupils_of(5))
    with first_stopped(gate, lambda: feed(path)) as first:
        monkeypatch.setattr("feeds.services.life.take", impatient)
        with pytest.raises(Busy) as raised:
            feed(path, on="2026-09-16")
    assert first.end().state == "applied"
    run = raised.value.run  # type: ignore[attr-defined]
    assert run.state == "failed"
    assert "en cours" in run.refusal["title"]
    assert staged() == []


def test_imports_of_two_academies_do_not_wait_for_one_another(tmp_path: Path, gate: Gate) -> None:
    here = a_set(tmp_path, pupils=[pupil("P1")])
    there = a_set(
        tmp_path, pupils=[pupil("P1", "B")], schools=[school("B", academy="LYON", code="10")], academy="LYON"
    )
    with first_stopped(gate, lambda: feed(here)) as first:
        assert Act(lambda: feed(there)).end().state == "applied"
    assert first.end().state == "applied"


def test_two_csv_that_make_one_school_double_nobody(tmp_path: Path, gate: Gate) -> None:
    child = Child("Léa")
    path = a_csv(
        tmp_path, pupils=[child, Child("Tom", born="2018-05-04")], relatives=[Parent("Anne", (child,))]
    )
    with first_stopped(gate, lambda: feed_csv(path)) as first:
        second = Act(lambda: feed_csv(path))
        soon(somebody_waits)
    assert first.end().state == "applied"
    assert second.end().state == "applied"
    assert User.objects.count() == 3


def test_a_detachment_waits_for_the_import_and_wins(tmp_path: Path, gate: Gate) -> None:
    gate.reached.set()
    feed(a_set(tmp_path, "2026-09-14", staff=[staff("S1"), staff("S2", heads=["A"])]))
    gate.reached.clear()
    head = person("S2")
    AdministratorFactory(person=head, school=school_of("A"))

    def take_out() -> Detachment:
        with clock.at(noon("2026-09-15")):
            return detach(by=head, person=person("S1"), school=school_of("A"))

    path = a_set(tmp_path, staff=[staff("S1", "A", "B"), staff("S2", heads=["A"])])
    with first_stopped(gate, lambda: feed(path)) as first:
        second = Act(take_out)
        soon(somebody_waits)
    assert first.end().state == "applied"
    second.end()
    assert schools_of("S1") == ["B"]


def test_an_undo_waits_for_an_import_that_depends_on_its_run(tmp_path: Path, gate: Gate) -> None:
    gate.reached.set()
    run = feed(a_set(tmp_path, "2026-09-14", pupils=pupils_of(3)))
    gate.reached.clear()
    path = a_set(tmp_path, pupils=pupils_of(4))
    with first_stopped(gate, lambda: feed(path)) as first:
        second = Act(lambda: undo_run(run=run))
        soon(somebody_waits)
    assert first.end().state == "applied"
    with pytest.raises(CannotUndo):
        second.end()
    assert User.objects.count() == 4


def test_an_account_is_not_deleted_while_an_import_restores_it(tmp_path: Path, gate: Gate) -> None:
    gate.reached.set()
    feed(a_set(tmp_path, "2026-05-10", pupils=pupils_of(4, year=2025)))
    feed(a_set(tmp_path, "2026-05-20", pupils=pupils_of(3, year=2025)))
    lifecycle.advance(today=date(2026, 6, 25))
    assert person("P4").pre_deleted_on is not None
    gate.reached.clear()
    path = a_set(tmp_path, "2026-09-01", pupils=pupils_of(4))
    with first_stopped(gate, lambda: feed(path)) as first:
        second = Act(lambda: lifecycle.advance(today=date(2026, 9, 1)))
        soon(somebody_waits)
    assert first.end().state == "applied"
    assert second.end().deleted == 0
    assert person("P4").absent_since is None
    assert classes_of("P4") == ["A CP 2026"]
