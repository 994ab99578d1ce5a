"""Files read by processes of their own, and rows copied as they are."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from accounts.enums import Profile, Source
from accounts.models import User
from core import clock
from core.progress import SILENT
from feeds import stage
from feeds.copying import ReaderDied
from feeds.models import FeedRun
from feeds.read import aaf
from feeds.read.errors import UnreadableSet
from feeds.read.rows import Batch, Relation
from tests.feeds.read.factories import job, record, xml
from tests.feeds.sets import a_set, feed, pupil

TEXTS = [
    "",
    "\\N",
    "a\\tb",
    "C:\\new\\table",
    "two\nlines",
    "\ttab",
    "\r",
    "é œ ’ 漢",
    '"quoted"',
    "{a,b}",
    "\\\\x00",
]


@pytest.fixture
def run(transactional_db: None) -> Iterator[FeedRun]:
    """A run whose schema is there, as when its files are about to be read."""
    run = FeedRun.objects.create(source=Source.AAF1D, started_at=clock.now())
    stage.create(run)
    yield run
    stage.drop(run)


def there() -> None:
    """The run's tables are there already."""


def rows(run: FeedRun, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'select {columns} from "{run.schema}".{table}')
        return sorted(cursor.fetchall(), key=repr)  # which process copied first is nobody's matter


def dies(number: int) -> Iterator[Batch]:
    """A reader whose process is killed after its first batch."""
    yield Batch(records=number)
    os.kill(os.getpid(), signal.SIGKILL)


def files(tmp_path: Path, *texts: bytes) -> list[aaf.FileJob]:
    made = []
    for number, text in enumerate(texts):
        folder = tmp_path / str(number)
        folder.mkdir()
        made.append(job(folder, text))
    return made


def pupils(first: int) -> bytes:
    return xml(*(record(ENTPersonJointure=str(number)) for number in range(first, first + 30)))


def test_texts_are_copied_to_the_letter_whatever_signs_they_hold(run: FeedRun) -> None:
    batch = Batch()
    batch.rows[Relation.BADKEY] = [
        (number, 0, "P", text, TEXTS, (), None, text, text, text) for number, text in enumerate(TEXTS)
    ]
    batch.rows[Relation.TIE] = [(1, 0, text, text, 1, None, True, False, None) for text in TEXTS]
    stage.copy_rows(run, [batch], SILENT)
    kept = rows(run, "stage_badkey", "line, key, school_keys, relative_keys, ine")
    assert sorted(kept) == [(number, text, TEXTS, [], None) for number, text in enumerate(TEXTS)]
    assert sorted(
        rows(run, "stage_tie", "key, relative_key, rank, tie_kind, legal, contact, payer")
    ) == sorted((text, text, 1, None, True, False, None) for text in TEXTS)


def test_files_read_by_processes_give_the_rows_and_anomalies_that_one_process_gives(
    run: FeedRun, tmp_path: Path
) -> None:
    told = files(tmp_path, pupils(100), pupils(200), xml(record(ENTPersonDateNaissance="")))
    counted: list[int] = []

    class Counts:
        def step(self, label: str, total: int | None = None) -> None:
            return

        def advance(self, count: int = 1) -> None:
            counted.append(count)

    apart = stage.copy_files(run, [(one,) for one in told], aaf.read_file, Counts(), tables=there)
    tables = ("stage_person", "stage_place", "stage_classvalue", "stage_badkey")
    by_processes = {table: rows(run, table) for table in tables}
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f'truncate "{run.schema}".{table}')
    here = [a for one in told for a in stage.copy_rows(run, aaf.read_file(one), SILENT)]
    assert {table: rows(run, table) for table in tables} == by_processes
    assert len(by_processes["stage_person"]) == 60
    assert [a.code for a in apart] == [a.code for a in here] == ["birth-date-missing"]
    assert sum(counted) == 61


def test_what_refuses_a_file_comes_back_whole_from_the_process_that_read_it(
    run: FeedRun, tmp_path: Path
) -> None:
    told = files(tmp_path, pupils(100), pupils(200)[:-300])
    with pytest.raises(UnreadableSet) as refused:
        stage.copy_files(run, [(one,) for one in told], aaf.read_file, SILENT, tables=there)
    with pytest.raises(UnreadableSet) as here:
        list(aaf.read_file(told[1]))
    assert (refused.value.code, refused.value.sentence, refused.value.fields) == (
        here.value.code,
        here.value.sentence,
        here.value.fields,
    )


def test_a_process_killed_while_it_reads_ends_the_reading(run: FeedRun) -> None:
    with pytest.raises(ReaderDied):
        stage.copy_files(run, [(3,), (4,)], dies, SILENT, tables=there)


def test_a_set_of_some_size_is_read_by_processes(
    tmp_path: Path, run: FeedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "PARALLEL_FROM", 0)
    done = feed(a_set(tmp_path, "2026-09-15", pupils=[pupil("P1"), pupil("P2", "B")]))
    assert done.state == "applied"
    assert User.objects.filter(profile=Profile.PUPIL).count() == 2
