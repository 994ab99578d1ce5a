"""Plain records cut out by patterns: whatever a file holds, what is read is what a tree of each record says."""

from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.read import plain
from feeds.read.aaf import FileJob, read_file
from feeds.read.errors import UnreadableSet
from feeds.read.rows import Kind
from tests.feeds.read.factories import CASES, CATEGORIES, SAMPLES, gather, job, record, xml

SMALL = xml(
    record(ENTPersonAutresPrenoms=["Anna", "", "Zoé"], ENTPersonNom="D&apos;ARC &amp; FILS"),
    record(ENTPersonJointure="5001", ENTPersonInconnu="x", ENTPersonMail="a@b.fr"),
    record(ENTPersonJointure="5002", ENTPersonMail="<!-- -->", ENTPersonClasses=["100$a", "100$b$c"]),
).decode()
PIECES = [
    "<", ">", "&", '"', "&amp;", "&#233;", "&euml;", "]]>", "<!-- x -->", "<![CDATA[x]]>", "<?x y?>", "<value/>",
    "<value>x</value>", "</value>", "<attr name='a'/>", "</attr>", "</attributes>", "</addRequest>", "<addRequest/>",
    "<modifyRequest/>", "é", "œ", "\u00a0", "\r\n", "\n", "\t", "\x01", "\x85", "\ufeff", "  ", "$", "",
]  # fmt: skip


def by_trees(one: FileJob) -> Any:
    """What is read of a file when no record of it is taken for plain."""
    with pytest.MonkeyPatch.context() as patch:

        def none(path: Path, *, name: str) -> Any:
            raise plain.NotPlain
            yield

        patch.setattr(plain, "records", none)
        return told(one)


def told(one: FileJob) -> Any:
    """The rows and anomalies of a file, or what refuses it."""
    try:
        batch = gather(read_file(one))
    except UnreadableSet as error:
        return error.code, error.sentence, error.fields
    return batch.rows, batch.anomalies, batch.records


def real_files() -> list[Path]:
    folders = [CASES / "aaf1d", *([SAMPLES / "aaf1d"] if SAMPLES.exists() else [])]
    return [file for folder in folders for file in sorted(folder.rglob("*.xml"))]


@pytest.mark.parametrize("file", real_files(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_of_the_field_reads_alike_by_patterns_and_by_trees(file: Path) -> None:
    kind = next((kind for kind, word in CATEGORIES.items() if f"_{word}_" in file.name), Kind.PUPIL)
    one = FileJob(str(file), file.name, 0, kind, "2027-09-01")
    assert told(one) == by_trees(one)


def test_an_ordinary_file_is_plain_to_its_end(tmp_path: Path) -> None:
    one = job(tmp_path, xml(*(record(ENTPersonJointure=str(number)) for number in range(400))))
    assert sum(1 for _ in plain.records(Path(one.path), name=one.name)) == 400


def test_records_that_two_readings_of_the_file_cut_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = job(
        tmp_path,
        xml(*(record(ENTPersonJointure=str(number), ENTPersonNom="ÉLÉONORE œ") for number in range(40))),
    )
    whole = by_trees(one)
    monkeypatch.setattr(plain, "CHUNK", 700)
    assert told(one) == whole


def test_records_after_one_that_is_not_plain_are_read_once(tmp_path: Path) -> None:
    one = job(tmp_path, SMALL.encode())
    starts = [line for line, text in enumerate(SMALL.split("\n"), 1) if text == "<addRequest>"]
    assert [found.line for found in islice(plain.records(Path(one.path), name=one.name), 2)] == starts[:2]
    with pytest.raises(plain.NotPlain):
        list(plain.records(Path(one.path), name=one.name))
    rows, _, count = told(one)
    assert count == 3
    assert told(one) == by_trees(one)
    assert sum(len(of_one) for of_one in rows.values()) > 0


@pytest.mark.parametrize("space", ["\n", "\r\n", "\n    ", " ", "\t\t"])
def test_a_file_laid_out_for_the_eye_reads_as_one_that_is_not(tmp_path: Path, space: str) -> None:
    laid = SMALL.replace("<value", f"{space}<value").replace("</attr>", f"{space}</attr>")
    one = job(tmp_path, laid.encode())
    assert told(one) == by_trees(one)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(at=st.integers(0, len(SMALL)), cut=st.integers(0, 12), piece=st.sampled_from(PIECES))
def test_a_file_changed_anywhere_reads_alike_by_patterns_and_by_trees(
    tmp_path: Path, at: int, cut: int, piece: str
) -> None:
    one = job(tmp_path, (SMALL[:at] + piece + SMALL[at + cut :]).encode())
    assert told(one) == by_trees(one)
