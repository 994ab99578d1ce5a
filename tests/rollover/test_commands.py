"""`rollover`, `rollover_runs`, `rollover_undo`: what they print, what they refuse, what they leave."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext

from core import clock, invariants
from core.locks import Busy
from core.models import AuditEntry
from rollover import news
from rollover.models import Run, Turnover
from rollover.services import roll
from schools.models import Academy, School
from sharing.models import Withdrawal
from tests.feeds.seen import ITSELF, classes_of, years_of
from tests.feeds.sets import a_set, feed, noon, person, school_of, staff, uai_of
from tests.feeds.whole import differences, whole
from tests.rollover.scene import last_year, teach, turn
from tests.rollover.shares import Shares, class_group, every_kind, grants_now, seen_by
from tests.sharing.factories import GrantFactory
from tests.sharing.kinds import BOX, NOTE, registered
from timeline.models import Event

pytestmark = pytest.mark.django_db

# Of a turn, of one school or of several together; what is asked where somebody keeps the things that were looked at
# first; what an academy's run asks beside.
QUERIES, AGAIN, RUN = 35, 4, 7


def asked(*words: str, on: str = "2026-09-02", code: int = 0) -> Any:
    """What a command prints with `--json`; `code` is the exit code expected."""
    out = StringIO()
    with clock.at(noon(on)), registered(NOTE, BOX):
        if code == 0:
            call_command(*words, "--json", stdout=out)
        else:
            with pytest.raises(SystemExit) as ended:
                call_command(*words, "--json", stdout=out)
            assert ended.value.code == code
    return json.loads(out.getvalue())


def new_year(tmp_path: Path, *, schools: str = "A") -> Shares:
    """Last year's classes and shares, then the new year's staff: a turn is due."""
    last_year(tmp_path, schools=schools)
    shares = every_kind()
    feed(a_set(tmp_path, "2026-08-25", staff=[staff(f"S{s}{n}", s) for s in schools for n in (1, 2)]))
    return shares


def test_a_school_passes_to_its_running_year(tmp_path: Path) -> None:
    last_year(tmp_path)
    teach("SA1")
    every_kind()
    feed(a_set(tmp_path, "2026-08-25", staff=[staff("SA1"), staff("SA2")]))
    told = asked("rollover", "--school", uai_of("A"))
    assert told == {
        "run": str(Turnover.objects.get().run),
        "state": "applied",
        "schools": [
            {
                "uai": uai_of("A"),
                "year": 2026,
                "class_attachments_ended": 5,
                "grants_purged": {"notes": {"class": 1, "school": 1, "direction": 0}},
                # three other pupils, and the colleague; the first pupil has other things but not that one
                "people_losing_access": 5,
                "grants_kept": {"person": 2, "scolarity_group": 0, "manual_group": 1},
            }
        ],
    }
    assert years_of() == (2026, 2026)
    assert classes_of("PA1") == classes_of("SA1") == []
    assert seen_by("PA1") == ["au groupe", "par favori", "par nom"]
    assert invariants.run_all() == []
    assert AuditEntry.objects.filter(verb="school.turned").count() == 1


def test_who_has_another_grant_to_the_same_thing_loses_nothing(tmp_path: Path) -> None:
    shares = new_year(tmp_path)
    thing = shares.things["à la classe"]
    GrantFactory(resource=thing, person=person("PA1"))
    shares.grants["à l’équipe"].delete()
    (school,) = asked("rollover", "--school", uai_of("A"), "--dry-run")["schools"]
    assert school["people_losing_access"] == 3


def test_a_dry_run_counts_the_same_and_changes_nothing(tmp_path: Path) -> None:
    new_year(tmp_path)
    before = whole()
    dry = asked("rollover", "--school", uai_of("A"), "--dry-run")
    assert (dry["run"], dry["state"]) == (None, "dry")
    assert differences(before, whole()) == {}
    assert asked("rollover", "--school", uai_of("A"))["schools"] == dry["schools"]


def test_it_is_refused_when_that_is_already_the_class_year(tmp_path: Path) -> None:
    new_year(tmp_path)
    asked("rollover", "--school", uai_of("A"))
    before = whole(but=ITSELF)
    for words in ((), ("--year", "2026"), ("--year", "2025"), ("--dry-run",)):
        told = asked("rollover", "--school", uai_of("A"), *words, code=3)
        assert told["error"]["type"] == "urn:cartable:already-that-year"
    assert differences(before, whole(but=ITSELF)) == {}
    asked("rollover", "--academy", Academy.objects.get().code, code=3)


def test_a_year_opens_the_running_one_but_not_one_too_far(tmp_path: Path) -> None:
    last_year(tmp_path)
    asked("rollover", "--school", uai_of("A"), code=3)  # its running year is still that of its classes
    assert asked("rollover", "--school", uai_of("A"), "--year", "2040", code=2)
    assert asked("rollover", "--school", uai_of("A"), "--year", "2026")["schools"][0]["year"] == 2026
    assert years_of() == (2026, 2026)


def test_a_school_that_never_had_a_class_is_refused(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-08-25", staff=[staff("SA1"), staff("SA2")]))
    told = asked("rollover", "--school", uai_of("A"), code=3)
    assert told["error"]["type"] == "urn:cartable:no-class-yet"


def test_bad_words_end_with_two(tmp_path: Path) -> None:
    assert asked("rollover", "--school", "0000000X", code=2)
    assert asked("rollover", "--academy", "NULLE", code=2)
    assert asked("rollover_undo", "12", code=2)
    with pytest.raises(CommandError):
        call_command("rollover")


def test_an_academy_is_one_run_and_its_undo_puts_all_back_without_holding(tmp_path: Path) -> None:
    new_year(tmp_path, schools="AB")
    before = grants_now()
    told = asked("rollover", "--academy", Academy.objects.get().code)
    assert sorted(school["uai"] for school in told["schools"]) == sorted([uai_of("A"), uai_of("B")])
    runs = asked("rollover_runs")
    assert {(row["run"], row["state"]) for row in runs} == {(told["run"], "applied")}
    assert {row["uai"] for row in runs} == {uai_of("A"), uai_of("B")}
    before_undo = whole(but=ITSELF)
    dry = asked("rollover_undo", told["run"], "--dry-run", on="2026-09-03")
    assert (dry["state"], sum(school["grants_restored"] for school in dry["schools"])) == ("dry", 2)
    assert differences(before_undo, whole(but=ITSELF)) == {}
    undone = asked("rollover_undo", told["run"], on="2026-09-03")
    assert (undone["run"], undone["state"], undone["grants_restored"]) == (told["run"], "undone", 2)
    assert grants_now() == before
    assert years_of("A") == years_of("B") == (2026, 2025)
    assert not School.objects.filter(held_at__isnull=False).exists()
    assert classes_of("PA1") == ["A CP 2025"]
    assert {row["state"] for row in asked("rollover_runs")} == {"undone"}
    assert asked("rollover_undo", told["run"], code=3)
    assert invariants.run_all() == []


def test_a_run_killed_in_its_middle_is_begun_again_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_year(tmp_path, schools="ABC")
    academy = Academy.objects.get()
    really = roll.turn_schools
    done: list[Any] = []

    def dies(**words: Any) -> list[int]:
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(words)
        return really(**words)

    monkeypatch.setattr(roll, "TOGETHER", 1)
    monkeypatch.setattr(roll, "turn_schools", dies)
    with clock.at(noon("2026-09-02")), pytest.raises(KeyboardInterrupt):
        roll.roll_academy(academy=academy)
    monkeypatch.setattr(roll, "turn_schools", really)
    assert Turnover.objects.count() == 1
    told = asked("rollover", "--academy", academy.code)
    assert len(told["schools"]) == 3
    assert set(Turnover.objects.values_list("run", flat=True)) == {Run.objects.get().uuid}
    assert {years_of(key) for key in "ABC"} == {(2026, 2026)}


def test_a_school_that_fails_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new_year(tmp_path, schools="ABC")
    academy, really = Academy.objects.get(), roll.turn_schools
    tried: list[list[int]] = []

    def fails(*, relation: str, **words: Any) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"select school_id from {relation} order by 1")
            tried.append([row[0] for row in cursor.fetchall()])
            if school_of("B").pk in tried[-1]:
                cursor.execute("select 1 / 0")
        return really(relation=relation, **words)

    monkeypatch.setattr(roll, "turn_schools", fails)
    with clock.at(noon("2026-09-02")), pytest.raises(DataError):
        roll.roll_academy(academy=academy)
    assert [len(each) for each in tried] == [3, 1, 1, 1], "together, then each by itself"
    assert {key: years_of(key) for key in "ABC"} == {"A": (2026, 2026), "B": (2026, 2025), "C": (2026, 2026)}
    assert Event.objects.filter(kind=news.TURNED).count() == 2, "told once"
    monkeypatch.setattr(roll, "turn_schools", really)
    assert len(asked("rollover", "--academy", academy.code)["schools"]) == 3
    assert set(Turnover.objects.values_list("run", flat=True)) == {Run.objects.get().uuid}
    assert invariants.run_all() == []


def test_three_schools_turn_with_as_many_queries_as_one(tmp_path: Path) -> None:
    new_year(tmp_path, schools="ABCD")
    with clock.at(noon("2026-09-02")), CaptureQueriesContext(connection) as alone:
        roll.roll_school(school=school_of("B"))
    with clock.at(noon("2026-09-02")), CaptureQueriesContext(connection) as three:
        roll.roll_academy(academy=Academy.objects.get())
    assert Turnover.objects.count() == 4
    assert (len(alone), len(three)) == (QUERIES, QUERIES + AGAIN + RUN)


def test_an_automatic_rollover_is_listed_and_undone_it_holds_the_school(tmp_path: Path) -> None:
    last_year(tmp_path)
    every_kind()
    before = grants_now()
    turn(tmp_path)
    (row,) = asked("rollover_runs", on="2026-09-16")
    assert (row["uai"], row["year"], row["state"]) == (uai_of("A"), 2026, "applied")
    undone = asked("rollover_undo", row["run"], on="2026-09-17")
    assert undone["schools"] == [{"uai": uai_of("A"), "year": 2025, "held": True}]
    assert grants_now() == before
    assert school_of("A").held_at is not None
    assert classes_of("PA1") == ["A CP 2025"]
    assert turn(tmp_path, "2026-09-18").children.filter(state="parked").exists()
    assert asked("rollover_release", "--school", uai_of("A"), on="2026-09-19")["released"]


def test_turned_by_command_the_feed_of_the_new_year_opens_its_classes(tmp_path: Path) -> None:
    new_year(tmp_path)
    asked("rollover", "--school", uai_of("A"))
    turn(tmp_path)
    assert classes_of("PA1") == ["A CP 2026"]
    assert Turnover.objects.count() == Withdrawal.objects.count() == 1
    assert class_group(year=2026)
    assert invariants.run_all() == []


def test_an_import_at_work_makes_it_wait_then_say_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_year(tmp_path)

    def busy(*keys: Any, **words: Any) -> None:
        raise Busy()

    monkeypatch.setattr(roll, "take", busy)
    assert asked("rollover", "--school", uai_of("A"), code=1)["error"]["type"] == "urn:cartable:busy"
    assert years_of() == (2026, 2025)
