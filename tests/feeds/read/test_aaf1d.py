"""What is read of AAF records, attribute by attribute."""

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.read.aaf import FileJob, read_file
from feeds.read.aaf1d import AAF1D
from feeds.read.aaf_people import PeopleRecords
from feeds.read.rows import Kind, Relation, told_once
from tests.feeds.read.factories import LATEST, codes, dicts, job, one, read, record, xml

STAFF, RELATIVE, SCHOOL = Kind.STAFF, Kind.RELATIVE, Kind.SCHOOL


def test_a_pupil_gives_a_person_a_place_a_class_and_its_ties(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        record(
            ENTEleveAutoriteParentale=["2000$1$1$1$0", "2001$2$O$N", "2000$3", "2002"],
            ENTPersonAutresPrenoms=["Anne", "", "Rose"],
            ENTPersonCivilite="Mlle",
        ),
    )
    person = one(batch, Relation.PERSON)
    assert (person["kind"], person["key"], person["ine"], person["ine_joins"]) == (
        "P",
        "5000",
        "110000001AB",
        True,
    )
    assert (person["birth_date"], person["level"], person["civility"]) == ("2018-03-12", "CP", "Mme")
    assert (person["other_first_names"], person["is_teacher"], person["photo_consent"]) == (
        "Anne, Rose",
        None,
        None,
    )
    assert len(person["digest"]) == 16
    assert one(batch, Relation.PLACE)["school_key"] == "100"
    value = one(batch, Relation.CLASSVALUE)
    assert (value["starts_on"], value["ends_on"], value["class_key"], value["label"]) == (
        "2026-09-01", "2027-07-05", "C1", "CP",
    )  # fmt: skip
    assert [row[3:] for row in batch.rows[Relation.TIE]] == [
        ("2000", 1, 1, True, True, False),
        ("2001", 2, 2, True, False, None),
        ("2002", 3, None, None, None, None),
    ]


def test_a_relative_gives_telephones_and_an_address_of_several_lines(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        record(
            RELATIVE,
            ENTPersonAdresse="Bât. B$8 rue Verte$",
            ENTPersonCodePostal="59000",
            ENTPersonVille="LILLE",
            ENTPersonPays="FRANCE",
            ENTPersonTelPerso="03 20 00 00 00",
            ENTPersRelEleveTelPro="",
            ENTPersRelEleveTelMobile="0600000000",
            ENTPersRelEleveEleve=["5000", "5001"],
        ),
        kind=RELATIVE,
    )
    person = one(batch, Relation.PERSON)
    assert person["address"] == "Bât. B\n8 rue Verte"
    assert (person["home_phone"], person["work_phone"], person["mobile_phone"]) == (
        "0320000000",
        "",
        "0600000000",
    )
    assert person["birth_date"] is None
    assert batch.rows[Relation.PLACE] == batch.rows[Relation.TIE] == []
    assert batch.anomalies == []


def test_the_schools_of_staff_are_the_union_of_what_says_so(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        record(
            STAFF,
            ENTPersonStructRattach=["100", ""],
            ENTPersonFonctions=[
                "100$ENS$ENSEIGNEMENT$G0$X",
                "100$DIR$DIRECTION$D$Y",
                "101$ENS$ENSEIGNEMENT$G0$X",
            ],
            ENTEnsFonctionDir=["100", "102"],
            ENTPersonFonctionsDate="01/09/2026",
        ),
        kind=STAFF,
    )
    assert [row[2:6] for row in batch.rows[Relation.PLACE]] == [
        ("100", "DIR", "DIRECTION", True),
        ("101", "ENS", "ENSEIGNEMENT", False),
        ("102", "", "", True),
    ]
    assert batch.anomalies == []


