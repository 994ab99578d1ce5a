"""Sets of *collèges*: last year's CM2 with their INE, deterministic, and read by the importer as they say."""

from pathlib import Path

import pytest

from accounts.enums import Profile
from accounts.models import User
from core import clock, invariants
from core.errors import BadUsage
from demo.academy import make_college_set, make_set
from demo.academy.levels import LEVEL_NAMES, Level
from directory.models import Guardianship
from feeds.services.import_aaf import import_aaf1d, import_aaf2d
from tests.demo.factories import recipe
from tests.demo.reading import read_set
from tests.demo.test_make_feed import refused, run
from tests.feeds.seen import changes
from tests.feeds.sets import noon


def test_pupils_are_those_who_left_cm2_with_the_same_ine_and_birth_date(tmp_path: Path) -> None:
    make_set(recipe(), tmp_path / "before")
    make_set(recipe(), tmp_path / "after", year_offset=1)
    told = make_college_set(recipe(), tmp_path / "college")
    before, after, college = (read_set(tmp_path / name) for name in ("before", "after", "college"))
    assert told["counts"]["pupils"] == len(college.pupils) > 20
    for key, entry in college.pupils.items():
        former = before.pupils[told["former_pupils"][key]]
        assert former.one("ENTEleveNiveau") in (LEVEL_NAMES[Level.CM2], "ULIS")
        assert former.key not in after.pupils
        assert former.one("ENTEleveINE") in (entry.one("ENTEleveINE"), "")
        assert former.one("ENTPersonDateNaissance") == entry.one("ENTPersonDateNaissance")
        assert entry.one("ENTEleveNivFormation") == "6EME"
        named = {value.split("$")[0] for value in entry.many("ENTElevePersRelEleve")}
        assert named <= college.relatives.keys()
    shared = college.relatives.keys() & after.relatives.keys()
    assert shared, "a family with a child in each degree keeps its keys"
    assert set(told["renumbered_relatives"].values()) <= before.relatives.keys()
    assert told["renumbered_relatives"].keys() <= college.relatives.keys()


def test_each_year_more_grades(tmp_path: Path) -> None:
    make_college_set(recipe(), tmp_path, year_offset=3)
    grades = {pupil.one("ENTEleveNivFormation") for pupil in read_set(tmp_path).pupils.values()}
    assert grades == {"6EME", "5EME", "4EME"}


def test_the_same_recipe_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_college_set(recipe(), tmp_path / name, year_offset=2)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "b").iterdir())
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)


def test_the_first_year_sends_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadUsage):
        make_college_set(recipe(), tmp_path, year_offset=0)
    assert "--year-offset 1" in refused(
        capsys, "--demo", "--year", "2026", "--college", "--year-offset", "0", "--out", str(tmp_path)
    )
    refused(capsys, "--demo", "--year", "2026", "--college", "--onde-csv", "0990102Y", "--out", str(tmp_path))


def test_the_demos_college_by_the_command(tmp_path: Path) -> None:
    said = run("--demo", "--year", "2026", "--college", "--out", str(tmp_path / "all"))
    assert "Année 2027-2028\u00a0: 1 collèges" in said
    run("--demo", "--year", "2026", "--college", "--staff-only", "--out", str(tmp_path / "staff"))
    assert read_set(tmp_path / "staff").staff == read_set(tmp_path / "all").staff


@pytest.mark.django_db
def test_brought_in_after_the_ecoles_they_are_the_same_people(tmp_path: Path) -> None:
    first = make_set(recipe(), tmp_path / "before")
    make_set(recipe(), tmp_path / "after", year_offset=1)
    told = make_college_set(recipe(), tmp_path / "college")
    with clock.at(noon("2026-09-15")):
        import_aaf1d(path=tmp_path / "before")
    known = dict(User.objects.filter(profile=Profile.PUPIL).values_list("joining_key", "username"))
    with clock.at(noon("2027-09-15")):
        import_aaf1d(path=tmp_path / "after")
        ran = import_aaf2d(path=tmp_path / "college")
        assert ran.state == "applied"
        assert changes(import_aaf1d(path=tmp_path / "after")) == {}
        assert changes(import_aaf2d(path=tmp_path / "college")) == {}
    without_ine = told["counts"]["pupils_without_ine"]
    assert (
        ran.counts["pupils"]["restored"]
        >= told["counts"]["pupils"] - without_ine - first["counts"]["pupils_without_ine"]
    )
    for key, former in told["former_pupils"].items():
        pupil = User.objects.get(joining_kind="P", joining_key=key)
        if pupil.ine and ran.counts["pupils"]["created"] == 0:
            assert pupil.username == known[former]
        assert Guardianship.objects.filter(pupil=pupil, ended_on=None).exists()
    assert ran.counts["relatives"]["created"] == len(told["renumbered_relatives"])
    assert ran.anomalies.count() == 0
    assert invariants.run_all() == []
