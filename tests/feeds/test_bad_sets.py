"""A bad set is refused whole and leaves nothing: the run says why, in a line, and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core import invariants
from core.errors import DomainError
from feeds.models import FeedRun
from feeds.services.import_csv import import_onde_csv
from tests.feeds.csvs import Child, a_csv, feed_csv
from tests.feeds.read.factories import HEAD
from tests.feeds.sets import a_set, feed, pupils_of, relative, school, staff
from tests.feeds.whole import differences, staged, whole

pytestmark = pytest.mark.django_db
LATER = "2026-10-06"
PUPILS = pupils_of(3, relatives=["R1"])
ENTITIES = (
    b'<?xml version="1.0"?>\n<!DOCTYPE ficAlimMENESR [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n'
    b"<ficAlimMENESR>&b;</ficAlimMENESR>\n"
)  # fmt: skip


@pytest.fixture
def fed(tmp_path: Path) -> Path:
    feed(a_set(tmp_path, pupils=PUPILS, staff=[staff("S1")]))
    return tmp_path


def pupils_file(path: Path) -> Path:
    return next(path.glob("*_Eleve_*.xml"))


def nowhere(path: Path) -> Path:
    return path.parent / f"xyz-{LATER}"


def emptied(path: Path) -> Path:
    for file in path.iterdir():
        file.unlink()
    (path / "LISEZ-MOI.txt").write_text("rien", encoding="utf-8")
    return path


def cut(path: Path) -> Path:
    file = pupils_file(path)
    file.write_bytes(file.read_bytes()[: len(file.read_bytes()) // 2])
    return path


def a_pdf(path: Path) -> Path:
    pupils_file(path).write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
    return path


def other_bytes(path: Path) -> Path:
    file = pupils_file(path)
    text = file.read_text(encoding="utf-8").replace("MARTIN", "MARTINÉ")
    file.write_bytes(text.encode("latin-1"))
    return path


def two_dates(path: Path) -> Path:
    file = pupils_file(path)
    file.rename(file.with_name(file.name.replace("20261006", "20261007")))
    return path


def a_part_missing(path: Path) -> Path:
    file = pupils_file(path)
    file.rename(file.with_name(file.name.replace("_0000", "_0001")))
    return path


def difference(path: Path) -> Path:
    for file in list(path.iterdir()):
        file.rename(file.with_name(file.name.replace("Complet", "Delta")))
    return path


def a_deletion(path: Path) -> Path:
    file = pupils_file(path)
    text = file.read_text(encoding="utf-8").replace("addRequest>", "deleteRequest>")
    file.write_text(text, encoding="utf-8")
    return path


def entities(path: Path) -> Path:
    pupils_file(path).write_bytes(ENTITIES)
    return path


def nobody(path: Path) -> Path:
    pupils_file(path).write_bytes(f"{HEAD.format(encoding='UTF-8')}</ficAlimMENESR>\n".encode())
    return path


def another_root(path: Path) -> Path:
    pupils_file(path).write_bytes(
        b'<?xml version="1.0"?>\n<html><body>Session expir\xc3\xa9e</body></html>\n'
    )
    return path


BAD: dict[str, tuple[Callable[[Path], Path], int, str]] = {
    "no folder": (nowhere, 1, "path-missing"),
    "no usable file": (emptied, 1, "no-usable-file"),
    "XML cut short": (cut, 1, "xml-cut"),
    "a PDF named .xml": (a_pdf, 1, "not-xml"),
    "bytes that contradict the encoding": (other_bytes, 1, "encoding-lies"),
    "two dates": (two_dates, 1, "several-dates"),
    "a part missing": (a_part_missing, 1, "part-missing"),
    "a difference set": (difference, 3, "difference-set"),
    "a deletion in a complete set": (a_deletion, 3, "difference-set"),
    "entities of its own": (entities, 1, "xml-entity"),
    "a page of the portal": (another_root, 1, "wrong-root"),
    "a file that holds nobody": (nobody, 3, "empty-file"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_set_leaves_nothing_and_says_why(fed: Path, what: str) -> None:
    spoil, exit_code, code = BAD[what]
    path = spoil(a_set(fed, LATER, pupils=[*PUPILS, *pupils_of(2, first=8)], staff=[staff("S2")]))
    before = whole()
    with pytest.raises(DomainError) as raised:
        feed(path)
    error = raised.value
    assert (error.code, error.exit_code) == (code, exit_code)
    assert error.sentence
    assert error.remedy
    run = FeedRun.objects.latest("pk")
    assert error.run == run  # type: ignore[attr-defined]
    assert run.state == ("refused" if exit_code == 3 else "failed")
    assert run.refusal["type"] == f"urn:cartable:{code}"
    assert run.finished_at is not None
    assert differences(before, whole()) == {}
    assert staged() == []
    assert invariants.run_all() == []


@pytest.mark.parametrize("what", BAD)
def test_a_first_set_that_is_bad_makes_no_academy(tmp_path: Path, what: str) -> None:
    spoil, _, _ = BAD[what]
    path = spoil(a_set(tmp_path, LATER, pupils=PUPILS))
    before = whole()
    with pytest.raises(DomainError):
        feed(path)
    assert differences(before, whole()) == {}


def test_a_set_of_another_academy_is_refused(fed: Path) -> None:
    stranger = [school("Z", academy="NORD", code="09")]
    path = a_set(fed, LATER, schools=stranger, pupils=pupils_of(2, "Z"))
    before = whole()
    with pytest.raises(DomainError) as raised:
        feed(path, academy="EXEMPLE")
    assert (raised.value.code, raised.value.exit_code) == ("other-academy", 3)
    assert "NORD" in raised.value.sentence
    assert differences(before, whole()) == {}


def test_several_academies_side_by_side_ask_which(fed: Path) -> None:
    both = fed / f"two-{LATER}"
    both.mkdir()
    for academy in ("EXEMPLE", "NORD"):
        a_set(fed, LATER, academy=academy, pupils=PUPILS).rename(both / academy)
    before = whole()
    with pytest.raises(DomainError) as raised:
        feed(both, on=LATER)
    assert raised.value.code == "several-academies"
    assert differences(before, whole()) == {}
    assert feed(both, on=LATER, academy="EXEMPLE").state == "applied"


def test_a_set_that_tells_no_academy_where_several_are_known_asks_which(fed: Path) -> None:
    feed(
        a_set(fed, academy="NORD", schools=[school("N", academy="NORD", code="09")], pupils=pupils_of(1, "N"))
    )
    mute = [school("A", academy="", code="")]
    path = a_set(fed, LATER, schools=mute, pupils=PUPILS)
    before = whole()
    with pytest.raises(DomainError) as raised:
        feed(path)
    assert (raised.value.code, raised.value.exit_code) == ("unknown-academy", 2)
    assert differences(before, whole()) == {}


def test_a_set_of_schools_alone_states_nobody_and_misses_nobody(fed: Path) -> None:
    before = whole()
    run = feed(a_set(fed, LATER, schools=[school("A")]))
    assert run.state == "applied"
    assert differences(before, whole()) == {}


def test_relatives_without_pupils_are_taken_in_by_nobody(fed: Path) -> None:
    before = whole()
    run = feed(a_set(fed, LATER, schools=[school("A")], relatives=[relative("R1"), relative("R9")]))
    assert set(run.anomalies.values_list("code", flat=True)) == {"relative-unnamed"}
    assert differences(before, whole()) == {}


# The CSV.


def spoiled(path: Path, old: str, new: str, *, encoding: str = "cp1252") -> Path:
    for file in path.iterdir():
        text = file.read_bytes().decode("cp1252").replace(old, new)
        file.write_bytes(text.encode(encoding))
    return path


def no_class_column(path: Path) -> Path:
    return spoiled(path, '"Libellé classe"', '"Groupe"')


def a_picture(path: Path) -> Path:
    next(path.iterdir()).write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    return path


def a_spreadsheet(path: Path) -> Path:
    next(path.iterdir()).write_bytes(b"PK\x03\x04\x14\x00\x06\x00")
    return path


def no_row(path: Path) -> Path:
    file = next(path.iterdir())
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    return path


BAD_CSV: dict[str, tuple[Callable[[Path], Path], int, str]] = {
    "no folder": (nowhere, 1, "path-missing"),
    "no usable file": (emptied, 1, "no-usable-file"),
    "a missing column": (no_class_column, 1, "column-missing"),
    "a picture": (a_picture, 1, "encoding-lies"),
    "a spreadsheet": (a_spreadsheet, 1, "not-csv"),
    "a file without a row": (no_row, 3, "empty-file"),
}


@pytest.mark.parametrize("what", BAD_CSV)
def test_a_bad_csv_leaves_nothing_and_says_why(tmp_path: Path, what: str) -> None:
    feed_csv(a_csv(tmp_path, pupils=[Child("Léa")]))
    spoil, exit_code, code = BAD_CSV[what]
    path = spoil(a_csv(tmp_path, pupils=[Child("Léa"), Child("Noé")]))
    before = whole()
    with pytest.raises(DomainError) as raised:
        feed_csv(path, on=LATER, make=False)
    assert (raised.value.code, raised.value.exit_code) == (code, exit_code)
    assert raised.value.sentence
    assert raised.value.remedy
    assert FeedRun.objects.latest("pk").state == ("refused" if exit_code == 3 else "failed")
    assert differences(before, whole()) == {}
    assert staged() == []


def test_a_missing_column_is_named_with_those_found(tmp_path: Path) -> None:
    with pytest.raises(DomainError) as raised:
        feed_csv(no_class_column(a_csv(tmp_path, pupils=[Child("Léa")])))
    assert "Libellé classe" in raised.value.sentence
    assert "Groupe" in raised.value.sentence


def test_a_csv_of_a_school_unknown_is_refused_unless_it_is_to_be_made(tmp_path: Path) -> None:
    path = a_csv(tmp_path, pupils=[Child("Léa")])
    before = whole()
    with pytest.raises(DomainError) as raised:
        feed_csv(path, make=False)
    assert (raised.value.code, raised.value.exit_code) == ("unknown-school", 1)
    assert "--create-school" in raised.value.remedy
    assert differences(before, whole()) == {}


def test_a_csv_for_something_that_is_no_uai_is_bad_usage(tmp_path: Path) -> None:
    path = a_csv(tmp_path, pupils=[Child("Léa")])
    with pytest.raises(DomainError) as raised:
        import_onde_csv(path=path, uai="Les Lilas")
    assert raised.value.exit_code == 2
    assert not FeedRun.objects.exists()