@pytest.mark.parametrize(
    ("said", "function", "teaches"),
    [
        ("O", "100$ADM$ADMINISTRATION$$", True),
        ("n", "100$ENS$ENSEIGNEMENT$$", False),
        (None, "100$ENS$ENSEIGNEMENT$$", True),
        (None, "100$DOC$DOCUMENTATION$$", True),
        (None, "100$AED$ASSISTANT$$", False),
        (None, None, False),
    ],
)
def test_who_teaches_is_stated_else_told_by_the_function(
    said: str | None, function: str | None, teaches: bool, tmp_path: Path
) -> None:
    batch = read(
        tmp_path, record(STAFF, ENTPersonCategorieEnseignant=said, ENTPersonFonctions=function), kind=STAFF
    )
    assert one(batch, Relation.PERSON)["is_teacher"] is teaches


def test_a_school_gives_its_name_kind_and_district(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        record(
            SCHOOL,
            ENTStructureAdresse="73 avenue de la République",
            ENTStructureBoitePostale="BP 12",
            ENTStructureTelephone="01 81 85 66 08",
            ENTStructureMailSI="si@example.invalid",
            ENTEcoleCirconscription="900000",
            ENTServAcAcademie="EXEMPLE",
            ENTServAcCodeAcademie="24",
        ),
        kind=SCHOOL,
    )
    school = one(batch, Relation.SCHOOL)
    assert (school["joining_key"], school["uai"], school["kind"]) == ("100", "0622101X", "ELEMENTARY")
    assert (school["name"], school["private"]) == ("École élémentaire publique Les Lilas", False)
    assert school["address"] == "73 avenue de la République\nBP 12"
    assert (school["phone"], school["email"]) == ("0181856608", "si@example.invalid")
    assert (school["district_key"], school["academy_name"], school["academy_code"]) == (
        "900000",
        "EXEMPLE",
        "24",
    )


def test_a_school_without_a_usable_uai_is_left_out_and_a_wrong_letter_is_named(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        record(SCHOOL, ENTStructureUAI="622101"),
        record(SCHOOL, ENTStructureJointure="101", ENTStructureUAI="0622101A"),
        kind=SCHOOL,
    )
    assert codes(batch) == ["uai-unusable", "uai-letter"]
    assert one(batch, Relation.SCHOOL)["uai"] == "0622101A"


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no key": ({"ENTPersonJointure": None}, "key-missing"),
    "no name": ({"ENTPersonNom": "", "ENTPersonNomPatro": " "}, "name-missing"),
    "no first name": ({"ENTPersonPrenom": "-"}, "name-missing"),
    "no birth date": ({"ENTPersonDateNaissance": None}, "birth-date-missing"),
    "a birth date in words": ({"ENTPersonDateNaissance": "mars"}, "birth-date-unreadable"),
    "a day that never was": ({"ENTPersonDateNaissance": "30/02/2018"}, "birth-date-impossible"),
    "a birth to come": ({"ENTPersonDateNaissance": "2031-01-01"}, "birth-date-future"),
    "a name without end": ({"ENTPersonNom": "A" * 121}, "essential-too-long"),
    "a key without end": ({"ENTPersonJointure": "5" * 61}, "essential-too-long"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_pupil_who_cannot_be_read_is_left_out_and_named_and_the_next_comes_in(
    what: str, tmp_path: Path
) -> None:
    changed, code = BAD[what]
    batch = read(tmp_path, record(**changed), record(ENTPersonJointure="5001"))
    assert [row["key"] for row in dicts(batch, Relation.PERSON)] == ["5001"]
    assert [(str(a.code), a.line, a.leaves_out, a.refuses) for a in batch.anomalies] == [
        (code, 4, True, False)
    ]
    assert {row[3] for row in batch.rows[Relation.CLASSVALUE]} == {"5001"}
    told = [row["key"] for row in dicts(batch, Relation.BADKEY)]
    assert told == ([] if code == "key-missing" else [changed.get("ENTPersonJointure", "5000")[:60]])


@pytest.mark.parametrize("kind", [RELATIVE, STAFF])
def test_an_adult_with_an_impossible_birth_date_comes_in_without_it(kind: Kind, tmp_path: Path) -> None:
    batch = read(tmp_path, record(kind, ENTPersonDateNaissance="31/02/1980"), kind=kind)
    assert one(batch, Relation.PERSON)["birth_date"] is None
    assert codes(batch) == ["birth-date-ignored"]


def test_the_identifier_stands_for_a_missing_key(tmp_path: Path) -> None:
    batch = read(tmp_path, record(ENTPersonJointure=None).replace("<id/>", "<id>5009</id>"))
    assert one(batch, Relation.PERSON)["key"] == "5009"


def test_the_birth_name_stands_for_a_missing_name_of_use(tmp_path: Path) -> None:
    person = one(read(tmp_path, record(ENTPersonNom=None)), Relation.PERSON)
    assert (person["last_name"], person["birth_name"]) == ("MARTIN", "MARTIN")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("100$01/09/2026$C1$CP", "class-parts"),
        ("100$01/09/2026$05/07/2027$C1$CP$A", "class-parts"),
        ("100$01/09/2026$05/07/2027$$CP", "class-dates"),
        ("100$$05/07/2027$C1$CP", "class-dates"),
        ("100$31/09/2026$05/07/2027$C1$CP", "class-dates"),
        ("100$01/09/2026$fin$C1$CP", "class-dates"),
    ],
)
def test_a_class_value_that_cannot_be_used_is_named_and_the_pupil_comes_in(
    value: str, code: str, tmp_path: Path
) -> None:
    batch = read(tmp_path, record(ENTPersonClasses=[value, "100$01/09/2026$$C2$CE1"]))
    assert one(batch, Relation.PERSON)["key"] == "5000"
    assert (one(batch, Relation.CLASSVALUE)["class_key"], one(batch, Relation.CLASSVALUE)["ends_on"]) == (
        "C2",
        None,
    )
    assert codes(batch) == [code]


