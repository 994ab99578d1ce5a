"""One school as its director downloads it: the same people as in the academy's set."""

import csv
import io
from pathlib import Path

import pytest

from core.errors import BadUsage
from demo.academy import make_csv, make_set, world_of
from demo.academy.onde_csv import LAYOUTS, PUPILS_FILE, RELATIVES_FILE, TEACHERS_FILE
from tests.demo.factories import recipe
from tests.demo.reading import FileSet, read_set

CHILD = ["Nom d'usage enfant", "Nom de famille enfant", "Prénom enfant", "Classes enfants"]


@pytest.fixture(scope="module")
def academy(tmp_path_factory) -> tuple[FileSet, dict]:
    folder = tmp_path_factory.mktemp("set")
    told = make_set(recipe(), folder)
    return read_set(folder), told


@pytest.fixture(scope="module", params=[0, 1, 2])
def school(request, academy) -> dict:
    return academy[1]["schools"][request.param]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, school) -> Path:
    made = tmp_path_factory.mktemp("csv")
    make_csv(recipe(), made, uai=school["uai"])
    return made


def rows(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("cp1252")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def records(path: Path) -> list[dict[str, str]]:
    header, *body = rows(path)
    assert all(len(row) == len(header) for row in body)
    return [dict(zip(header, row, strict=True)) for row in body]


def test_the_pupils_are_those_of_the_set(folder, school, academy):
    told = {
        (
            p.one("ENTPersonNomPatro"),
            p.one("ENTPersonPrenom"),
            "-".join(reversed(p.one("ENTPersonDateNaissance").split("/"))),
            p.one("ENTEleveINE"),
            p.one("ENTPersonClasses").split("$")[4],
        )
        for p in academy[0].pupils.values()
        if p.one("ENTPersonStructRattach") == school["key"]
    }
    written = [
        (row["Nom élève"], row["Prénom élève"], row["Date naissance"], row["INE"], row["Libellé classe"])
        for row in records(folder / PUPILS_FILE)
    ]
    assert len(written) == len(told) == school["pupils"]
    assert set(written) == told


def test_the_relatives_and_their_children_are_those_of_the_set(folder, school, academy):
    read = academy[0]
    here = {p.key for p in read.pupils.values() if p.one("ENTPersonStructRattach") == school["key"]}
    told = sorted(
        (
            (relative.one("ENTPersonNomPatro"), relative.one("ENTPersonPrenom")),
            sorted(
                (read.pupils[key].one("ENTPersonNomPatro"), read.pupils[key].one("ENTPersonPrenom"))
                for key in relative.many("ENTPersRelEleveEleve")
                if key in here
            ),
        )
        for relative in read.relatives.values()
        if here & set(relative.many("ENTPersRelEleveEleve"))
    )
    header, *body = rows(folder / RELATIVES_FILE)
    first = header.index(CHILD[0])
    assert header[first : first + 4] == CHILD
    assert (len(header) - first) % 4 == 0
    assert len(header) - first >= 12
    written = sorted(
        (
            (row[2], row[3]),
            sorted((row[n + 1], row[n + 2]) for n in range(first, len(header), 4) if row[n + 1]),
        )
        for row in body
    )
    assert written == told


def test_the_teachers_have_their_class_and_one_directs(folder, school, academy):
    written = records(folder / TEACHERS_FILE)
    told = {
        s.one("ENTPersonMail")
        for s in academy[0].staff.values()
        if any(
            value.startswith(school["key"]) and "$AVS$" not in value for value in s.many("ENTPersonFonctions")
        )
    }
    assert {row["Courriel"] for row in written} == told
    assert [row["Courriel"] for row in written if row["Directeur"] == "oui"] == [
        academy[0].staff[school["head"]].one("ENTPersonMail")
    ]
    labels = {school_class["label"] for school_class in school["classes"]}
    assert {row["Classe"] for row in written} - {""} == labels


def test_the_former_layout_names_the_class_otherwise_and_has_no_ine(tmp_path, school):
    told = make_csv(recipe(), tmp_path, uai=school["uai"], layout="older")
    header, *body = rows(tmp_path / PUPILS_FILE)
    assert header[:4] == ["Nom Elève", "Nom d'usage Elève", "Prénom Elève", "Date naissance"]
    assert "Classe" in header
    assert "INE" not in header
    assert len(body) == told["counts"]["pupils"] == school["pupils"]


def test_the_manifest_counts_what_the_files_hold(folder, school):
    told = make_csv(recipe(), folder, uai=school["uai"].lower())
    assert told["counts"]["pupils"] == len(records(folder / PUPILS_FILE))
    assert told["counts"]["relatives"] == len(rows(folder / RELATIVES_FILE)) - 1
    assert told["counts"]["teachers"] == len(records(folder / TEACHERS_FILE))
    header, *body = rows(folder / RELATIVES_FILE)
    first = header.index(CHILD[0])
    assert told["counts"]["ties"] == sum(
        bool(row[n]) for row in body for n in range(first + 2, len(header), 4)
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(5))
def test_every_name_can_be_written_in_windows_1252(tmp_path, layout, seed):
    made = recipe(seed=seed, schools=6, pupils=900)
    for school in world_of(made).schools:
        make_csv(made, tmp_path, uai=school.uai, layout=layout)
        assert rows(tmp_path / PUPILS_FILE)


def test_an_unknown_school_is_refused_and_leaves_nothing(tmp_path):
    with pytest.raises(BadUsage, match="UAI 0000000A"):
        make_csv(recipe(), tmp_path / "out", uai="0000000A")
    assert not (tmp_path / "out").exists()
