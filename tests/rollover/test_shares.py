"""What the turn does to shares (design, §5, *Rollover*): what ends, what stays, what undo brings back."""

from pathlib import Path

import pytest

from core import clock, invariants
from directory.models import Group
from feeds.services.census import census
from feeds.services.undo_run import undo_run
from rollover.models import Turnover
from sharing.enums import Reason
from sharing.models import Grant, Withdrawal
from sharing.querysets import role_on
from sharing.services.resources import forget, trash
from sharing.services.withdraw import forget_old
from tests.directory.factories import BlockFactory
from tests.feeds.seen import ITSELF, years_of
from tests.feeds.sets import a_set, feed, noon, person, pupil, pupils_of, school_of, staff
from tests.feeds.whole import differences, whole
from tests.rollover.scene import detach, last_year, turn
from tests.rollover.shares import class_group, every_kind, grants_now, school_group, seen_by
from tests.sharing.factories import GrantFactory, ResourceFactory

pytestmark = pytest.mark.django_db
KEPT = ["au groupe", "par favori", "par nom"]


def test_the_pupil_finds_what_was_shared_by_name_by_favourite_and_with_a_manual_group(tmp_path: Path) -> None:
    last_year(tmp_path)
    shares = every_kind()
    assert seen_by("PA1") == sorted([*KEPT, "à la classe"])
    run = turn(tmp_path)
    assert seen_by("PA1") == KEPT
    assert seen_by("SA2") == []
    assert seen_by("SA1") == sorted(shares.things)  # the owner still has them all
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.reason, withdrawal.school) == (Reason.ROLLOVER, school_of("A"))
    assert withdrawal.cause == Turnover.objects.get().uuid
    assert "2 partage(s)" in " ".join(run.notes)
    assert invariants.run_all() == []


def test_a_dry_run_of_the_feed_tells_the_same_and_withdraws_nothing(tmp_path: Path) -> None:
    last_year(tmp_path)
    every_kind()
    before = grants_now()
    run = feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(4, prefix="PA")), dry_run=True)
    assert "2 partage(s)" in " ".join(run.notes)
    assert grants_now() == before


def test_undo_puts_every_share_back_as_it_was(tmp_path: Path) -> None:
    last_year(tmp_path)
    every_kind()
    before, sights = grants_now(), {key: seen_by(key) for key in ("PA1", "PA2", "SA1", "SA2")}
    run = turn(tmp_path)
    assert grants_now() != before
    with clock.at(noon("2026-09-17")):
        done = undo_run(run=run)
    assert grants_now() == before
    assert {key: seen_by(key) for key in sights} == sights
    assert any("2 partage(s) reviennent" in note for note in done.notes)
    assert invariants.run_all() == []


def test_undo_names_what_no_longer_exists(tmp_path: Path) -> None:
    last_year(tmp_path)
    shares = every_kind()
    run = turn(tmp_path)
    with clock.at(noon("2026-09-16")):
        trash(by=shares.owner, resource=shares.things["à la classe"])
        forget([shares.things["à la classe"].pk])
    with clock.at(noon("2026-09-17")):
        done = undo_run(run=run)
    assert any("à la classe" in note for note in done.notes)
    assert seen_by("SA2") == ["à l’équipe"]


def test_the_same_set_again_withdraws_nothing_more(tmp_path: Path) -> None:
    last_year(tmp_path)
    every_kind()
    turn(tmp_path)
    before = whole(but=ITSELF)
    turn(tmp_path, "2026-09-17")
    assert differences(before, whole(but=ITSELF)) == {}


def test_what_was_shared_in_late_august_bears_the_new_year_and_stays(tmp_path: Path) -> None:
    last_year(tmp_path)
    shares = every_kind()
    feed(a_set(tmp_path, "2026-08-25", staff=[staff("SA1"), staff("SA2")]))
    assert years_of() == (2026, 2025)
    with clock.at(noon("2026-08-28")):
        shares.give("à l’équipe", group=school_group())
        shares.give("aux parents", group=school_group("RELATIVE"))
    team = Grant.objects.filter(resource=shares.things["à l’équipe"])
    assert sorted(team.values_list("year", flat=True)) == [2025, 2026]
    run = turn(tmp_path)
    assert list(team.values_list("year", flat=True)) == [2026]
    assert seen_by("SA2") == ["à l’équipe"]
    assert Grant.objects.filter(group=school_group("RELATIVE")).exists()
    with clock.at(noon("2026-09-17")):
        undo_run(run=run)
    assert sorted(team.values_list("year", flat=True)) == [2025, 2026]


def test_what_a_team_shared_before_the_first_classes_of_a_later_year_ends_with_them_and_comes_back(
    tmp_path: Path,
) -> None:
    feed(a_set(tmp_path, "2026-06-10", staff=[staff("S1"), staff("S2")]))
    owner, colleague = person("S1"), person("S2")
    group = school_group()
    with clock.at(noon("2026-06-12")):
        thing = ResourceFactory(owner=owner)
        GrantFactory(to_group=True, resource=thing, group=group, given_by=owner.uuid, year=2025)
    assert role_on(colleague, thing) is not None
    run = feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(3)))
    assert years_of() == (2026, 2026)
    assert role_on(colleague, thing) is None
    assert invariants.run_all() == []
    with clock.at(noon("2026-09-16")):
        undo_run(run=run)
    assert role_on(colleague, thing) is not None
    assert invariants.run_all() == []


