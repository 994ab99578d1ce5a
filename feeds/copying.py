"""Rows into COPY's text format, and a process of its own that reads files and copies what they hold.

`python -m feeds.copying` is started by `feeds.stage`: it knows nothing of Django, so it is at work within
a tenth of a second, and may be started by a worker whose own children are forbidden to have any.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from feeds.read.rows import COLUMNS, Anomaly, Batch, Relation

Read = Callable[..., Iterator[Batch]]

#: CHILD rows are matched in Python and never staged.
STAGED = tuple(relation for relation in COLUMNS if relation is not Relation.CHILD)
ROOT = Path(__file__).resolve().parent.parent
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_CONSTANTS = {None: "\\N", True: "t", False: "f"}


class CopierDied(RuntimeError):
    """The process ended without a word: killed, or out of memory."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the process is told once: how to reach the database, the run's schema, and what reads a file."""

    params: dict[str, Any]
    schema: str
    read: Read


class Copier:
    """One such process, seen from its parent; a context manager that leaves no process behind."""

    def __init__(self, task: Task) -> None:
        self._task = task

    def __enter__(self) -> "Copier":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "feeds.copying"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is the parent's to hear
        )  # fmt: skip
        self._say(self._task)
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def copy(self, file: tuple[Any, ...], advance: Callable[[int], None]) -> list[Anomaly]:
        """Has one file read (`file`: the arguments of `read`) and copied; answers what was found wrong.

        `advance` hears of records as they come. Raises what reading or copying raised, and `CopierDied`.
        """
        self._say(file)
        while True:
            try:
                word, value = pickle.load(self._output)  # our own child's words  # noqa: S301
            except EOFError:
                raise CopierDied(f"exit code {self._process.wait()}") from None
            if word == "records":
                advance(value)
            elif word == "done":
                return list(value)
            else:
                raise value

    def _say(self, value: Any) -> None:
        stream = self._process.stdin
        assert stream is not None
        pickle.dump(value, stream)
        stream.flush()

    @property
    def _output(self) -> Any:
        return self._process.stdout


def copy_batch(cursor: Any, schema_name: str, batch: Batch) -> None:
    """Copies a batch's rows into the staged tables of a schema."""
    for relation in STAGED:
        rows = batch.rows[relation]
        if rows:
            columns = ", ".join(COLUMNS[relation])
            with cursor.copy(f'copy "{schema_name}".stage_{relation.value} ({columns}) from stdin') as copy:
                copy.write("".join(map(_line, rows)))


def _line(row: tuple[Any, ...]) -> str:
    """One row in COPY's text format: built whole, it costs half of `write_row`."""
    return "\t".join(map(_value, row)) + "\n"


def _value(value: Any) -> str:
    if value.__class__ is str:
        return value.translate(ESCAPES) if "\\" in value or not value.isprintable() else value
    if value is None or value is True or value is False:
        return _CONSTANTS[value]
    if value.__class__ is bytes:
        return f"\\\\x{value.hex()}"
    if isinstance(value, (list, tuple)):
        return _array(value)
    return str(value)


def _array(values: Iterable[Any]) -> str:
    quoted = ('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values)
    return "{" + ",".join(quoted).translate(ESCAPES) + "}"


def main() -> None:
    """Hears a `Task`, then the arguments of one file after another; answers with records, then anomalies."""
    words, answers = sys.stdin.buffer, sys.stdout.buffer
    task: Task = pickle.load(words)  # what our own parent says  # noqa: S301
    with psycopg.connect(**task.params) as connection:
        while True:
            try:
                file = pickle.load(words)  # noqa: S301
            except EOFError:
                return
            anomalies: list[Anomaly] = []
            try:
                for batch in task.read(*file):
                    copy_batch(connection.cursor(), task.schema, batch)
                    anomalies.extend(batch.anomalies)
                    pickle.dump(("records", batch.records), answers)
                    answers.flush()
                connection.commit()
            except Exception as error:  # any of them is the parent's to tell
                connection.rollback()
                answers.write(_portable(error))
            else:
                pickle.dump(("done", anomalies), answers)
            answers.flush()


def _portable(error: Exception) -> bytes:
    """The parent's answer; an error that does not travel is told by its text."""
    try:
        return pickle.dumps(("failed", error))
    except (pickle.PicklingError, TypeError, AttributeError):
        return pickle.dumps(("failed", RuntimeError(repr(error))))


if __name__ == "__main__":
    main()
