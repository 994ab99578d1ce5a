"""What a run did is taken back (design, §5): people, attachments, years, as they were."""

from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from core import clock, invariants
from directory.models import Administrator, Group, PhotoConsent, SchoolClass
from feeds.errors import CannotUndo, OlderThanApplied
from feeds.models import FeedRun, SchoolMark
from feeds.services.apply_run import apply_run
from feeds.services.undo_run import undo_run
from schools.models import School
from tests.directory.factories import MembershipFactory
from tests.feeds.csvs import Child, Parent, Teacher, a_csv, feed_csv
from tests.feeds.seen import ITSELF, classes_of, parked_of, schools_of, years_of
from tests.feeds.sets import a_set, feed, is_known, klass, noon, person, pupil, pupils_of, school_of, staff
from tests.feeds.whole import differences, staged, whole
from tests.rollover.scene import detach, teach

pytestmark = pytest.mark.django_db


def take_back(run: FeedRun, day: str = "2026-09-25", **options: Any) -> FeedRun:
    with clock.at(noon(day)):
        return undo_run(run=run, **options)


def test_the_first_import_undone_leaves_the_academy_alone(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-14", pupils=pupils_of(2, "Z", prefix="P9")))
    before = whole(but=ITSELF)
    path = a_set(tmp_path, pupils=pupils_of(4, relatives=["R1"]), staff=[staff("S1", heads=["A"])])
    run = take_back(feed(path))
    assert run.state == "undone"
    assert differences(before, whole(but=ITSELF)) == {}
    assert any("est retirée" in note for note in run.notes)
    assert not SchoolMark.objects.filter(run=run).exists()
    assert invariants.run_all() == []


def test_two_runs_undone_one_after_the_other_leave_no_school(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-14", pupils=pupils_of(2, "Z", prefix="P9")))
    before = whole(but=ITSELF)
    runs = [feed(a_set(tmp_path, f"2026-09-{day}", pupils=pupils_of(day - 10))) for day in (15, 16)]
    for run in reversed(runs):
        take_back(run)
    assert differences(before, whole(but=ITSELF)) == {}


def test_a_csv_undone_leaves_no_school_either(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-14", pupils=pupils_of(2, "Z", prefix="P9")))
    before = whole(but=ITSELF)
    child = Child("Léa", photos="Oui")
    path = a_csv(
        tmp_path, pupils=[child], relatives=[Parent("Anne", (child,))], teachers=[Teacher("Gil", "CP")]
    )
    run = take_back(feed_csv(path))
    assert differences(before, whole(but=ITSELF)) == {}
    assert run.school is None
    assert any("est retirée" in note for note in run.notes)


def test_undone_it_may_be_fed_again_and_gives_the_same_logins(tmp_path: Path) -> None:
    path = a_set(tmp_path, pupils=pupils_of(4, relatives=["R1"]), staff=[staff("S1")])
    run = feed(path)
    logins = set(User.objects.values_list("username", flat=True))
    take_back(run)
    assert not User.objects.exists()
    assert feed(path, on="2026-09-26").state == "applied"
    assert set(User.objects.values_list("username", flat=True)) == logins


def test_a_change_of_everything_undone_leaves_the_whole_database_as_it_was(tmp_path: Path) -> None:
    first = a_set(
        tmp_path,
        pupils=[
            *pupils_of(6, relatives=["R1", "R2"]),
            pupil("P7", "B"),
            pupil("P8", "A", "B"),
            pupil("P9", classes=[klass(key="K1", label="CE1")]),
        ],
        staff=[staff("S1", heads=["A"]), staff("S2"), staff("S3", "B", heads=["B"]), staff("S4", "B")],
    )
    feed(first)
    feed(a_set(tmp_path, "2026-09-16", pupils=[*pupils_of(6, relatives=["R1", "R2"])[:5]]))  # P6… absent
    before = whole(but=ITSELF)
    second = a_set(
        tmp_path,
        "2026-09-20",
        pupils=[
            pupil(
                "P1", relatives=["R1$1$1$1$0"], born="2018-01-02", ENTPersonNom="DURAND"
            ),  # R2 is no longer stated
            pupil("P2", "B", born="2018-01-03"),  # moved
            pupil("P3", "A", "B", born="2018-01-04", classes=[klass(label="CE2")]),
            pupil("P6", born="2018-01-07", relatives=["R3"]),  # back
            pupil("P9", classes=[klass(key="K1", label="CE1 Mme Morel")]),
            pupil("P10"),
        ],
        staff=[staff("S2", heads=["A"]), staff("S1"), staff("S3", "A"), staff("S5", "B")],
    )
    run = feed(second, accept_departures=True)
    assert run.state == "applied"
    assert differences(before, whole(but=ITSELF)) != {}
    take_back(run)
    assert differences(before, whole(but=ITSELF)) == {}
    assert invariants.run_all() == []


def test_a_director_named_and_one_relieved_are_put_back(tmp_path: Path) -> None:
    team = [staff("S1", heads=["A"]), staff("S2")]
    feed(a_set(tmp_path, staff=team))
    run = feed(a_set(tmp_path, "2026-09-20", staff=[staff("S1"), staff("S2", heads=["A"])]))
    assert Administrator.objects.get(ended_on__isnull=True).person == person("S2")
    take_back(run)
    assert Administrator.objects.get().person == person("S1")
    assert Administrator.objects.get().ended_on is None


def test_what_onde_said_of_a_picture_is_put_back(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), pupil("P2", ENTPersonAutresPrenoms="Lou")]))
    PhotoConsent.objects.create(pupil=person("P1"), said_by="ONDE", allowed=True, said_on="2026-09-15")
    before = whole(but=ITSELF)
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[pupil("P1"), pupil("P2")]))
    take_back(run)
    assert differences(before, whole(but=ITSELF)) == {}


