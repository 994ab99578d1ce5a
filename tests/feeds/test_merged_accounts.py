"""Feeds after two accounts were made one: either key is the person's, and nothing comes twice."""

from datetime import date
from pathlib import Path

import pytest

from accounts.models import User
from accounts.services import lifecycle
from accounts.services.merge import merge, unmerge
from core import invariants
from directory.models import Attachment, Guardianship
from feeds.services.undo_run import undo_run
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory
from tests.feeds.seen import ITSELF, changes, schools_of
from tests.feeds.sets import a_set, feed, klass, person, pupil, pupils_of, relative, school_of, staff
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
INE = "110000001AB"


def account(key: str) -> User:
    """The account of a key, absorbed or not."""
    return User.everyone.get(joining_key=key)


def two_records(
    day: str, folder: Path, *, first: bool = True, second: bool = True, **of_second: str | None
) -> Path:
    """A child told twice, in two schools, by two keys; each record names a relative of its own. `of_second`
    is said of the second record."""
    others = [*pupils_of(4, first=50), *pupils_of(4, "B", first=60, prefix="Q")]
    told = [
        pupil("P1", "A", relatives=["R1"], ENTPersonPrenom="Zoé"),
        pupil("P2", "B", relatives=["R2"], ENTPersonPrenom="Zoé", classes=[klass("B")], **of_second),
    ]
    kept = [each for each, said in zip(told, (first, second), strict=True) if said]
    return a_set(folder, day, pupils=[*kept, *others], staff=[staff("S1", "A", "B")])


def test_the_same_feed_again_changes_nothing_after_a_merge(tmp_path: Path) -> None:
    feed(two_records("2026-10-01", tmp_path))
    merge(by=None, kept=person("P1"), gone=person("P2"))
    assert schools_of("P1") == ["A", "B"]
    before = whole(but=ITSELF)
    run = feed(two_records("2026-10-02", tmp_path))
    assert changes(run) == {}
    assert differences(before, whole(but=ITSELF)) == {}


def test_an_absorbed_account_whose_key_passed_on_breaks_no_lasting_rule(tmp_path: Path) -> None:
    feed(two_records("2026-10-01", tmp_path))
    gone = person("P2")
    kept = PersonFactory(first_name=gone.first_name, last_name=gone.last_name, birth_date=gone.birth_date)
    done = merge(by=None, kept=kept, gone=gone)
    assert account("P2") == kept
    assert invariants.run_all() == []
    unmerge(by=None, merge=done)
    assert account("P2") == gone
    assert invariants.run_all() == []


def test_a_record_of_the_absorbed_key_alone_is_the_kept_persons(tmp_path: Path) -> None:
    feed(two_records("2026-10-01", tmp_path))
    kept, gone = person("P1"), person("P2")
    merge(by=None, kept=kept, gone=gone)
    run = feed(two_records("2026-10-02", tmp_path, first=False))
    assert User.everyone.filter(first_name="Zoé").count() == 2
    assert schools_of("P1") == ["B"]
    kept.refresh_from_db()
    assert (kept.joining_key, kept.absent_since) == ("P1", None)
    assert changes(feed(two_records("2026-10-03", tmp_path, first=False))) == {}
    assert run.state == "applied"


def test_of_two_records_of_one_person_one_that_cannot_be_read_ends_nothing(tmp_path: Path) -> None:
    """What the absorbed account's record stated (a school, a class, a relative) may be stated still."""
    feed(two_records("2026-10-01", tmp_path))
    kept = person("P1")
    merge(by=None, kept=kept, gone=person("P2"))
    before = whole(but=ITSELF)
    feed(two_records("2026-10-02", tmp_path, born=None))
    assert differences(before, whole(but=ITSELF)) == {}
    feed(two_records("2026-10-03", tmp_path, second=False))
    assert schools_of("P1") == ["A"]
    relatives = Guardianship.objects.filter(pupil=kept, ended_on=None)
    assert set(relatives.values_list("relative__joining_key", flat=True)) == {"R1"}


def test_the_absorbed_account_never_leaves_by_itself(tmp_path: Path) -> None:
    feed(two_records("2026-10-01", tmp_path))
    merge(by=None, kept=person("R1"), gone=person("R2"))
    merge(by=None, kept=person("P1"), gone=person("P2"))
    feed(two_records("2026-10-02", tmp_path, second=False))
    feed(two_records("2026-10-03", tmp_path))
    for key in ("P2", "R2"):
        assert account(key).absent_since is None
    lifecycle.advance(today=date(2027, 9, 1))
    assert account("P2").pre_deleted_on is None