@pytest.mark.parametrize(
    ("schools", "left", "told", "anomalies"),
    [
        ("100", "01/02/2027", {"100": "2027-02-01"}, []),
        (["100", "101"], ["", "01/02/2027"], {"100": None, "101": "2027-02-01"}, []),
        (["100", "101"], "01/02/2027", {"100": None, "101": None}, ["exit-date-unplaced"]),
        ("100", "31/02/2027", {"100": None}, ["exit-date-unreadable"]),
        (["100", "100"], "", {"100": None}, []),
    ],
)
def test_an_exit_date_is_that_of_its_school_or_of_none(
    schools: Any, left: Any, told: dict[str, str | None], anomalies: list[str], tmp_path: Path
) -> None:
    batch = read(tmp_path, record(ENTPersonStructRattach=schools, ENTEleveDateSortieStructRattach=left))
    assert {row["school_key"]: row["left_on"] for row in dicts(batch, Relation.PLACE)} == told
    assert codes(batch) == anomalies


def test_ine_levels_groups_and_ties_that_say_nothing_are_named_and_the_pupil_comes_in(tmp_path: Path) -> None:
    batch = read(
        tmp_path,
        record(
            ENTEleveINE="00000000000",
            ENTEleveNiveau="6EME",
            ENTPersonGroupes="100$a$b$c$d",
            ENTEleveAutoriteParentale="$1",
        ),
        record(
            ENTPersonJointure="5001", ENTEleveINE="12", ENTEleveNiveau="6EME", ENTPersonGroupes="100$a$b$c$d"
        ),
    )
    assert len(batch.rows[Relation.PERSON]) == 2
    assert codes(batch) == [
        "tie-unreadable",
        "ine-placeholder",
        "level-unknown",
        "groups-unused",
        "ine-malformed",
    ]
    assert [(row["ine"], row["ine_joins"]) for row in dicts(batch, Relation.PERSON)] == [
        ("", False),
        ("12", False),
    ]


