"""The command: what it writes, prints and refuses."""

import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from demo.academy import demo_recipe, make_set
from demo.academy.showcase import FEED_FOLDER
from tests.demo.reading import read_set


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("make_feed", *words, stdout=out)
    return out.getvalue()


def refused(capsys, *words: str) -> str:
    error = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("make_feed", *words, stderr=error)
    assert ended.value.code == 2
    return error.getvalue()


def test_an_academy_by_its_seed(tmp_path):
    said = json.loads(
        run("--schools", "3", "--seed", "7", "--year", "2026", "--out", str(tmp_path / "a"), "--json")
    )
    read = read_set(tmp_path / "a")
    assert said["counts"]["pupils"] == len(read.pupils)
    assert said["date"] == "2026-09-15"
    assert said["out"] == str(tmp_path / "a")


def test_the_demo_follows_the_clock(tmp_path, at, settings):
    settings.CARTABLE_DATA = tmp_path / "data"
    at(datetime(2026, 11, 25, 8, tzinfo=ZoneInfo("Europe/Paris")))
    text = run("--demo", "--out", str(tmp_path / "a"))
    assert "Année 2026-2027\u00a0: 3 écoles" in text
    assert all("_HAUTEBRUME_Complet_20260915_" in name for name in read_set(tmp_path / "a").names)


def test_the_demos_august_and_next_year_are_the_same_academys(tmp_path):
    base = ("--demo", "--year", "2026")
    run(*base, "--out", str(tmp_path / "now"))
    run(*base, "--year-offset", "1", "--staff-only", "--out", str(tmp_path / "august"))
    run(*base, "--year-offset", "1", "--out", str(tmp_path / "next"))
    now, august, following = (read_set(tmp_path / name) for name in ("now", "august", "next"))
    assert now.schools == august.schools == following.schools
    assert august.staff == following.staff
    assert len(now.pupils.keys() & following.pupils.keys()) > 180


def test_the_next_year_of_a_demo_is_counted_from_its_own_first(tmp_path, at, settings):
    settings.CARTABLE_DATA = tmp_path
    make_set(demo_recipe(2026), tmp_path / FEED_FOLDER)
    at(datetime(2027, 10, 4, 8, tzinfo=ZoneInfo("Europe/Paris")))
    run("--demo", "--year-offset", "1", "--out", str(tmp_path / "next"))
    assert all("_Complet_20270915_" in name for name in read_set(tmp_path / "next").names)


def test_one_schools_csv(tmp_path):
    said = json.loads(
        run("--demo", "--year", "2026", "--onde-csv", "0990102Y", "--out", str(tmp_path), "--json")
    )
    assert said["school"] == "0990102Y"
    assert {path.suffix for path in tmp_path.iterdir()} == {".csv", ".json"}


def test_a_set_made_again_takes_the_place_of_the_former(tmp_path):
    out = str(tmp_path / "a")
    run("--schools", "3", "--pupils", "300", "--per-file", "50", "--year", "2026", "--out", out)
    run("--schools", "3", "--pupils", "300", "--year", "2026", "--out", out)
    assert len(list((tmp_path / "a").glob("*_Eleve_*.xml"))) == 1
    run("--demo", "--year", "2026", "--onde-csv", "0990101X", "--out", out)
    assert not list((tmp_path / "a").glob("*.xml"))


def test_a_folder_of_something_else_is_left_alone(tmp_path, capsys):
    (tmp_path / "lettre.odt").write_text("à garder")
    assert "lettre.odt" in refused(capsys, "--demo", "--year", "2026", "--out", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["lettre.odt"]


def test_a_set_that_was_not_made_here_is_left_alone(tmp_path, capsys):
    name = "ENT_EXEMPLE_Complet_20260915_Eleve_0000.xml"
    (tmp_path / name).write_text("<ficAlimMENESR/>")
    assert name in refused(capsys, "--demo", "--year", "2026", "--out", str(tmp_path))
    assert (tmp_path / name).exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--demo", "--seed", "3"),
        ("--demo", "--pupils", "30"),
        ("--demo", "--year", "26"),
        ("--demo", "--onde-csv", "0990102Y", "--staff-only"),
        ("--demo", "--onde-csv", "0000000A"),
    ],
)
def test_words_that_do_not_go_together_are_refused(tmp_path, capsys, words):
    assert refused(capsys, *words, "--out", str(tmp_path / "a")).strip()
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--schools", "0"),
        ("--schools", "x"),
        ("--demo", "--schools", "3"),
        ("--demo", "--date", "demain"),
    ],
)
def test_words_that_mean_nothing_are_refused(tmp_path, words):
    with pytest.raises(CommandError):
        call_command("make_feed", *words, "--out", str(tmp_path / "a"))
