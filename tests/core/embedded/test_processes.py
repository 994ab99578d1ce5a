"""Programs started together end together."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.embedded import running
from core.embedded.processes import Ended, EndedTooSoon, Program, Programs, stoppable

LONG = Program("long", ("http.server", "0", "--bind", "127.0.0.1"))
SHORT = Program("short", ("json.tool", "/nowhere"))


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    group = Programs(tmp_path)
    yield group
    group.stop()


def test_stopping_ends_every_program(programs: Programs) -> None:
    programs.start(LONG)
    programs.start(LONG)
    pids = [child.pid for _, child in programs._running]
    assert all(running.alive(pid) for pid in pids)
    programs.stop()
    assert not any(running.alive(pid) for pid in pids)


def test_a_program_that_stops_by_itself_is_named_with_its_log(programs: Programs, tmp_path: Path) -> None:
    programs.start(LONG)
    programs.start(SHORT)
    with pytest.raises(EndedTooSoon, match="short") as told:
        programs.watch()
    assert str(tmp_path / "short.log") in told.value.remedy
    assert "nowhere" in programs.log(SHORT).read_text()


def test_waiting_ends_when_what_is_awaited_comes(programs: Programs) -> None:
    programs.start(LONG)
    rounds = iter([False, False, True])
    programs.watch(until=lambda: next(rounds), every=0.01)
    assert next(rounds, "all asked") == "all asked"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_ending_signal_ends_the_block_once_and_gives_the_handlers_back(number: signal.Signals) -> None:
    # whoever runs the tests may have told them to ignore it (nohup)
    found = signal.signal(number, signal.default_int_handler)
    before = signal.getsignal(number)
    with pytest.raises(Ended), stoppable():
        try:
            signal.raise_signal(number)
        finally:
            signal.raise_signal(number)  # a second Ctrl-C does not cut what is being ended
    assert signal.getsignal(number) == before
    signal.signal(number, found)


def test_a_signal_while_a_program_starts_leaves_no_orphan(programs: Programs, monkeypatch) -> None:
    started: list[int] = []
    popen = subprocess.Popen

    def signalled(*arguments, **options):
        child = popen(*arguments, **options)
        started.append(child.pid)
        signal.raise_signal(signal.SIGINT)
        return child

    monkeypatch.setattr(subprocess, "Popen", signalled)
    with pytest.raises(Ended), stoppable():
        programs.start(LONG)
    programs.stop()
    assert started
    assert not running.alive(started[0])