def test_relatives_made_one_keep_their_children_through_feeds(tmp_path: Path) -> None:
    told = {
        "pupils": [pupil("P1", relatives=["R1"]), pupil("P2", relatives=["R2"]), *pupils_of(4, first=50)],
        "relatives": [relative(key, ENTPersonPrenom="Anne") for key in ("R1", "R2")],
    }
    feed(a_set(tmp_path, "2026-10-01", **told))
    kept = person("R1")
    merge(by=None, kept=kept, gone=person("R2"))
    run = feed(a_set(tmp_path, "2026-10-02", **told))
    assert changes(run) == {}
    ties = Guardianship.objects.filter(relative=kept, ended_on=None)
    assert set(ties.values_list("pupil__joining_key", flat=True)) == {"P1", "P2"}


def test_an_account_by_hand_takes_the_key_of_the_fed_one_that_it_absorbs(tmp_path: Path) -> None:
    told = [*pupils_of(4, first=50), pupil("P1", ENTPersonPrenom="Zoé", ine=INE)]
    feed(a_set(tmp_path, "2026-10-01", pupils=told))
    by_hand = PersonFactory(pupil=True, first_name="Zoe", last_name="Martin", birth_date=None)
    AttachmentFactory(person=by_hand, school=school_of("A"), by_hand=True)
    fed = person("P1")
    before = User.everyone.filter(pk__in=[by_hand.pk, fed.pk]).order_by("pk").values()
    was = [{name: row[name] for name in row if name != "session_epoch"} for row in before]
    done = merge(by=None, kept=by_hand, gone=fed)
    assert person("P1").pk == by_hand.pk
    assert changes(feed(a_set(tmp_path, "2026-10-02", pupils=told))) == {}
    unmerge(by=None, merge=done)
    after = User.everyone.filter(pk__in=[by_hand.pk, fed.pk]).order_by("pk").values()
    assert [{name: row[name] for name in row if name != "session_epoch"} for row in after] == was
    assert changes(feed(a_set(tmp_path, "2026-10-03", pupils=told))) == {}


def test_parted_accounts_have_each_their_record_again(tmp_path: Path) -> None:
    feed(two_records("2026-10-01", tmp_path))
    before = whole(but=(*ITSELF, "accounts_merge", "accounts_mergedrows", "core_auditentry", "accounts_user"))
    done = merge(by=None, kept=person("P1"), gone=person("P2"))
    feed(two_records("2026-10-02", tmp_path))
    unmerge(by=None, merge=done)
    assert (schools_of("P1"), schools_of("P2")) == (["A"], ["B"])
    assert changes(feed(two_records("2026-10-03", tmp_path))) == {}
    after = whole(but=(*ITSELF, "accounts_merge", "accounts_mergedrows", "core_auditentry", "accounts_user"))
    assert differences(before, after) == {}


def test_erasing_the_kept_account_erases_both(tmp_path: Path) -> None:
    feed(two_records("2026-10-01", tmp_path))
    kept = person("P1")
    merge(by=None, kept=kept, gone=person("P2"))
    User.objects.filter(pk=kept.pk).update(absent_since=date(2026, 1, 1), pre_deleted_on=date(2026, 2, 1))
    assert lifecycle.advance(today=date(2026, 12, 1)).deleted == 1
    assert not User.everyone.filter(joining_key__in=["P1", "P2"]).exists()
    assert not Attachment.objects.filter(person=kept.pk).exists()


def test_a_run_undone_takes_back_what_it_gave_to_either(tmp_path: Path) -> None:
    from feeds.services.undo_run import undo_run

    feed(two_records("2026-10-01", tmp_path, second=False))
    kept = person("P1")
    run = feed(two_records("2026-10-02", tmp_path))
    merge(by=None, kept=kept, gone=person("P2"))
    undo_run(run=run)
    assert schools_of("P1") == ["A"]
    kept.refresh_from_db()
    assert kept.absent_since is None
    assert not User.everyone.filter(joining_key="P2").exclude(absent_since=None).exists()


def test_what_two_accounts_had_comes_back_once_to_the_one_they_became(tmp_path: Path) -> None:
    """The feed that ends it is undone after they were made one: nothing is there twice."""
    others = pupils_of(4, first=50)

    def told(day: str, place: str, relatives: list[str]) -> Path:
        child = pupil("P1", "A", relatives=relatives)
        team = [staff("S1", place), staff("S2", place), staff("S3", "A", "B")]
        return a_set(tmp_path, day, pupils=[child, *others], staff=team)

    feed(told("2026-10-01", "A", ["R1", "R2"]))
    run = feed(told("2026-10-02", "B", []), accept_departures=True)
    assert schools_of("S1") == schools_of("S2") == ["B"]
    assert not Guardianship.objects.filter(ended_on__isnull=True, pupil=person("P1")).exists()
    for kept, gone in (("S1", "S2"), ("R1", "R2")):
        merge(by=None, kept=account(kept), gone=account(gone))
    undo_run(run=run)
    assert schools_of("S1") == ["A"]
    (tie,) = Guardianship.objects.filter(ended_on__isnull=True, pupil=person("P1"))
    assert tie.relative == account("R1")
