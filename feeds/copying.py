"""Rows into the staged tables: a batch at hand, or what a process that reads files hands over."""

import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psycopg

from feeds.read.rows import COLUMNS, Anomaly, Relation
from feeds.reading import Read

ROOT = Path(__file__).resolve().parent.parent
PIPE = 1 << 20  # bytes that a reader may be ahead of the copy


class ReaderDied(RuntimeError):
    """The process ended without a word: killed, or out of memory."""


def copy_texts(cursor: Any, schema_name: str, texts: Mapping[Relation, bytes]) -> None:
    """Copies a batch's texts (`feeds.copytext.encode`) into the staged tables of a schema."""
    for relation, text in texts.items():
        columns = ", ".join(COLUMNS[relation])
        with cursor.copy(f'copy "{schema_name}".stage_{relation.value} ({columns}) from stdin') as copy:
            copy.write(text)


class Copier:
    """A process that reads, and a connection that copies; a context manager that leaves neither behind.

    `params`: how to reach the database. `read`: what reads one file, by the arguments given to `copy`.
    """

    def __init__(self, params: Mapping[str, Any], schema: str, read: Read) -> None:
        self._params, self._schema, self._read = params, schema, read
        self._connection: psycopg.Connection[Any] | None = None

    def __enter__(self) -> "Copier":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "feeds.reading"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            pipesize=PIPE, start_new_session=True,  # Ctrl-C is the parent's to hear
        )  # fmt: skip
        self._say(self._read)
        return self

    def __exit__(self, *error: object) -> None:
        self._process.kill()
        self._process.communicate()
        if self._connection is not None:
            self._connection.close()

    def copy(self, file: tuple[Any, ...], advance: Callable[[int], None]) -> list[Anomaly]:
        """Has one file read and copies it; answers what was found wrong.

        `advance` hears of records as they come. Raises what reading or copying raised, and `ReaderDied`.
        """
        self._say(file)
        if self._connection is None:  # made while the process, just started, is not at work yet
            self._connection = psycopg.connect(**self._params)
        with self._connection.transaction():
            while True:
                word, *told = self._hear()
                if word == "rows":
                    copy_texts(self._connection.cursor(), self._schema, told[0])
                    advance(told[1])
                elif word == "done":
                    return list(told[0])
                else:
                    raise told[0]

    def _say(self, value: Any) -> None:
        stream = self._process.stdin
        assert stream is not None
        pickle.dump(value, stream)
        stream.flush()

    def _hear(self) -> Any:
        try:
            return pickle.load(self._process.stdout)  # type: ignore[arg-type]  # our own child's words  # noqa: S301
        except EOFError:
            raise ReaderDied(f"exit code {self._process.wait()}") from None
