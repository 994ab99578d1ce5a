"""Who the rows of an ONDE CSV are within the school: exact, both ways, never guessed."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from feeds.match import Matched, match
from feeds.match_people import Known
from feeds.read.onde_csv import OndeSet, read_onde
from feeds.read.rows import COLUMNS, Relation
from tests.feeds.read.factories import CASES, LATEST, codes

ONDE = CASES / "onde-csv"
PUPILS = "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Classe;INE\r\n"
RELATIVES = "Nom usage responsable;Nom responsable;Prénom responsable;Courriel;Nom de famille enfant;Prénom enfant;Classes enfants\r\n"
TEACHERS = "Nom;Prénom;Courriel\r\n"
P, R, S = "P", "R", "S"


def pupil(number: int, last: str, first: str, born: str = "2018-01-01", **said: object) -> Known:
    return Known(number, P, last, str(said.pop("birth_name", last)), first, birth_date=born, **said)  # type: ignore[arg-type]


def relative(number: int, last: str, first: str, *children: int, email: str = "") -> Known:
    return Known(number, R, last, last, first, email=email, children=children)


def teacher(number: int, last: str, first: str, email: str = "") -> Known:
    return Known(number, S, last, last, first, email=email)


def matched(
    folder: Path, known: Iterable[Known] = (), *, pupils: str = "", relatives: str = "", teachers: str = ""
) -> Matched:
    """Rows of the three files (without their headers) against known people."""
    for name, head, rows in (("eleves", PUPILS, pupils), ("responsables", RELATIVES, relatives),
                             ("enseignants", TEACHERS, teachers)):  # fmt: skip
        if rows:
            (folder / f"{name}.csv").write_text(head + rows, encoding="utf-8", newline="")
    return against(read_onde(folder, school_key="0623401K", latest_birth=LATEST), known)


def against(found: OndeSet, known: Iterable[Known] = ()) -> Matched:
    return match(known, found.batch, files=[file.name for file in found.files])


def case(name: str) -> OndeSet:
    return read_onde(ONDE / name, school_key="0623401K", latest_birth=LATEST)


def taken_in(found: OndeSet, told: Matched, former: Iterable[Known] = ()) -> list[Known]:
    """The people known once an import has taken in what was matched; ids go on from those there are."""
    before = {person.id: person for person in former}
    ids = dict(told.person_ids)
    for number, ref in enumerate(told.new, start=max(before, default=0) + 1):
        ids[ref] = number
    children: dict[str, list[int]] = {}
    for tie in told.ties:
        if tie.certain:
            pupil_id = ids[P, tie.pupil_key] if tie.pupil_key else tie.pupil_id
            children.setdefault(tie.relative_key, []).append(pupil_id)  # type: ignore[arg-type]
    classes: dict[tuple[str, str], list[str]] = {}
    for row in found.batch.rows[Relation.CLASSVALUE]:
        classes.setdefault((row[2], row[3]), []).append(row[8])
    for row in found.batch.rows[Relation.PERSON]:
        said = dict(zip(COLUMNS[Relation.PERSON], row, strict=True))
        ref = (said["kind"], said["key"])
        if ref in ids:
            kept = {
                name: said[name]
                for name in ("kind", "last_name", "birth_name", "first_name", "birth_date", "email")
            }
            before[ids[ref]] = Known(
                ids[ref], **kept, ine=said["ine"] if said["ine_joins"] else "",
                classes=tuple(classes.get(ref, ())), children=tuple(children.get(said["key"], ())),
            )  # fmt: skip
    return list(before.values())


SINGLE_CASES = {
    "01-utf8-bom": (3, 1, 0, 1),
    "02-saved-again-by-excel": (3, 1, 0, 2),
    "03-quotes-and-newlines": (2, 2, 0, 2),
    "04-dates": (2, 0, 0, 0),
    "05-headers-moved": (2, 0, 0, 0),
    "06-twins-homonyms": (6, 3, 0, 5),
    "07-usage-names": (2, 2, 0, 4),
    "09-gaps-between-children": (4, 2, 0, 7),
    "10-shared-mail": (3, 3, 1, 5),
    "12-spaces-in-classes": (4, 0, 3, 0),
    "13-no-class-yet": (2, 0, 0, 0),
}


@pytest.mark.parametrize("name", SINGLE_CASES)
def test_a_first_export_creates_what_it_should_and_the_same_again_nobody(name: str) -> None:
    found = case(name)
    first = against(found)
    kinds = [kind for kind, _ in first.new]
    assert (kinds.count(P), kinds.count(R), kinds.count(S), len(first.ties)) == SINGLE_CASES[name]
    known = taken_in(found, first)
    again = against(found, known)
    assert again.new == []
    assert len(set(again.person_ids.values())) == len(again.person_ids) == len(first.new)
    assert codes(again.anomalies) == codes(first.anomalies)
    assert {(tie.relative_key, tie.pupil_key) for tie in again.ties} == {
        (tie.relative_key, tie.pupil_key) for tie in first.ties
    }


def test_each_father_is_tied_to_the_emma_of_his_class() -> None:
    found = case("06-twins-homonyms")
    told = against(found)
    ties = [(tie.relative_key, tie.pupil_key) for tie in told.ties if tie.relative_key != "row:2"]
    assert ties == [("row:3", "row:6"), ("row:4", "row:7")]


def test_a_relative_whose_only_child_nobody_knows_is_named_with_the_line() -> None:
    told = against(case("09-gaps-between-children"))
    (anomaly,) = told.anomalies
    assert (str(anomaly.code), anomaly.file, anomaly.line) == (
        "relative-without-child", "CSVExtraction-responsables.csv", 5,
    )  # fmt: skip
    assert "Zita" in anomaly.message
    assert told.left_out == {(R, "row:5")}


@pytest.mark.parametrize(("name", "created"), [("08-corrected-spelling", 0), ("14-export-of-today", 1)])
def test_a_second_export_knows_those_of_the_first(name: str, created: int) -> None:
    first = case(f"{name}/1")
    known = taken_in(first, against(first))
    second = case(f"{name}/2")
    told = against(second, known)
    assert len(told.new) == created
    assert sorted(told.person_ids.values()) == sorted(person.id for person in known)
    assert told.anomalies == []


def test_an_ine_joins_whatever_became_of_the_name(tmp_path: Path) -> None:
    known = [pupil(1, "MARTIN", "Léa", ine="110000001AB")]
    told = matched(tmp_path, known, pupils="DURAND;;Lea-Rose;01/01/2018;CP;110000001AB\r\n")
    assert told.person_ids == {(P, "row:2"): 1}


def test_an_ine_on_another_birth_joins_nobody_and_is_named(tmp_path: Path) -> None:
    known = [pupil(1, "MARTIN", "Léa", ine="110000001AB")]
    told = matched(tmp_path, known, pupils="DURAND;;Luc;02/02/2017;CP;110000001AB\r\n")
    assert told.new == [(P, "row:2")]
    assert codes(told.anomalies) == ["ine-clash"]


def test_another_ine_under_the_same_names_and_birth_is_for_a_human(tmp_path: Path) -> None:
    known = [pupil(1, "MARTIN", "Léa", ine="110000001AB")]
    told = matched(tmp_path, known, pupils="MARTIN;;Léa;01/01/2018;CP;110000002AB\r\n")
    assert (told.person_ids, told.new, told.left_out) == ({}, [], {(P, "row:2")})
    assert told.present == {1}
    assert codes(told.anomalies) == ["ine-differs"]


def test_a_malformed_ine_that_is_put_right_leaves_the_pupil_who_they_were(tmp_path: Path) -> None:
    told = matched(
        tmp_path, [pupil(1, "MARTIN", "Léa", ine="12")], pupils="MARTIN;;Léa;01/01/2018;CP;110000002AB\r\n"
    )
    assert told.person_ids == {(P, "row:2"): 1}
    assert told.anomalies == []


def test_a_pupil_is_known_by_either_name(tmp_path: Path) -> None:
    known = [pupil(1, "DUPONT", "Léa", birth_name="MARTIN"), pupil(2, "ROUX", "Max")]
    told = matched(tmp_path, known, pupils="MARTIN;;Lea;01/01/2018;CP;\r\nBLANC;Roux;MAX;01/01/2018;CP;\r\n")
    assert told.person_ids == {(P, "row:2"): 1, (P, "row:3"): 2}


def test_the_same_names_on_another_birth_are_someone_else(tmp_path: Path) -> None:
    told = matched(tmp_path, [pupil(1, "MARTIN", "Léa")], pupils="MARTIN;;Léa;02/01/2018;CP;\r\n")
    assert told.new == [(P, "row:2")]


def test_two_known_for_one_row_are_named_and_neither_is_absent(tmp_path: Path) -> None:
    known = [pupil(1, "MARTIN", "Léa"), pupil(2, "Martin", "Lea")]
    told = matched(tmp_path, known, pupils="MARTIN;;Léa;01/01/2018;CP;\r\n")
    assert (told.person_ids, told.new, told.left_out, told.present) == ({}, [], {(P, "row:2")}, {1, 2})
    assert codes(told.anomalies) == ["person-ambiguous"]


def test_two_rows_for_one_known_are_named_and_neither_is_created(tmp_path: Path) -> None:
    known = [pupil(1, "DUPONT", "Léa", birth_name="MARTIN")]
    told = matched(tmp_path, known, pupils="MARTIN;;Léa;01/01/2018;CP;\r\nDUPONT;;Léa;01/01/2018;CE1;\r\n")
    assert (told.new, told.left_out, told.present) == ([], {(P, "row:2"), (P, "row:3")}, {1})
    assert [(str(a.code), a.line) for a in told.anomalies] == [
        ("person-ambiguous", 2),
        ("person-ambiguous", 3),
    ]


def test_a_known_pupil_whose_row_cannot_be_read_is_present_and_keeps_the_tie(tmp_path: Path) -> None:
    known = [pupil(1, "MOREL", "Elsa"), relative(2, "MOREL", "Anne", 1)]
    told = matched(
        tmp_path,
        known,
        pupils="MOREL;;Elsa;;CP;\r\nROUX;;Max;01/01/2018;CP;\r\n",
        relatives=";MOREL;Anne;;MOREL;Elsa;CP\r\n",
    )
    assert told.present == {1}
    assert told.person_ids == {(R, "row:2"): 2}
    assert [(tie.pupil_key, tie.pupil_id, tie.certain) for tie in told.ties] == [(None, 1, True)]
    assert told.anomalies == []


def test_a_known_relative_whose_row_lacks_a_first_name_is_present(tmp_path: Path) -> None:
    known = [pupil(1, "MOREL", "Elsa"), relative(2, "MOREL", "Anne", 1), relative(3, "ROUX", "Anne", 1)]
    told = matched(tmp_path, known, relatives=";MOREL;;;MOREL;Elsa;CP\r\n")
    assert told.present == {2}


def test_a_relative_is_known_by_a_child_in_common_not_by_the_name_alone(tmp_path: Path) -> None:
    known = [
        pupil(1, "MOREL", "Elsa"), pupil(2, "MOREL", "Max"),
        relative(3, "MOREL", "Anne", 1), relative(4, "MOREL", "Anne", 2),
    ]  # fmt: skip
    told = matched(tmp_path, known, relatives=";Morel;ANNE;;MOREL;Max;\r\n")
    assert told.person_ids == {(R, "row:2"): 4}


def test_a_namesake_of_another_family_is_a_new_relative(tmp_path: Path) -> None:
    known = [pupil(1, "MOREL", "Elsa"), pupil(2, "MOREL", "Max"), relative(3, "MOREL", "Anne", 1)]
    told = matched(tmp_path, known, relatives=";MOREL;Anne;;MOREL;Max;\r\n")
    assert told.new == [(R, "row:2")]


def test_a_mail_finds_a_relative_of_a_new_child_but_never_under_another_name(tmp_path: Path) -> None:
    known = [pupil(1, "MOREL", "Elsa"), relative(2, "MOREL", "Anne", 1, email="a@example.invalid")]
    pupils = "MOREL;;Nour;02/02/2020;PS;\r\n"
    told = matched(
        tmp_path, known, pupils=pupils,
        relatives=";MOREL;Anne;A@example.invalid;MOREL;Nour;\r\n;MOREL;Paul;a@example.invalid;MOREL;Nour;\r\n",
    )  # fmt: skip
    assert told.person_ids == {(R, "row:2"): 2}
    assert told.new == [(P, "row:2"), (R, "row:3")]


def test_two_relatives_of_one_name_and_child_are_told_apart_by_mail(tmp_path: Path) -> None:
    known = [
        pupil(1, "MOREL", "Elsa"),
        relative(2, "MOREL", "Anne", 1, email="a@example.invalid"),
        relative(3, "MOREL", "Anne", 1, email="b@example.invalid"),
    ]
    told = matched(tmp_path, known, relatives=";MOREL;Anne;b@example.invalid;MOREL;Elsa;\r\n")
    assert told.person_ids == {(R, "row:2"): 3}
    unsure = matched(tmp_path, known, relatives=";MOREL;Anne;;MOREL;Elsa;\r\n")
    assert (unsure.person_ids, unsure.present) == ({}, {2, 3})


def test_a_child_whom_the_class_does_not_tell_apart_is_named_and_no_tie_is_made(tmp_path: Path) -> None:
    pupils = "PETIT;;Emma;01/01/2018;CP;\r\nPETIT;;Emma;02/01/2018;CP;\r\nPETIT;;Zoé;02/01/2019;GS;\r\n"
    relatives = ";PETIT;Rémi;;PETIT;Emma;CP\r\n;PETIT;Rémi;;PETIT;Zoé;GS\r\n"
    told = matched(
        tmp_path, pupils=pupils, relatives=relatives.replace(";;PETIT", ";r@example.invalid;PETIT")
    )
    assert [(str(a.code), a.line) for a in told.anomalies] == [("child-ambiguous", 2)]
    assert [(tie.pupil_key, tie.certain) for tie in told.ties] == [
        ("row:2", False),
        ("row:3", False),
        ("row:4", True),
    ]


def test_the_only_pupil_of_a_name_is_meant_though_the_class_differs(tmp_path: Path) -> None:
    told = matched(
        tmp_path, pupils="PETIT;;Emma;01/01/2018;CP;\r\n", relatives=";PETIT;Rémi;;PETIT;Emma;CE1\r\n"
    )
    assert [(tie.pupil_key, tie.certain) for tie in told.ties] == [("row:2", True)]


def test_relatives_alone_find_the_pupils_already_known(tmp_path: Path) -> None:
    known = [
        pupil(1, "PETIT", "Emma", classes=("CP",)),
        pupil(2, "PETIT", "Emma", "2017-01-01", classes=("CE1",)),
    ]
    told = matched(tmp_path, known, relatives=";PETIT;Rémi;;PETIT;Emma;ce1\r\n")
    assert [(tie.pupil_key, tie.pupil_id, tie.certain) for tie in told.ties] == [(None, 2, True)]


def test_a_teacher_is_known_by_names_and_two_of_one_name_by_mail(tmp_path: Path) -> None:
    known = [
        teacher(1, "MOREL", "Gil"), teacher(2, "ROUX", "Ida", "a@example.invalid"), teacher(3, "ROUX", "Ida", "b@example.invalid"),
    ]  # fmt: skip
    told = matched(
        tmp_path,
        known,
        teachers="Morel;GIL;gil@example.invalid\r\nROUX;Ida;B@example.invalid\r\nNOUVEAU;Zoé;\r\n",
    )
    assert told.person_ids == {(S, "row:2"): 1, (S, "row:3"): 3}
    assert told.new == [(S, "row:4")]


def test_a_name_in_another_script_is_a_name(tmp_path: Path) -> None:
    known = [pupil(1, "Иванов", "Лев"), pupil(2, "Петров", "Лев")]
    told = matched(tmp_path, known, pupils="ИВАНОВ;;ЛЕВ;01/01/2018;CP;\r\n")
    assert told.person_ids == {(P, "row:2"): 1}
