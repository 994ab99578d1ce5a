"""A file set says what its manifest says, read by someone who shares no code with the writer."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from demo.academy import Recipe, make_set
from demo.academy.aaf import feed_day
from tests.demo.factories import YEAR, recipe
from tests.demo.reading import FileSet, read_set


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("set")
    return folder, make_set(recipe(), folder)


@pytest.fixture(scope="module")
def read(made) -> FileSet:
    return read_set(made[0])


@pytest.fixture(scope="module")
def next_year(tmp_path_factory) -> tuple[FileSet, dict]:
    folder = tmp_path_factory.mktemp("next")
    told = make_set(recipe(), folder, year_offset=1)
    return read_set(folder), told


def test_the_names_of_the_files_say_academy_day_kind_and_part(made, read):
    assert read.names == sorted(
        f"ENT_EXEMPLE_Complet_{YEAR}0915_{kind}_0000.xml"
        for kind in ("EtabEducNat", "Eleve", "PersRelEleve", "PersEducNat")
    )
    assert sorted(name for names in made[1]["files"].values() for name in names) == read.names


def test_the_manifest_counts_what_the_files_hold(made, read):
    told = made[1]
    assert told == json.loads((made[0] / "manifest.json").read_text(encoding="utf-8"))
    counts = told["counts"]
    assert counts["schools"] == len(read.schools)
    assert counts["pupils"] == len(read.pupils) == 420
    assert counts["relatives"] == len(read.relatives)
    assert counts["staff"] == len(read.staff)
    assert counts["ties"] == len(read.ties())
    assert counts["classes"] == len({value[3] for value in read.class_values()})
    assert counts["pupils_without_ine"] == sum(not p.one("ENTEleveINE") for p in read.pupils.values()) > 0
    attachments = sum(len(s.many("ENTPersonStructRattach")) for s in read.staff.values())
    assert counts["staff_attachments"] == attachments > counts["staff"]
    assert counts["people"] == len(read.pupils) + len(read.relatives) + len(read.staff)


def test_the_manifest_tells_each_school(made, read):
    for told in made[1]["schools"]:
        school = read.schools[told["key"]]
        assert school.one("ENTStructureUAI") == told["uai"]
        assert school.one("ENTEcoleCirconscription") == told["district"]
        pupils = [p for p in read.pupils.values() if p.one("ENTPersonStructRattach") == told["key"]]
        assert told["pupils"] == len(pupils)
        relatives = {relative for pupil, relative in read.ties() if pupil in {p.key for p in pupils}}
        assert told["relatives"] == len(relatives)
        classes: dict[tuple[str, str], int] = {}
        for pupil in pupils:
            _, _, _, key, label = pupil.one("ENTPersonClasses").split("$")
            classes[key, label] = classes.get((key, label), 0) + 1
        assert classes == {(c["key"], c["label"]): c["pupils"] for c in told["classes"]}
        staff = [s for s in read.staff.values() if told["key"] in s.many("ENTPersonStructRattach")]
        assert told["staff"] == sorted(s.key for s in staff)
        assert [s.key for s in staff if told["key"] in s.many("ENTEnsFonctionDir")] == [told["head"]]


def test_every_key_that_a_record_names_is_in_the_set(read):
    ties = read.ties()
    assert {pupil for pupil, _ in ties} == read.pupils.keys()
    assert {relative for _, relative in ties} == read.relatives.keys()
    stated = {(child, r.key) for r in read.relatives.values() for child in r.many("ENTPersRelEleveEleve")}
    assert stated == ties.keys()
    for person in (*read.pupils.values(), *read.staff.values()):
        assert set(person.many("ENTPersonStructRattach")) <= read.schools.keys()


def test_class_values_are_of_five_parts_and_of_the_year(read):
    for school, start, end, key, label in read.class_values():
        assert school in read.schools
        assert (start, end) == (f"01/09/{YEAR}", f"05/07/{YEAR + 1}")
        assert key
        assert label


def test_some_schools_have_groups_of_five_parts(read):
    groups = [p.one("ENTPersonGroupes") for p in read.pupils.values() if p.one("ENTPersonGroupes")]
    assert groups
    assert all(len(group.split("$")) == 5 for group in groups)


def test_ties_say_their_kind_and_three_flags(read):
    for parts in read.ties().values():
        kind, *flags = parts
        assert kind in "124"
        assert len(flags) == 3
        assert set(flags) <= {"0", "1"}
    assert any(parts[1] == "0" for parts in read.ties().values())


def test_functions_are_of_five_parts(read):
    for staff in read.staff.values():
        for value in staff.many("ENTPersonFonctions"):
            assert len(value.split("$")) == 5
            assert value.split("$")[1] in {"ENS", "DIR", "AVS"}


def test_differences_are_those_between_the_two_sets(read, next_year):
    after, told = next_year
    keys = told["keys"]
    for kind, before_part, after_part in (
        ("pupils", read.pupils, after.pupils),
        ("relatives", read.relatives, after.relatives),
        ("staff", read.staff, after.staff),
    ):
        assert keys[kind]["created"] == sorted(after_part.keys() - before_part.keys())
        assert keys[kind]["absent"] == sorted(before_part.keys() - after_part.keys())
        assert told["differences"][kind]["created"] == len(keys[kind]["created"])
    moved = {
        key: [
            read.pupils[key].many("ENTPersonStructRattach"),
            after.pupils[key].many("ENTPersonStructRattach"),
        ]
        for key in read.pupils.keys() & after.pupils.keys()
        if read.pupils[key].values["ENTPersonStructRattach"]
        != after.pupils[key].values["ENTPersonStructRattach"]
    }
    assert {key: [list(was), list(now)] for key, was, now in keys["pupils"]["moved"]} == moved
    got_ine = [
        key
        for key in sorted(read.pupils.keys() & after.pupils.keys())
        if after.pupils[key].one("ENTEleveINE") and not read.pupils[key].one("ENTEleveINE")
    ]
    assert keys["pupils"]["got_ine"] == got_ine


def test_ties_that_begin_and_end_are_those_between_the_two_sets(read, next_year):
    after, told = next_year
    before_ties, after_ties = read.ties(), after.ties()
    assert [tuple(p) for p in told["keys"]["ties"]["created"]] == sorted(
        after_ties.keys() - before_ties.keys()
    )
    lost = before_ties.keys() - after_ties.keys()
    assert [tuple(p) for p in told["keys"]["ties"]["gone"]] == sorted(
        p for p in lost if p[0] not in after.pupils
    )
    assert [tuple(p) for p in told["keys"]["ties"]["ended"]] == sorted(
        p for p in lost if p[0] in after.pupils
    )


def test_relatives_and_staff_whose_details_change_are_named(read, next_year):
    after, told = next_year
    places = {"ENTPersRelEleveEleve", "ENTPersonStructRattach", "ENTPersonFonctions", "ENTEnsFonctionDir"}
    places |= {"ENTPersonCategorieEnseignant"}
    for kind, before_part, after_part in (
        ("relatives", read.relatives, after.relatives),
        ("staff", read.staff, after.staff),
    ):
        changed = [
            key
            for key in sorted(before_part.keys() & after_part.keys())
            if any(
                before_part[key].values[name] != value
                for name, value in after_part[key].values.items()
                if name not in places
            )
        ]
        assert told["keys"][kind]["details_changed"] == changed


def test_late_august_tells_schools_and_staff_alone(tmp_path, next_year):
    told = make_set(recipe(), tmp_path, year_offset=1, staff_only=True)
    august = read_set(tmp_path)
    assert set(august.entries) == {"EtabEducNat", "PersEducNat"}
    assert all(f"_Complet_{YEAR + 1}08" in name for name in august.names)
    assert august.staff == next_year[0].staff
    assert told["differences"]["staff"] == next_year[1]["differences"]["staff"]
    assert "pupils" not in told["counts"]
    assert "pupils" not in told["differences"]


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_staffs_day_is_a_late_monday_of_august(year):
    day = feed_day(year, staff_only=True)
    assert day.weekday() == 0
    assert date(year, 8, 22) <= day <= date(year, 8, 28)


def test_a_day_of_ones_own_is_in_every_name_and_in_the_manifest(tmp_path):
    told = make_set(recipe(), tmp_path, day=date(2026, 10, 6))
    assert told["date"] == "2026-10-06"
    assert all("_Complet_20261006_" in name for name in read_set(tmp_path).names)


def test_parts_follow_one_another_from_zero(tmp_path):
    told = make_set(recipe(), tmp_path, records_a_file=100)
    assert told["files"]["Eleve"] == [
        f"ENT_EXEMPLE_Complet_{YEAR}0915_Eleve_{part:04d}.xml" for part in range(5)
    ]
    assert len(read_set(tmp_path).pupils) == 420


def test_a_large_set_is_counted_without_listing_keys(tmp_path):
    told = make_set(Recipe(seed=2, schools=20, year=YEAR, pupils=3000), tmp_path, year_offset=1)
    assert "keys" not in told
    assert told["portrait"]["twins"] > 0
    assert told["differences"]["pupils"]["promoted"] > 2000


SCRIPT = """
import sys
from pathlib import Path
from demo.academy import Recipe, make_csv, make_set
recipe = Recipe(seed=11, schools=4, year=2026, pupils=300)
make_set(recipe, Path(sys.argv[1]) / "set", year_offset=2)
make_csv(recipe, Path(sys.argv[1]) / "csv", uai=sys.argv[2], year_offset=2)
"""


def test_two_runs_give_the_same_bytes(tmp_path):
    uai = make_set(Recipe(seed=11, schools=4, year=2026), tmp_path / "first")["schools"][1]["uai"]
    for run in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": run}
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "-c", SCRIPT, str(tmp_path / run), uai]
        subprocess.run(command, check=True, cwd=root, env=environment)
    one, two = (
        {path.relative_to(tmp_path / run): path.read_bytes() for path in (tmp_path / run).rglob("*.*")}
        for run in ("1", "2")
    )
    assert len(one) == 6 + 4
    assert one == two