def test_a_next_years_import_undone_puts_the_year_back_and_holds_the_school(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(6, year=2025, relatives=["R1"]), staff=[staff("S1")]))
    feed(a_set(tmp_path, "2026-08-27", staff=[staff("S1")]))
    before = whole(but=(*ITSELF, "rollover_turnover"))
    run = feed(
        a_set(
            tmp_path, "2026-09-15", pupils=[*pupils_of(5, relatives=["R1"]), pupil("P10", relatives=["R2"])]
        )
    )
    assert years_of() == (2026, 2026)
    take_back(run)
    assert years_of() == (2026, 2025)
    assert school_of("A").held_at is not None
    School.objects.update(held_at=None)
    assert differences(before, whole(but=(*ITSELF, "rollover_turnover"))) == {}
    assert invariants.run_all() == []


def test_the_running_year_that_the_turn_opened_is_closed_again(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(3, year=2025)))
    run = feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(3)))
    assert years_of() == (2026, 2026)
    take_back(run)
    assert years_of() == (2025, 2025)


def test_the_report_says_that_the_schools_wait(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-06-10", pupils=pupils_of(3, year=2025)))
    run = take_back(feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(3))))
    assert any("restent en attente" in note for note in run.notes)


def test_a_run_that_a_later_one_depends_on_cannot_be_undone(tmp_path: Path) -> None:
    first = feed(a_set(tmp_path, pupils=pupils_of(3), staff=[staff("S1")]))
    second = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(4)))
    before = whole(but=ITSELF)
    with pytest.raises(CannotUndo, match=f"n° {second.pk}") as refused:
        take_back(first)
    assert refused.value.exit_code == 3
    assert differences(before, whole(but=ITSELF)) == {}
    take_back(second)
    assert take_back(first).state == "undone"
    assert not User.objects.exists()


def test_a_run_of_other_schools_is_no_dependence(tmp_path: Path) -> None:
    first = feed(a_set(tmp_path, pupils=pupils_of(3)))
    feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3, "B", prefix="P5")))
    take_back(first)
    assert not is_known("P1")
    assert is_known("P51")


def test_waiting_records_applied_after_a_newer_run_are_undone_first(tmp_path: Path) -> None:
    a, b = pupils_of(20), pupils_of(10, "B", prefix="P5")
    feed(a_set(tmp_path, "2026-09-15", pupils=[*a, *b]))
    parked = parked_of(feed(a_set(tmp_path, "2026-09-20", pupils=[*a[:8], *b])))
    newer = feed(a_set(tmp_path, "2026-09-21", staff=[staff("S1")]))
    applied = apply_run(run=parked, accept_departures=True)
    with pytest.raises(CannotUndo, match=f"n° {applied.pk}"):
        take_back(newer)
    take_back(applied)
    assert person("P20").absent_since is None
    assert take_back(newer).state == "undone"


def test_records_that_wait_go_with_the_run_that_set_them_aside(tmp_path: Path) -> None:
    a, b = pupils_of(20), pupils_of(10, "B", prefix="P5")
    feed(a_set(tmp_path, "2026-09-15", pupils=[*a, *b]))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[*a[:8], *b]))
    parked = parked_of(run)
    take_back(run)
    parked.refresh_from_db()
    assert parked.state == "undone"
    assert staged() == []


def test_an_account_signed_into_since_is_kept_without_a_school_and_said(tmp_path: Path) -> None:
    run = feed(a_set(tmp_path, pupils=pupils_of(2), staff=[staff("S1")]))
    User.objects.filter(pk=person("S1").pk).update(activated_at=noon("2026-09-16"))
    run = take_back(run)
    assert not is_known("P1")
    kept = person("S1")
    assert kept.absent_since is not None  # the usual delays take care of it
    assert schools_of("S1") == []
    assert any("1 compte(s)" in note for note in run.notes)
    assert invariants.run_all() == []


