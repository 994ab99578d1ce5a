"""Exports of ONDE met in the field: what is read of each (`tests/cases/onde-csv`)."""

from typing import Any

import pytest

from feeds.read.onde_csv import OndeSet, read_onde
from feeds.read.rows import Batch, Relation
from tests.feeds.read.factories import CASES, LATEST, codes, dicts

ONDE = CASES / "onde-csv"


def read(case: str) -> OndeSet:
    return read_onde(ONDE / case, school_key="0623401K", latest_birth=LATEST)


def people(batch: Batch, kind: str = "P") -> list[dict[str, Any]]:
    return [row for row in dicts(batch, Relation.PERSON) if row["kind"] == kind]


def names(batch: Batch, kind: str = "P") -> list[tuple[str, str]]:
    return [(row["last_name"], row["first_name"]) for row in people(batch, kind)]


def test_the_byte_order_mark_is_no_part_of_the_first_header() -> None:
    batch = read("01-utf8-bom").batch
    assert names(batch) == [("BÉRANGER", "Zoé"), ("NOËL-GARANCE", "Maëlys"), ("ÇELIK", "Ömer")]
    assert names(batch, "R") == [("BÉRANGER", "Hélène")]
    assert len(batch.rows[Relation.CHILD]) == 1
    assert batch.anomalies == []


def test_what_a_spreadsheet_takes_away_is_given_back() -> None:
    batch = read("02-saved-again-by-excel").batch
    assert [row["birth_date"] for row in people(batch)] == ["2018-09-03", "2020-01-14", "2017-10-01"]
    assert [row["postal_code"] for row in people(batch)] == ["01500", "01500", "59000"]
    (father,) = people(batch, "R")
    assert (father["postal_code"], father["mobile_phone"]) == ("01500", "0612345678")
    assert batch.anomalies == []


def test_quotes_semicolons_and_line_ends_within_cells_are_kept_and_lines_are_physical() -> None:
    batch = read("03-quotes-and-newlines").batch
    assert people(batch)[0]["address"] == 'Résidence "Les Tilleuls"\nBât. B ; porte 12\n4 rue Verte'
    assert people(batch)[0]["last_name"] == "LE « GRAND »"
    assert [row["line"] for row in people(batch)] == [2, 5]
    assert people(batch, "R")[0]["address"] == '"Le Clos"\n7 allée ; fond de cour'
    assert [(str(a.code), a.file, a.line) for a in batch.anomalies] == [
        ("name-missing", "CSVExtraction-responsables.csv", 5)
    ]
    (bad,) = dicts(batch, Relation.BADKEY)
    assert (bad["kind"], bad["line"], bad["last_name"], bad["first_name"]) == ("R", 5, "VANDEPUTTE", "")


def test_the_day_comes_first_and_each_unusable_birth_date_is_named_with_what_is_wrong() -> None:
    batch = read("04-dates").batch
    assert [(row["first_name"], row["birth_date"]) for row in people(batch)] == [
        ("Basile", "2018-04-05"),
        ("Capucine", "2019-04-05"),
    ]
    assert [(a.line, str(a.code)) for a in batch.anomalies] == [
        (4, "birth-date-impossible"),
        (5, "birth-date-missing"),
        (6, "birth-date-impossible"),
        (7, "birth-date-future"),
    ]
    for anomaly, value in zip(
        batch.anomalies, ("2018-13-40", "absente", "31/02/2018", "12/04/2031"), strict=True
    ):
        assert value in anomaly.message
        assert "ONDE" in anomaly.message
    assert [row["first_name"] for row in dicts(batch, Relation.BADKEY)] == [
        "Darius",
        "Elsa",
        "Faustine",
        "Gaspard",
    ]


def test_columns_are_found_by_name_wherever_they_are_and_however_written() -> None:
    found = read("05-headers-moved")
    assert names(found.batch) == [("GARCIN", "Inès"), ("HUTIN", "Tom")]
    assert [(row["ine"], row["other_first_names"]) for row in people(found.batch)] == [
        ("010203040AB", "Marie"),
        ("", ""),
    ]
    assert {row["label"] for row in dicts(found.batch, Relation.CLASSVALUE)} == {"CE2"}
    assert found.files[0].unused == ("Identifiant classe", "Statut d'admission")
    assert codes(found.batch) == ["column-unused", "column-unused"]


def test_triplets_and_homonyms_are_six_rows_with_the_classes_that_tell_them_apart() -> None:
    batch = read("06-twins-homonyms").batch
    assert len(people(batch)) == 6
    assert [row["class_label"] for row in dicts(batch, Relation.CHILD) if row["first_name"] == "Emma"] == [
        "CE2",
        "CP",
    ]


def test_the_name_of_use_is_shown_and_the_birth_name_kept() -> None:
    batch = read("07-usage-names").batch
    assert [(row["last_name"], row["birth_name"]) for row in people(batch)] == [
        ("SAUVAGEOT-LIM", "SAUVAGEOT"),
        ("SAUVAGEOT", "LIM"),
    ]


def test_a_gap_between_children_loses_none_and_one_mother_on_two_rows_is_one() -> None:
    batch = read("09-gaps-between-children").batch
    assert names(batch, "R") == [("VIAL", "Olga"), ("KOWAL", "Piotr"), ("ZIELINSKI", "Marek")]
    children = [
        (row["rank"], row["first_name"]) for row in dicts(batch, Relation.CHILD) if row["key"] == "row:2"
    ]
    assert children == [(1, "Ada"), (2, "Cléo"), (3, "Dan"), (4, "Bruno")]


def test_one_mail_for_two_parents_and_for_a_parent_who_teaches_makes_nobody_one() -> None:
    batch = read("10-shared-mail").batch
    assert names(batch, "R") == [("OSTENDE", "Claire"), ("OSTENDE", "Marc"), ("BRIQUET", "Ida")]
    assert names(batch, "S") == [("BRIQUET", "Ida")]


def test_one_class_written_four_ways_is_one_as_first_written() -> None:
    batch = read("12-spaces-in-classes").batch
    values = dicts(batch, Relation.CLASSVALUE)
    assert {row["label"] for row in values if row["kind"] == "P"} == {"CE1 A"}
    assert [row["label"] for row in values if row["kind"] == "S"] == ["CE1 A", "CE1A B", "CE1 A"]
    heads = [row["key"] for row in dicts(batch, Relation.PLACE) if row["is_head"]]
    assert [row["last_name"] for row in people(batch, "S") if row["key"] in heads] == ["HENNION"]


def test_a_pupil_without_a_class_belongs_to_the_school() -> None:
    batch = read("13-no-class-yet").batch
    assert len(batch.rows[Relation.PLACE]) == 2
    assert len(batch.rows[Relation.CLASSVALUE]) == 1


@pytest.mark.parametrize("step", ["1", "2"])
def test_the_older_layout_and_the_one_of_today_name_the_same_class(step: str) -> None:
    found = read(f"14-export-of-today/{step}")
    assert {row["label"] for row in dicts(found.batch, Relation.CLASSVALUE)} == {"CM1"}
    assert {row["class_key"] for row in dicts(found.batch, Relation.CLASSVALUE)} == {""}
    assert ("Identifiant classe" in found.files[0].unused) == (step == "2")
