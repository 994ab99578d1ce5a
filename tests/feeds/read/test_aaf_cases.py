"""AAF 1D sets met in the field: what is read of each (`tests/cases/aaf1d`)."""

from typing import Any

import pytest

from feeds.read.errors import UnreadableSet
from feeds.read.rows import Batch, Relation
from tests.feeds.read.factories import CASES, codes, dicts, read_set

AAF = CASES / "aaf1d"


def people(batch: Batch, kind: str = "P") -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in dicts(batch, Relation.PERSON) if row["kind"] == kind}


def test_entities_escaped_twice_are_opened_by_name_number_and_hexadecimal() -> None:
    _, batch = read_set(AAF / "01-escaped-twice")
    names = {(row["last_name"], row["first_name"]) for row in people(batch).values()}
    assert names == {("L'HÉRITIER", "Noëlle"), ("D'AUBIGNY", "Maël")}
    assert {row["label"] for row in dicts(batch, Relation.CLASSVALUE)} == {"CP & CE1"}
    assert batch.anomalies == []


def test_bad_records_are_named_by_line_and_bring_nobody_down() -> None:
    _, batch = read_set(AAF / "02-bad-records")
    pupils = dicts(batch, Relation.PERSON)
    assert [row["first_name"] for row in pupils if row["kind"] == "P"] == ["Léa", "Luc", "Nil", "Nils"]
    assert [(str(a.code), a.line) for a in batch.anomalies] == [
        ("class-parts", 24),
        ("birth-date-missing", 44),
        ("attribute-unknown", 21),
    ]
    assert "110002$01/09/2026$C110002$CP" in batch.anomalies[0].message
    assert "compte 4 parties" in batch.anomalies[0].message
    assert "5110012" not in {row["key"] for row in dicts(batch, Relation.CLASSVALUE)}


def test_a_record_left_out_still_tells_whom_and_what_it_states() -> None:
    _, batch = read_set(AAF / "02-bad-records")
    (bad,) = dicts(batch, Relation.BADKEY)
    assert (bad["kind"], bad["key"], bad["line"]) == ("P", "5110013", 44)
    assert (bad["school_keys"], bad["relative_keys"], bad["ine"]) == (["110002"], ["2110012"], "110000013AF")
    assert "5110013" not in {row["key"] for row in dicts(batch, Relation.TIE)}


def test_one_key_twice_gives_two_rows_whose_digests_differ() -> None:
    _, batch = read_set(AAF / "02-bad-records")
    twice = [row for row in dicts(batch, Relation.PERSON) if row["key"] == "5110014"]
    assert [row["line"] for row in twice] == [63, 82]
    assert twice[0]["digest"] != twice[1]["digest"]


def test_twins_without_ine_have_none_to_join_by_then_one_each() -> None:
    _, before = read_set(AAF / "03-ine-arrives" / "1")
    _, after = read_set(AAF / "03-ine-arrives" / "2")
    assert [(row["ine"], row["ine_joins"]) for row in people(before).values()] == [("", False)] * 2
    assert [(row["ine"], row["ine_joins"]) for row in people(after).values()] == [
        ("110000021AH", True),
        ("110000022AJ", True),
    ]


def test_one_ine_on_two_births_stays_two_pupils() -> None:
    _, batch = read_set(AAF / "04-one-ine-two-children")
    assert {(row["ine"], row["birth_date"]) for row in people(batch).values()} == {
        ("110000031AK", "2018-01-01"),
        ("110000031AK", "2016-07-15"),
    }


def test_two_schools_share_a_pupil_a_teacher_and_a_label() -> None:
    _, batch = read_set(AAF / "05-two-schools")
    places = dicts(batch, Relation.PLACE)
    assert {row["school_key"] for row in places if row["key"] == "5110043"} == {"110005", "110006"}
    assert {(r["school_key"], r["function_code"], r["is_head"]) for r in places if r["kind"] == "S"} == {
        ("110005", "ENS", False),
        ("110006", "DIR", True),
    }
    values = dicts(batch, Relation.CLASSVALUE)
    assert {(row["school_key"], row["class_key"]) for row in values if row["label"] == "CE1"} == {
        ("110005", "C110006"),
        ("110006", "C110008"),
    }
    assert [row["relative_key"] for row in dicts(batch, Relation.TIE) if row["key"] == "5110041"] == [
        "2110041",
        "2110042",
    ]


def test_a_class_renamed_keeps_its_key() -> None:
    labels = {}
    for step in ("1", "2"):
        _, batch = read_set(AAF / "06-class-renamed" / step)
        (value,) = dicts(batch, Relation.CLASSVALUE)
        labels[value["label"]] = value["class_key"]
    assert len(labels) == 2
    assert set(labels.values()) == {"C110009"}


def test_the_declared_encoding_is_honoured() -> None:
    _, batch = read_set(AAF / "07-iso-8859-15")
    (pupil,) = people(batch).values()
    assert (pupil["last_name"], pupil["first_name"]) == ("NOËL", "Cœlia")
    assert [row["label"] for row in dicts(batch, Relation.CLASSVALUE)] == ["CP €"]


def test_twins_and_homonyms_keep_their_own_keys_births_and_ties() -> None:
    _, batch = read_set(AAF / "08-twins-homonyms-one-mail")
    assert len(people(batch)) == 3
    assert len(people(batch, "R")) == 3
    assert len(batch.rows[Relation.TIE]) == 5
    assert codes(batch) == []


def test_a_name_changed_changes_the_digest_and_not_the_key() -> None:
    pupils = [people(read_set(AAF / "09-name-changed" / step)[1]) for step in ("1", "2")]
    assert pupils[0].keys() == pupils[1].keys()
    (key,) = pupils[0]
    assert pupils[0][key]["digest"] != pupils[1][key]["digest"]


def test_a_difference_set_is_refused_by_its_name() -> None:
    with pytest.raises(UnreadableSet, match="seules les alimentations complètes") as refused:
        read_set(AAF / "10-difference-set")
    assert (refused.value.code, refused.value.exit_code) == ("difference-set", 3)
