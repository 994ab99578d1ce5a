"""An administrator's detachment wins over feeds until the rollover that ends the year it was made in."""

from pathlib import Path

import pytest

from accounts.models import User
from core import clock, invariants
from directory.models import Administrator, Attachment, ClassAttachment, Detachment
from directory.services.detach import detach, undo_detachment
from tests.directory.factories import AdministratorFactory
from tests.feeds.sets import a_set, feed, klass, noon, person, pupil, pupils_of, school_of, staff, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
PUPILS = pupils_of(4)
STAFF = [staff("S1"), staff("S2", heads=["A"])]


@pytest.fixture
def fed(tmp_path: Path) -> Path:
    feed(a_set(tmp_path, "2026-08-25", staff=STAFF))
    feed(a_set(tmp_path, pupils=PUPILS))
    return tmp_path


def detached(key: str, *, on: str, school: str = "A") -> Detachment:
    admin = AdministratorFactory(of_platform=True).person
    with clock.at(noon(on)):
        return detach(by=admin, person=person(key), school=school_of(school))


def schools_of(key: str) -> set[str]:
    return set(
        Attachment.objects.filter(person=person(key), ended_on=None).values_list(
            "school__joining_key", flat=True
        )
    )


def test_a_feed_does_not_bring_back_whom_an_administrator_detached(fed: Path) -> None:
    detached("S1", on="2026-10-01")
    before = whole()
    run = feed(a_set(fed, "2026-10-06", pupils=PUPILS, staff=STAFF))
    assert schools_of("S1") == set()
    assert differences(before, whole()) == {}
    assert told(run, "staff") == {"unchanged": 2}


def test_a_pupil_detached_by_hand_comes_back_neither_to_the_school_nor_to_the_class(fed: Path) -> None:
    detached("P1", on="2026-10-01")
    feed(a_set(fed, "2026-10-06", pupils=PUPILS))
    feed(
        a_set(
            fed,
            "2026-10-13",
            pupils=[pupil("P1", classes=[klass(label="CE1")], born="2018-01-02"), *PUPILS[1:]],
        )
    )
    assert schools_of("P1") == set()
    assert not ClassAttachment.objects.filter(person=person("P1"), ended_on=None).exists()
    assert invariants.run_all() == []


def test_a_director_detached_administers_the_school_no_more_whatever_the_feed_names(fed: Path) -> None:
    assert Administrator.objects.get(person=person("S2")).ended_on is None
    detached("S2", on="2026-10-01")
    feed(a_set(fed, "2026-10-06", staff=STAFF))
    assert not Administrator.objects.filter(person=person("S2"), ended_on=None).exists()


def test_a_detachment_holds_in_its_school_alone(fed: Path) -> None:
    detached("S1", on="2026-10-01")
    feed(a_set(fed, "2026-10-06", staff=[staff("S1", "A", "B"), STAFF[1]]))
    assert schools_of("S1") == {"B"}


def test_a_detachment_lifted_lets_the_feed_attach_again(fed: Path) -> None:
    detached("S1", on="2026-10-01")
    admin = AdministratorFactory(of_platform=True).person
    with clock.at(noon("2026-10-03")):
        undo_detachment(by=admin, person=person("S1"), school=school_of("A"))
    feed(a_set(fed, "2026-10-06", staff=STAFF))
    assert schools_of("S1") == {"A"}


def test_a_detachment_of_the_ending_year_is_over_at_the_turn(fed: Path) -> None:
    made = detached("S1", on="2027-05-10")
    assert made.running_year == 2026
    feed(a_set(fed, "2027-08-25", staff=STAFF))
    assert schools_of("S1") == set()  # the staff file opens the running year, the turn is yet to come
    feed(a_set(fed, "2027-09-15", pupils=pupils_of(4, year=2027)))
    made.refresh_from_db()
    assert made.lifted_at is not None
    feed(a_set(fed, "2027-09-20", staff=STAFF))
    assert schools_of("S1") == {"A"}


def test_a_detachment_of_late_august_outlives_september_s_turn(fed: Path) -> None:
    feed(a_set(fed, "2027-08-25", staff=STAFF))
    made = detached("S1", on="2027-08-28")
    assert made.running_year == 2027
    feed(a_set(fed, "2027-09-15", pupils=pupils_of(4, year=2027), staff=STAFF))
    assert schools_of("S1") == set()
    feed(a_set(fed, "2028-08-25", staff=STAFF))
    assert schools_of("S1") == set()
    feed(a_set(fed, "2028-09-15", pupils=pupils_of(4, year=2028), staff=STAFF))
    assert schools_of("S1") == {"A"}


def test_the_very_feed_that_turns_the_school_brings_back_whom_last_year_s_detachment_kept_out(
    fed: Path,
) -> None:
    detached("P1", on="2027-03-01")
    feed(a_set(fed, "2027-09-15", pupils=pupils_of(4, year=2027)))
    assert schools_of("P1") == {"A"}
    inside = ClassAttachment.objects.get(person=person("P1"), ended_on=None)
    assert inside.school_class.year == 2027
    assert invariants.run_all() == []


def test_whoever_is_detached_and_stated_is_not_absent_and_keeps_the_account(fed: Path) -> None:
    """The account is alive while the feed states it; it has no school, and that is the administrator's say."""
    detached("S1", on="2026-10-01")
    feed(a_set(fed, "2026-10-06", staff=STAFF))
    assert User.objects.get(pk=person("S1").pk).absent_since is None


def test_whoever_is_detached_is_absent_once_the_source_states_them_no_more(fed: Path) -> None:
    detached("S1", on="2026-10-01")
    run = feed(a_set(fed, "2026-10-06", staff=STAFF[1:]))
    assert person("S1").absent_since is not None
    assert told(run, "staff") == {"absent": 1, "unchanged": 1}
    before = whole()
    feed(a_set(fed, "2026-10-13", staff=STAFF[1:]))
    assert differences(before, whole()) == {}
    feed(a_set(fed, "2026-10-20", staff=STAFF))
    assert person("S1").absent_since is None
    assert schools_of("S1") == set()
