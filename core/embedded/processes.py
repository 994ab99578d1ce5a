"""Several programs run as one: started together, ended together, whatever ends first.

Each runs in a session of its own, so that Ctrl-C in the terminal reaches this process alone, which
ends them in order: the last started first, so that nothing is queued for a worker that is gone.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from core.errors import DomainError

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Program:
    """A Python module to run (`python -m …`); its output goes to `<logs>/<name>.log`."""

    name: str
    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    patience: float = 10.0  # seconds it may take to end


class EndedTooSoon(DomainError):
    """A program stopped by itself."""

    code = "program-ended"
    sentence = "Un programme s’est arrêté."


class Ended(BaseException):
    """Someone asked to stop (Ctrl-C, a closed terminal, `kill`)."""


class _Signals:
    """Whether an ending signal may cut the main thread now, and whether one waits."""

    held = False
    asked = False


@contextmanager
def stoppable() -> Iterator[None]:
    """Within the block the first ending signal raises `Ended`; what follows it is let finish."""
    former = {number: signal.getsignal(number) for number in ENDING}
    if former[signal.SIGHUP] == signal.SIG_IGN:
        del former[signal.SIGHUP]  # nohup: a closed terminal is no reason

    def end(number: int, frame: FrameType | None) -> None:
        for each in former:
            signal.signal(each, signal.SIG_IGN)
        _Signals.asked = True
        if not _Signals.held:
            raise Ended()

    for number in former:
        signal.signal(number, end)
    try:
        yield
    finally:
        _Signals.asked = False
        for number, handler in former.items():
            signal.signal(number, handler)


@contextmanager
def _uncut() -> Iterator[None]:
    """An ending signal waits for the end of the block: a child that starts must be known to be ended."""
    _Signals.held = True
    try:
        yield
    finally:
        _Signals.held = False
    if _Signals.asked:
        raise Ended()


class Programs:
    """Programs under way; `stop` ends them all."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._running: list[tuple[Program, subprocess.Popen[bytes]]] = []

    def start(self, program: Program) -> None:
        self._logs.mkdir(parents=True, exist_ok=True)
        with self.log(program).open("wb") as output, _uncut():
            child = subprocess.Popen(
                [*_bound_to_us(), sys.executable, "-m", *program.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                env=os.environ | program.environment,
            )
            self._running.append((program, child))

    def log(self, program: Program) -> Path:
        return self._logs / f"{program.name}.log"

    def watch(self, until: Callable[[], bool] = lambda: False, every: float = 0.2) -> None:
        """Waits until `until` says so. Raises `EndedTooSoon` when a program stops first."""
        while not until():
            for program, child in self._running:
                if child.poll() is not None:
                    raise EndedTooSoon(
                        f"Le programme « {program.name} » s’est arrêté.",
                        remedy=f"Son journal dit pourquoi : {self.log(program)}",
                        program=program.name,
                    )
            time.sleep(every)

    def stop(self) -> None:
        """Ends every program, the last started first; kills what does not end in time."""
        for program, child in reversed(self._running):
            child.terminate()
            try:
                child.wait(program.patience)
            except subprocess.TimeoutExpired:
                _kill_session(child.pid)
                child.wait()
        self._running.clear()


def _bound_to_us() -> list[str]:
    """Where the system can, a child is told to end when we are killed outright."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _kill_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