def test_an_account_that_a_group_counts_among_its_members_is_kept(tmp_path: Path) -> None:
    run = feed(a_set(tmp_path, staff=[staff("S1"), staff("S2")]))
    group = Group.objects.create(kind="MANUAL", school=school_of("A"), name="Chorale")
    MembershipFactory(group=group, person=person("S1"))
    take_back(run)
    assert is_known("S1")
    assert not is_known("S2")
    assert School.objects.filter(joining_key="A").exists()  # the group is there


def test_a_class_that_someone_was_put_in_by_hand_is_kept(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(2), staff=[staff("S1")]))
    run = feed(
        a_set(tmp_path, "2026-09-20", pupils=[*pupils_of(2), pupil("P3", classes=[klass(label="CE1")])])
    )
    new = SchoolClass.objects.get(label="CE1")
    person("S1").classattachment_set.create(
        school_class=new, role="TEACHER", source="MANUAL", since="2026-09-21"
    )
    take_back(run)
    assert classes_of("S1") == ["A CE1 2026"]
    assert not is_known("P3")


def test_what_was_changed_by_hand_since_is_left(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1")]))
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[pupil("P1", ENTPersonNom="DURAND")]))
    User.objects.filter(pk=person("P1").pk).update(last_name="DUPOND")
    take_back(run)
    assert person("P1").last_name == "DUPOND"


def test_logins_and_passwords_are_not_touched(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1")]))
    User.objects.update(password="secret", activated_at=noon("2026-09-16"))
    login = person("P1").username
    run = feed(a_set(tmp_path, "2026-09-20", pupils=[pupil("P1", ENTPersonNom="DURAND")]))
    User.objects.update(password="newer")
    take_back(run)
    assert (person("P1").username, person("P1").password) == (login, "newer")


def test_the_marks_of_earlier_runs_come_back_one_after_the_other(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-10", pupils=pupils_of(2)))
    second = feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(3)))
    third = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(4)))
    take_back(third)
    take_back(second)
    with pytest.raises(OlderThanApplied):
        feed(a_set(tmp_path, "2026-09-09", pupils=pupils_of(2)))
    assert feed(a_set(tmp_path, "2026-09-12", pupils=pupils_of(3))).state == "applied"


@pytest.mark.parametrize(("options", "word"), [({"dry_run": True}, "essai à blanc"), ({}, "a été annulée")])
def test_only_an_applied_run_is_undone(tmp_path: Path, options: dict[str, bool], word: str) -> None:
    run = feed(a_set(tmp_path, pupils=pupils_of(3)), **options)
    if not options:
        run = take_back(run)
    with pytest.raises(CannotUndo, match=word):
        take_back(run)


def test_whoever_was_detached_since_is_back_in_no_class(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(2)))
    moved = [pupil("P1", born="2018-01-02", classes=[klass(label="CE1")]), *pupils_of(1, first=2)]
    run = feed(a_set(tmp_path, "2026-09-20", pupils=moved))
    detach("P1", on="2026-09-21")
    take_back(run)
    assert classes_of("P1") == []
    assert schools_of("P1") == []
    assert invariants.run_all() == []


def test_a_teacher_whose_school_is_taken_back_is_in_none_of_its_classes(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(2), staff=[staff("S1")]))
    run = feed(a_set(tmp_path, "2026-09-20", staff=[staff("S1"), staff("S2")]))
    teach("S2", year=2026, on="2026-09-21")
    take_back(run)
    assert schools_of("S2") == []
    assert classes_of("S2") == []
    assert invariants.run_all() == []


def test_whoever_was_put_in_a_class_of_a_year_that_goes_with_the_run_leaves_it_and_that_is_said(
    tmp_path: Path,
) -> None:
    """The school had no class yet: a later feed opens the year anew, of whatever classes it tells."""
    feed(a_set(tmp_path, "2026-09-14", staff=[staff("S1")]))
    run = feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(2)))
    teach("S1", year=2026, on="2026-09-21")
    run = take_back(run)
    assert years_of() == (2026, None)
    assert schools_of("S1") == ["A"]
    assert classes_of("S1") == []
    assert any("1 rattachement(s) faits à la main" in note for note in run.notes)
    assert invariants.run_all() == []


def test_whoever_is_leaving_again_was_told_so_and_had_objected(tmp_path: Path) -> None:
    """Back by a feed that is undone, they are not told a second time, and what they asked holds."""
    feed(a_set(tmp_path, pupils=pupils_of(3)))
    feed(a_set(tmp_path, "2026-09-16", pupils=pupils_of(2)))
    told = {"leaving_told_on": "2026-09-17", "objected_at": noon("2026-09-18")}
    User.objects.filter(pk=person("P3").pk).update(**told)
    before = whole(but=ITSELF)
    run = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    assert person("P3").leaving_told_on is None
    take_back(run)
    assert person("P3").absent_since is not None
    assert differences(before, whole(but=ITSELF)) == {}
