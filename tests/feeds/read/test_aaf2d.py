"""AAF 2D: what each attribute means, and which of its records are told to a human."""

from pathlib import Path
from typing import Any

import pytest

from feeds.read.aaf import FileJob, read_file
from feeds.read.aaf2d import AAF2D, ATTRIBUTES, class_value, read_level, tie
from feeds.read.rows import Batch, Kind, Relation
from tests.feeds.colleges import INE, colleague, college, collegian, parent, told
from tests.feeds.read.factories import CATEGORIES, LATEST, codes, dicts, gather, one, xml

NAMES = {"line", "file", "digest"}


def read(path: Path, *records: str, kind: Kind = Kind.PUPIL, day: str = LATEST) -> Batch:
    """What the second degree's reader makes of some records of one kind."""
    name = f"ENT_X_Complet_20260915_{CATEGORIES[kind]}_0000.xml"
    (path / name).write_bytes(xml(*records))
    return gather(read_file(FileJob(str(path / name), name, 0, kind, day, AAF2D.name)))


def said(batch: Batch, relation: Relation, *names: str) -> list[dict[str, Any]]:
    return [{name: row[name] for name in names} for row in dicts(batch, relation)]


def test_a_pupil_whole(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        collegian(
            "6001", "Z", ine=INE, relatives=["2001$2$1$1$1$1", "2002$1$N$0$O$0"],
            ENTPersonAutresPrenoms=["Jeanne", "Rose"], personalTitle="MLLE", mail="lea@example.invalid",
            ENTEleveMEF="10010012110",
        ).text,
    )  # fmt: skip
    assert codes(batch) == []
    row = one(batch, Relation.PERSON)
    assert {name: row[name] for name in row if name not in NAMES and row[name] not in ("", None)} == {
        "kind": "P", "key": "6001", "ine": INE, "ine_joins": True, "birth_date": "2016-03-12",
        "last_name": "MARTIN", "birth_name": "MARTIN", "first_name": "Gaab", "other_first_names": "Jeanne, Rose",
        "civility": "Mme", "email": "lea@example.invalid", "level": "6EME",
    }  # fmt: skip
    assert said(batch, Relation.PLACE, "school_key", "entered_on", "left_on", "is_head") == [
        {"school_key": "Z", "entered_on": None, "left_on": None, "is_head": False}
    ]
    assert said(batch, Relation.CLASSVALUE, "school_key", "starts_on", "ends_on", "class_key", "label") == [
        {"school_key": "Z", "starts_on": None, "ends_on": None, "class_key": "", "label": "6A"}
    ]
    assert said(batch, Relation.TIE, "relative_key", "rank", "tie_kind", "legal", "contact", "payer") == [
        {"relative_key": "2001", "rank": 1, "tie_kind": 2, "legal": True, "contact": True, "payer": True},
        {"relative_key": "2002", "rank": 2, "tie_kind": 1, "legal": False, "contact": True, "payer": False},
    ]


def test_a_relative_whole(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        parent(
            "2001", ENTPersonNomPatro="DUPRE", personalTitle="MME", mail="a@example.invalid",
            homePhone="03 53 01 00 01", telephoneNumber="02 61 91 00 02", mobile="06 39 98 00 03",
            ENTPersonAdresse="3 rue Haute$Bâtiment B$", ENTPersonCodePostal="62100", ENTPersonVille="CALAIS",
            ENTPersonPays="FRANCE",
        ).text,
        kind=Kind.RELATIVE,
    )  # fmt: skip
    assert codes(batch) == []
    row = one(batch, Relation.PERSON)
    assert {name: row[name] for name in row if name not in NAMES and row[name] not in ("", None, False)} == {
        "kind": "R", "key": "2001", "last_name": "MARTIN", "birth_name": "DUPRE", "first_name": "Caab",
        "civility": "Mme", "email": "a@example.invalid", "home_phone": "0353010001", "work_phone": "0261910002",
        "mobile_phone": "0639980003", "address": "3 rue Haute\nBâtiment B", "postal_code": "62100",
        "city": "CALAIS", "country": "FRANCE",
    }  # fmt: skip


def test_the_staff_and_who_heads(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        colleague("8001", ENTAuxEnsClasses="Z$6A").text,
        colleague("8002", code="DIR$DIRECTION$D0010$PERSONNEL DE DIRECTION").text,
        colleague("8003", code="EDU$EDUCATION$E0030$CPE").text,
        kind=Kind.STAFF,
    )
    assert codes(batch) == []
    assert [row["is_teacher"] for row in dicts(batch, Relation.PERSON)] == [True, False, False]
    assert said(batch, Relation.PLACE, "key", "function_code", "function_label", "is_head") == [
        {"key": "8001", "function_code": "ENS", "function_label": "ENSEIGNEMENT", "is_head": False},
        {"key": "8002", "function_code": "DIR", "function_label": "DIRECTION", "is_head": True},
        {"key": "8003", "function_code": "EDU", "function_label": "EDUCATION", "is_head": False},
    ]
    assert dicts(batch, Relation.CLASSVALUE) == []


