"""Progress shown by a command: a bar on a terminal, plain lines elsewhere, nothing under `--json`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from core.progress import SILENT, Progress

LINE_EVERY = 10.0  # seconds between two plain lines of one step


@contextmanager
def shown(stream: IO[str], *, quiet: bool = False) -> Iterator[Progress]:
    """A `Progress` that writes to `stream` for the time of the block."""
    if quiet:
        yield SILENT
    elif stream.isatty():
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Bars(*columns, TimeElapsedColumn(), console=Console(file=stream)) as bars:
            yield _Terminal(bars)
    else:
        yield _Lines(stream)


class _Terminal:
    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task = bars.add_task("", visible=False)

    def step(self, label: str, total: int | None = None) -> None:
        self._settle()
        self._task = self._bars.add_task(label, total=total)

    def advance(self, count: int = 1) -> None:
        self._bars.advance(self._task, count)

    def _settle(self) -> None:
        """A step that another follows is done, whatever its length was."""
        task = self._bars.tasks[-1]
        self._bars.update(task.id, total=task.completed or 1, completed=task.completed or 1)
        self._bars.stop_task(task.id)


class _Lines:
    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._label, self._done, self._next = "", 0, 0.0
        self._total: int | None = None

    def step(self, label: str, total: int | None = None) -> None:
        self._label, self._done, self._total = label, 0, total
        self._say(f"{label} …")

    def advance(self, count: int = 1) -> None:
        self._done += count
        if time.monotonic() >= self._next:
            of = f" / {self._total}" if self._total else ""
            self._say(f"{self._label} : {self._done}{of}")

    def _say(self, line: str) -> None:
        self._next = time.monotonic() + LINE_EVERY
        self._stream.write(line + "\n")
        self._stream.flush()
