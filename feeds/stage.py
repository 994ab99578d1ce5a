"""Records as read, copied into a schema of the run's own.

The schema is made and filled before the run's transaction decides anything; it is dropped when the run
is applied, kept (as logged tables) while the run waits to be reviewed or released.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, transaction

from core import sql
from core.progress import Progress
from feeds.models import FeedRun
from feeds.read.rows import COLUMNS, Anomaly, Batch, Relation

#: CHILD rows are matched in Python and never staged.
STAGED = tuple(relation for relation in COLUMNS if relation is not Relation.CHILD)
PARALLEL_FROM = 8_000_000  # bytes: below, a second process costs more than it brings
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@transaction.atomic
def create(run: FeedRun) -> None:
    """Makes the run's schema and its empty tables."""
    with connection.cursor() as cursor:
        cursor.execute(f'create schema "{run.schema}"')
    with schema(run):
        sql.run("feeds", "stage_create")


def drop(run: FeedRun) -> None:
    """Drops the run's schema, if it is still there."""
    with connection.cursor() as cursor:
        cursor.execute("set local client_min_messages = warning")
        cursor.execute(f'drop schema if exists "{run.schema}" cascade')
        cursor.execute("reset client_min_messages")


def exists(run: FeedRun) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_namespace where nspname = %s", [run.schema])
        return cursor.fetchone() is not None


def keep(run: FeedRun) -> None:
    """Makes the staged tables survive a crash, for a run that waits; the plan is made anew anyway."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = %s order by tablename", [run.schema]
        )
        for (table,) in cursor.fetchall():
            if table.startswith("stage_") or table == "parked":
                cursor.execute(f'alter table "{run.schema}"."{table}" set logged')
            else:
                cursor.execute(f'drop table "{run.schema}"."{table}"')


@contextmanager
def schema(run: FeedRun) -> Iterator[None]:
    """Puts the run's schema first in the search path, within the current transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('search_path')")
        (former,) = cursor.fetchone()
        cursor.execute("select set_config('search_path', %s, true)", [f'"{run.schema}", {former}'])
        yield
        cursor.execute("select set_config('search_path', %s, true)", [former])


def copy_rows(run: FeedRun, batches: Iterable[Batch], progress: Progress) -> list[Anomaly]:
    """Copies what a reader yields, over the current connection; answers what it found wrong."""
    anomalies: list[Anomaly] = []
    with connection.cursor() as cursor:
        for batch in batches:
            _copy(cursor.cursor, run.schema, batch)
            anomalies.extend(batch.anomalies)
            progress.advance(batch.records)
    return anomalies


def copy_files(
    run: FeedRun, files: list[tuple[Any, ...]], read: Callable[..., Iterator[Batch]], progress: Progress
) -> list[Anomaly]:
    """Reads and copies files in two processes, each over a connection of its own.

    `files` are the picklable arguments of `read`, one tuple a file.
    """
    params = connection.get_connection_params()
    wanted = {key: params[key] for key in ("dbname", "user", "password", "host", "port") if params.get(key)}
    anomalies: list[Anomaly] = []
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = [pool.submit(_copy_one_file, wanted, run.schema, read, file) for file in files]
        for done in as_completed(waiting):
            found, records = done.result()
            anomalies.extend(found)
            progress.advance(records)
    return anomalies


def _copy_one_file(
    params: dict[str, Any], schema_name: str, read: Callable[..., Iterator[Batch]], file: tuple[Any, ...]
) -> tuple[list[Anomaly], int]:
    anomalies: list[Anomaly] = []
    records = 0
    with psycopg.connect(**params) as own:
        for batch in read(*file):
            _copy(own.cursor(), schema_name, batch)
            anomalies.extend(batch.anomalies)
            records += batch.records
    return anomalies, records


def _copy(cursor: Any, schema_name: str, batch: Batch) -> None:
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
    if value is None:
        return "\\N"
    if value.__class__ is str:
        return value.translate(ESCAPES) if "\\" in value or not value.isprintable() else value
    if value is True:
        return "t"
    if value is False:
        return "f"
    if value.__class__ is bytes:
        return f"\\\\x{value.hex()}"
    if isinstance(value, (list, tuple)):
        return (
            "{"
            + ",".join('"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in value).translate(
                ESCAPES
            )
            + "}"
        )
    return str(value)