def test_purging_classes_alone_keeps_what_the_team_shares(tmp_path: Path, settings: object) -> None:
    settings.ROLLOVER_PURGED_GROUPS = "class"  # type: ignore[attr-defined]
    last_year(tmp_path)
    every_kind()
    turn(tmp_path)
    assert seen_by("PA1") == KEPT
    assert seen_by("SA2") == ["à l’équipe"]


def test_another_schools_shares_stay(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    shares = every_kind()
    shares.give("à la classe de B", group=class_group(school="B"))
    turn(tmp_path, schools="A")
    assert seen_by("PB1") == ["à la classe de B"]
    assert seen_by("PA1") == KEPT
    turn(tmp_path, "2026-09-16", schools="AB")
    assert seen_by("PB1") == []
    assert Withdrawal.objects.count() == 2


def test_a_pupil_who_changes_school_keeps_what_is_theirs_by_name(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    every_kind()
    moved = [pupil("PA1", "B"), *pupils_of(3, "A", prefix="PA", first=2), *pupils_of(4, "B", prefix="PB")]
    feed(a_set(tmp_path, "2026-09-15", pupils=moved))
    assert seen_by("PA1") == KEPT


def test_a_detached_or_blocked_person_loses_sight_at_once_and_finds_it_again(tmp_path: Path) -> None:
    last_year(tmp_path)
    every_kind()
    sight = seen_by("PA1")
    with clock.at(noon("2026-06-13")):
        block = BlockFactory(
            of_profile=True, school=school_of("A"), profile="PUPIL", starts_at=noon("2026-06-12")
        )
        assert "à la classe" not in seen_by("PA1")
        block.delete()
        assert seen_by("PA1") == sight
    gone = detach("PA1", on="2026-06-15")
    assert seen_by("PA1") == KEPT
    with clock.at(noon("2026-06-16")):
        person("PA1").attachment_set.update(ended_on=None)
        person("PA1").classattachment_set.update(ended_on=None)
        gone.delete()
    assert seen_by("PA1") == sight


def test_a_pre_deleted_person_sees_nothing_and_restored_all_again(tmp_path: Path) -> None:
    last_year(tmp_path)
    every_kind()
    sight = seen_by("PA1")
    child = person("PA1")
    child.absent_since, child.pre_deleted_on = clock.today(), clock.today()
    child.save()
    assert seen_by("PA1") == []
    child.absent_since = child.pre_deleted_on = None
    child.save()
    assert seen_by("PA1") == sight


def test_shares_with_the_classes_of_an_undone_feed_are_withdrawn_before_these_go(tmp_path: Path) -> None:
    last_year(tmp_path)
    shares = every_kind()
    run = turn(tmp_path)
    with clock.at(noon("2026-09-16")):
        shares.give("à la nouvelle classe", group=class_group(year=2026))
    with clock.at(noon("2026-09-17")):
        done = undo_run(run=run)
    assert not Group.objects.filter(school_class__year=2026).exists()
    assert Withdrawal.objects.get(reason=Reason.UNDONE_FEED).grants.count() == 1
    assert any("1 partage(s)" in note for note in done.notes)
    assert invariants.run_all() == []


def test_shares_with_a_school_of_an_undone_feed_are_withdrawn_with_it(tmp_path: Path) -> None:
    last_year(tmp_path)
    shares = every_kind()
    run = feed(a_set(tmp_path, "2026-06-20", pupils=pupils_of(2, "B", prefix="PB", year=2025)))
    with clock.at(noon("2026-06-21")):
        shares.give("à l’école B", group=school_group("PUPIL", school="B"))
        shares.give("à un élève de B", person=person("PB1"))
    with clock.at(noon("2026-06-22")):
        undo_run(run=run)
    assert not Group.objects.filter(school__joining_key="B").exists()
    assert Withdrawal.objects.filter(reason=Reason.UNDONE_FEED).exists()
    assert invariants.run_all() == []


def test_what_is_set_aside_is_kept_until_the_next_rollover_and_ninety_days(tmp_path: Path) -> None:
    last_year(tmp_path)
    shares = every_kind()
    turn(tmp_path)
    with clock.at(noon("2027-03-01")):
        shares.give("à la classe de 2026", group=class_group(year=2026))
        assert forget_old() == 0  # no later rollover yet
    feed(a_set(tmp_path, "2027-09-15", pupils=pupils_of(4, prefix="PA", year=2027)))
    with clock.at(noon("2027-09-16")):
        assert forget_old() == 1
        assert forget_old() == 0  # the last one waits


def test_the_census_counts_shares_by_kind_of_grantee(tmp_path: Path) -> None:
    last_year(tmp_path)
    every_kind()
    assert census(school=school_of("A"))["grants"] == {"person": 2, "scolarity_group": 2, "manual_group": 1}
    turn(tmp_path)
    assert census()["grants"] == {"person": 2, "scolarity_group": 0, "manual_group": 1}
