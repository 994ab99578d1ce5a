"""When an account is deleted, its name goes out of what feeds kept of past runs; the counts stay."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from accounts.models import User
from accounts.services.lifecycle import advance, erase
from core import clock, invariants
from directory.models import SchoolClass
from feeds.models import FeedRun, PlanRow
from feeds.services.undo_run import undo_run
from tests.directory.factories import ClassAttachmentFactory
from tests.feeds.csvs import Child, a_csv, feed_csv
from tests.feeds.sets import a_set, feed, is_known, noon, person, pupil, pupils_of, relative, staff
from tests.feeds.whole import whole

pytestmark = pytest.mark.django_db
OTHERS = pupils_of(12, first=20)
NAMES = {"ENTPersonNom": "ZURBARAN", "ENTPersonNomPatro": "ZURBARAN"}


def tables_that_name(word: str) -> set[str]:
    """Tables with a word in any column; a login once given is kept, so that nobody gets it again."""
    found = {table for table, rows in whole(but=()).items() if any(word in row.casefold() for row in rows)}
    return found - {"accounts_retiredlogin"}


@pytest.fixture
def erased(tmp_path: Path) -> Path:
    """P1 and R1 came, were corrected, lost a tie, left, and were deleted three months later."""
    first = pupil("P1", relatives=["R1", "R2"], **NAMES)
    feed(a_set(tmp_path, pupils=[first, *OTHERS], relatives=[relative("R1", **NAMES), relative("R2")]))
    second = pupil("P1", relatives=["R1"], **{**NAMES, "ENTPersonPrenom": "Côme"})
    feed(
        a_set(
            tmp_path,
            "2026-09-22",
            pupils=[second, *OTHERS],
            relatives=[relative("R1", **NAMES, ENTPersonMail="a@zurbaran.example")],
        )
    )
    feed(
        a_set(
            tmp_path,
            "2026-09-29",
            pupils=[pupil("P1", born=None, **NAMES), *OTHERS],
            relatives=[relative("R1", **NAMES)],
        )
    )
    feed(a_set(tmp_path, "2026-10-06", pupils=OTHERS))
    assert "feeds_planrow" in tables_that_name("zurbaran")
    for days in (30, 60, 90, 91):
        with clock.at(noon(date(2026, 10, 6) + timedelta(days=days))):
            advance(today=clock.today())
    assert not is_known("P1")
    return tmp_path


def test_a_class_that_its_teacher_alone_kept_outlives_them(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-08-27", staff=[staff("S1")]))
    run = feed(a_set(tmp_path, pupils=pupils_of(3)))
    teacher = person("S1")
    ClassAttachmentFactory(person=teacher, school_class=SchoolClass.objects.get(), by_hand=True)
    with clock.at(noon("2026-09-16")):
        undo_run(run=run)
        assert SchoolClass.objects.exists()
        User.objects.filter(pk=teacher.pk).update(absent_since=clock.today(), pre_deleted_on=clock.today())
        assert erase([teacher.pk], clock.today()) == 1
    assert invariants.run_all() == []


def test_nothing_of_past_runs_names_whoever_was_deleted(erased: Path) -> None:
    assert tables_that_name("zurbaran") == set()


def test_the_names_of_a_refused_plan_go_with_the_people(tmp_path: Path) -> None:
    many = [pupil(f"P{n}", born=f"2018-05-{n:02d}", **NAMES) for n in range(1, 9)]
    feed(a_set(tmp_path, pupils=[*many, *OTHERS]))
    refused = feed(a_set(tmp_path, "2026-10-06", pupils=OTHERS))
    assert refused.state == "refused"
    feed(a_set(tmp_path, "2026-10-07", pupils=OTHERS), accept_departures=True)
    assert "zurbaran" in str(FeedRun.objects.get(pk=refused.pk).refusal).casefold()
    for days in (31, 92):
        with clock.at(noon(date(2026, 10, 6) + timedelta(days=days))):
            advance(today=clock.today())
    assert tables_that_name("zurbaran") == set()


def test_a_csv_s_anomaly_goes_with_the_person_it_names(tmp_path: Path) -> None:
    mates = [
        Child(f"Élève {letter}", born=f"2018-05-{n:02d}") for n, letter in enumerate("abcdefghijkl", start=1)
    ]
    zoe = Child("Zoé", last="ZURBARAN")
    feed_csv(a_csv(tmp_path, pupils=[zoe, *mates]))
    feed_csv(
        a_csv(tmp_path, pupils=[Child("Zoé", last="ZURBARAN", born="31/02/2018"), *mates]),
        on="2026-09-22",
        make=False,
    )
    assert "feeds_anomaly" in tables_that_name("zurbaran")
    feed_csv(a_csv(tmp_path, pupils=mates), on="2026-10-06", make=False)
    for days in (31, 92):
        with clock.at(noon(date(2026, 10, 6) + timedelta(days=days))):
            advance(today=clock.today())
    assert tables_that_name("zurbaran") == set()


def test_the_counts_of_past_runs_stay(erased: Path) -> None:
    first = FeedRun.objects.order_by("pk").first()
    assert first is not None
    assert first.counts["pupils"]["created"] == 13
    assert PlanRow.objects.filter(run=first, kind="pupils").count() == 13


def test_the_last_run_can_still_be_undone_and_brings_nobody_deleted_back(erased: Path) -> None:
    run = FeedRun.objects.filter(state="applied").latest("pk")
    undo_run(run=run)
    assert not is_known("P1")
    assert tables_that_name("zurbaran") == set()


def test_whoever_reappears_after_deletion_is_a_new_account_and_the_report_says_so(erased: Path) -> None:
    run = feed(
        a_set(
            erased,
            "2027-01-12",
            pupils=[pupil("P1", relatives=["R1"], **NAMES), *OTHERS],
            relatives=[relative("R1", **NAMES)],
        )
    )
    assert run.counts["pupils"]["created"] == 1
    assert any(note.startswith("2 personne(s) reviennent") for note in run.notes)


def test_whoever_comes_for_the_first_time_is_not_said_to_come_back(erased: Path) -> None:
    run = feed(a_set(erased, "2027-01-12", pupils=[pupil("P99", **NAMES), *OTHERS]))
    assert not any("reviennent" in note for note in run.notes)