def test_a_value_that_the_directory_could_not_keep_is_named_and_not_taken(tmp_path: Path) -> None:
    batch = read(tmp_path, record(RELATIVE, ENTPersonMail="a" * 255 + "@example.invalid"), kind=RELATIVE)
    assert one(batch, Relation.PERSON)["email"] == ""
    assert codes(batch) == ["value-too-long"]


def test_an_unknown_attribute_is_told_once_a_set_whatever_the_number_of_files(tmp_path: Path) -> None:
    found = []
    for part in ("a", "b"):
        (tmp_path / part).mkdir()
        batch = read(tmp_path / part, record(ENTFutur="1"), record(ENTPersonJointure="5001", ENTFutur="2"))
        assert codes(batch) == ["attribute-unknown"]
        found.extend(batch.anomalies)
    assert [a.subject for a in told_once(found)] == ["ENTFutur"]


def test_a_record_of_another_kind_is_named_and_a_file_without_any_of_its_own_is_flagged(
    tmp_path: Path,
) -> None:
    batch = read(tmp_path, record(STAFF))
    assert [(str(a.code), a.refuses) for a in batch.anomalies] == [
        ("wrong-kind", False),
        ("file-empty", True),
    ]
    assert batch.rows[Relation.PERSON] == []


def test_an_empty_file_is_flagged(tmp_path: Path) -> None:
    assert [(str(a.code), a.refuses) for a in read(tmp_path).anomalies] == [("file-empty", True)]


def test_a_file_is_read_in_batches_by_arguments_that_travel(tmp_path: Path) -> None:
    data = xml(*(record(ENTPersonJointure=str(5000 + n)) for n in range(5)))
    travelled: FileJob = pickle.loads(pickle.dumps(job(tmp_path, data)))
    batches = list(read_file(travelled, size=2))
    assert [batch.records for batch in batches] == [2, 2, 1]
    assert pickle.loads(pickle.dumps(batches[0])).rows == batches[0].rows


def test_the_digest_follows_the_meaning_and_not_the_place_in_the_file(tmp_path: Path) -> None:
    def digests(*records: str) -> list[bytes]:
        return [row["digest"] for row in dicts(read(tmp_path, *records), Relation.PERSON)]

    same, moved = digests(record()), digests(record(ENTPersonJointure="4999"), record())
    assert moved[1] == same[0]
    changes: list[dict[str, Any]] = [
        {"ENTPersonStructRattach": ["100", "101"]},
        {"ENTPersonClasses": "100$01/09/2026$05/07/2027$C2$CP"},
        {"ENTEleveAutoriteParentale": "2000$1"},
        {"ENTEleveDateSortieStructRattach": "01/02/2027"},
        {"ENTEleveINE": None},
    ]
    told = {digests(record(**change))[0] for change in changes}
    assert len(told | set(same)) == len(changes) + 1


PARTS = st.text(st.characters(codec="utf-8", exclude_characters="$&<>"), max_size=12)


@given(st.lists(st.lists(PARTS, max_size=7).map("$".join), max_size=6))
def test_no_composite_value_stops_the_reader(values: list[str]) -> None:
    reader = PeopleRecords(AAF1D, Kind.PUPIL, "a.xml", 0, latest_birth=LATEST)
    base = {"key": "1", "last_name": "A", "first_name": "B", "birth_date": "01/01/2018"}
    reader.read(1, {**base, "ties": values, "classes": values, "schools": values, "left": values})
    staff = PeopleRecords(AAF1D, Kind.STAFF, "a.xml", 0, latest_birth=LATEST)
    staff.read(1, {**base, "functions": values, "schools": values, "headed": values})
    (person,) = reader.batch.rows[Relation.PERSON]
    assert len(person[-1]) == 16
    keys = [row[3] for row in reader.batch.rows[Relation.TIE]]
    assert len(keys) == len(set(keys))
    assert [row[4] for row in reader.batch.rows[Relation.TIE]] == list(range(1, len(keys) + 1))
    for row in reader.batch.rows[Relation.CLASSVALUE]:
        assert all(row[at] for at in (4, 5, 7, 8))
