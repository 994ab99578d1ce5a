"""Records as read, copied into a schema of the run's own.

The schema is made and filled before the run's transaction decides anything; it is dropped when the run
is applied, kept (as logged tables) while the run waits to be reviewed or released.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from django.db import connection, transaction

from core import sql
from core.progress import Progress
from feeds.copying import Copier, copy_texts
from feeds.copytext import encode
from feeds.models import FeedRun
from feeds.read.rows import Anomaly, Batch
from feeds.reading import Read

PARALLEL_FROM = 2_000_000  # bytes: below, a second process costs more than it brings
PROCESSES = 2
#: For the run's transaction alone: whole tables are joined, and tables that live for a minute are sampled.
PLANNING = {"work_mem": "64MB", "default_statistics_target": "10"}


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


def has_rows(run: FeedRun, table: str) -> bool:
    """Does a staged table hold anything?"""
    with connection.cursor() as cursor:
        cursor.execute(f'select exists (select from "{run.schema}".{table})')
        return bool(cursor.fetchone()[0])


def keep(run: FeedRun) -> None:
    """Makes the staged tables survive a crash, for a run that waits; the plan is made anew anyway."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = %s order by tablename", [run.schema]
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'alter table "{run.schema}"."{table}" set logged')


def still_there(runs: Iterable[FeedRun]) -> list[FeedRun]:
    """Those of these runs whose schema is there."""
    with connection.cursor() as cursor:
        cursor.execute(r"select nspname from pg_namespace where nspname like 'feed\_%'")
        names = {name for (name,) in cursor.fetchall()}
    return [run for run in runs if run.schema in names]


@contextmanager
def schema(run: FeedRun) -> Iterator[None]:
    """Puts the run's schema first in the search path, within the current transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('search_path')")
        (former,) = cursor.fetchone()
        cursor.execute("select set_config('search_path', %s, true)", [f'"{run.schema}", {former}'])
        for name, value in PLANNING.items():
            cursor.execute("select set_config(%s, %s, true)", [name, value])
        yield
        cursor.execute("select set_config('search_path', %s, true)", [former])


def copy_rows(run: FeedRun, batches: Iterable[Batch], progress: Progress) -> list[Anomaly]:
    """Copies what a reader yields, over the current connection; answers what it found wrong."""
    anomalies: list[Anomaly] = []
    with connection.cursor() as cursor:
        for batch in batches:
            copy_texts(cursor.cursor, run.schema, encode(batch))
            anomalies.extend(batch.anomalies)
            progress.advance(batch.records)
    return anomalies


def copy_files(
    run: FeedRun,
    files: list[tuple[Any, ...]],
    read: Read,
    progress: Progress,
    *,
    tables: Callable[[], None],
) -> list[Anomaly]:
    """Has files read by two processes, and copies what each hands over by a connection of its own.

    `files` are the picklable arguments of `read`, one tuple a file; the longest had best come first.
    `tables` makes the run's tables and commits them: called while the processes start.
    """
    # Django's own keys of the address (factories, adapters) do not travel, nor are they needed.
    params = {
        key: value
        for key, value in connection.get_connection_params().items()
        if isinstance(value, (str, int))
    }
    waiting: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
    heard: SimpleQueue[int | list[Anomaly] | BaseException | None] = SimpleQueue()
    for file in files:
        waiting.put(file)
    anomalies: list[Anomaly] = []
    with ExitStack() as stack:
        copiers = [stack.enter_context(Copier(params, run.schema, read)) for _ in range(PROCESSES)]
        tables()
        for copier in copiers:
            Thread(target=_keep_busy, args=(copier, waiting, heard), daemon=True).start()
        busy = PROCESSES
        while busy:
            told = heard.get()
            if told is None:
                busy -= 1
            elif isinstance(told, int):
                progress.advance(told)
            elif isinstance(told, list):
                anomalies.extend(told)
            else:
                raise told
    return anomalies


def _keep_busy(copier: Copier, waiting: Any, heard: Any) -> None:
    """One process's thread: file after file, everything it says to the queue that the caller hears."""
    try:
        while True:
            heard.put(copier.copy(waiting.get_nowait(), heard.put))
    except Empty:
        heard.put(None)
    except Exception as error:  # the caller's to raise
        heard.put(error)