def test_a_college_whole(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        college(
            "Z", ENTStructureSIREN="196200017", ENTEtablissementContrat="PU", street="12 rue Basse",
            postalCode="62100", l="CALAIS", telephoneNumber="03 53 01 00 09", postOfficeBox="BP 12",
            ENTStructureEmail="ce.z@example.invalid", facsimileTelephoneNumber="0353010010",
        ).text,
        kind=Kind.SCHOOL,
    )  # fmt: skip
    assert codes(batch) == []
    row = one(batch, Relation.SCHOOL)
    del row["line"], row["file"]
    assert row == {
        "joining_key": "Z", "uai": row["uai"], "siren": "196200017", "name": "Collège Z", "kind": "COLLEGE",
        "type_label": "COLLEGE", "private": False, "address": "12 rue Basse\nBP 12", "postal_code": "62100",
        "city": "CALAIS", "phone": "0353010009", "email": "ce.z@example.invalid", "district_key": "",
        "academy_name": "EXEMPLE", "academy_code": "24",
    }  # fmt: skip


def test_a_structure_that_says_nothing_of_its_kind_is_a_college(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        college("Z", ENTStructureTypeStruct="", ENTStructureNomCourant="LES ORMES").text,
        kind=Kind.SCHOOL,
    )
    assert one(batch, Relation.SCHOOL)["kind"] == "COLLEGE"


def test_the_first_degrees_names_of_the_same_things_are_taken_too(tmp_path: Path) -> None:
    names = {"sn": None, "givenName": None, "ENTPersonNom": "LEROY", "ENTPersonPrenom": "Zoé"}
    row = one(read(tmp_path, collegian("6001", **names).text), Relation.PERSON)
    assert (row["last_name"], row["first_name"]) == ("LEROY", "Zoé")


def test_every_attribute_of_the_table_is_known_to_the_reader(tmp_path: Path) -> None:
    for kind, table in ATTRIBUTES.items():
        batch = read(tmp_path, told(kind, "1", **dict.fromkeys(table, "1")).text, kind=kind)
        assert "attribute-unknown" not in codes(batch)


def test_an_attribute_that_nobody_knows_is_told_once(tmp_path: Path) -> None:
    batch = read(tmp_path, *(collegian(key, ENTEleveAstrologie="x").text for key in ("6001", "6002")))
    assert codes(batch) == ["attribute-unknown"]
    assert "ENTEleveAstrologie" in batch.anomalies[0].message


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ENTPersonDateNaissance": ""}, "birth-date-missing"),
        ({"ENTPersonDateNaissance": "31/02/2016"}, "birth-date-impossible"),
        ({"sn": "", "ENTPersonNomPatro": ""}, "name-missing"),
        ({"givenName": ""}, "name-missing"),
        ({"ENTEleveClasses": "Z$01/09/2027$05/07/2028$C1$6A"}, "class-parts"),
        ({"ENTEleveClasses": "Z$"}, "class-dates"),
        ({"ENTElevePersRelEleve": "$1$1$1$1$1"}, "tie-unreadable"),
        ({"ENTEleveNivFormation": "TERMINALE"}, "level-unknown"),
        ({"ENTEleveINE": "12"}, "ine-malformed"),
        ({"ENTEleveGroupes": "Z$6A LATIN"}, "groups-unused"),
    ],
)
def test_a_bad_record_is_named_by_file_and_line_with_where_to_put_it_right(
    tmp_path: Path, changed: dict[str, str], code: str
) -> None:
    batch = read(tmp_path, collegian("6001").text, collegian("6002", **changed).text)
    (found,) = batch.anomalies
    assert str(found.code) == code
    assert found.file == "ENT_X_Complet_20260915_Eleve_0000.xml"
    assert found.line == 4 + len(collegian("6001").text.splitlines())
    assert "ONDE" not in found.message
    if code == "class-parts":
        assert "5 parties au lieu de deux" in found.message
        assert "SIECLE" in found.message


def test_a_record_without_a_birth_date_is_left_out_and_still_states_its_ties(tmp_path: Path) -> None:
    batch = read(tmp_path, collegian("6001", born=None, ine=INE, relatives=["2001"]).text)
    assert dicts(batch, Relation.PERSON) == []
    row = one(batch, Relation.BADKEY)
    assert (row["key"], row["school_keys"], row["relative_keys"], row["ine"]) == (
        "6001",
        ["Z"],
        ["2001"],
        INE,
    )


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("6EME", "6EME"), ("6e", "6EME"), ("6ème", "6EME"), ("SIXIEME", "6EME"), ("5EME SEGPA", "5EME"),
        ("4 EME", "4EME"), ("TROISIEME", "3EME"), ("10110001110", "5EME"), ("10310019110", "3EME"),
        ("ULIS", "ULIS"), ("", ""), ("2NDE", None), ("CM2", None), ("20010015110", None), ("16EME", None),
    ],
)  # fmt: skip
def test_levels_in_words_and_as_a_mef(text: str, level: str | None) -> None:
    assert read_level(text) == level


def test_composite_values_short_of_their_last_parts() -> None:
    assert class_value(" Z $ 6 A ") == ("Z", None, None, "", "6 A")
    assert class_value("Z") == 1
    assert tie("2001") == ("2001", None, None, None, None)
    assert tie("2001$1$0$2$1") == ("2001", 1, True, True, False)
