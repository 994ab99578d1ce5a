"""Sets of both degrees, the same academy, the same night: each can only miss its own."""

from pathlib import Path

import pytest

from accounts.models import User
from core import invariants
from directory.models import Attachment
from feeds.errors import OlderThanApplied
from feeds.models import FeedRun
from tests.feeds.colleges import INE, a_college_set, colleague, collegian, feed_college, parent
from tests.feeds.seen import ITSELF, changes, classes_of, schools_of
from tests.feeds.sets import a_set, feed, klass, person, pupil, pupils_of, relative, staff, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
BORN = "2016-03-12"
DAY = "2027-09-15"
OTHERS = pupils_of(12, first=20, year=2027)
MATES = [collegian(f"P9{n}", born=f"2016-01-{n - 29:02d}") for n in range(30, 42)]
IN_BOTH = pupil(
    "P1", ine=INE, born=BORN, relatives=["R1"], classes=[klass("A", label="CM2", year=2027)],
    ENTPersonMail="ecole@example.invalid",
)  # fmt: skip
SIXTH = collegian("P91", ine=INE, born=BORN, relatives=["R1$2$0$2$0$1"], mail="college@example.invalid")


def night(
    folder: Path, day: str = DAY, *, first_college: bool = False, both: bool = True
) -> tuple[FeedRun, FeedRun]:
    """Both sets of a day; `both`: the pupil is in each of them."""
    ecoles = a_set(
        folder, day, pupils=[IN_BOTH, *OTHERS] if both else OTHERS, staff=[staff("S1"), staff("S2")],
        relatives=[relative("R1", ENTPersonVille="ARRAS")] if both else None,
    )  # fmt: skip
    colleges = a_college_set(
        folder, day, pupils=[SIXTH, *MATES], staff=[colleague("S2"), colleague("T1")],
        relatives=[parent("R1", ENTPersonVille="CALAIS")],
    )  # fmt: skip
    if first_college:
        later = feed_college(colleges)
        return feed(ecoles), later
    return feed(ecoles), feed_college(colleges)


@pytest.mark.parametrize("first_college", [False, True])
def test_a_pupil_of_both_sets_is_one_account_and_nights_alike_change_nothing(
    tmp_path: Path, first_college: bool
) -> None:
    night(tmp_path, first_college=first_college)
    assert User.objects.filter(ine=INE).count() == 1
    one = User.objects.get(ine=INE)
    key = one.joining_key or ""
    assert key == ("P91" if first_college else "P1")
    assert schools_of_(one) == {"A", "Z"}
    assert User.objects.filter(profile="RELATIVE").count() == 1
    before = whole(but=ITSELF)
    for run in night(tmp_path, first_college=first_college):
        assert changes(run) == {}
    assert differences(before, whole(but=ITSELF)) == {}
    assert invariants.run_all() == []


def schools_of_(who: User) -> set[str]:
    return set(
        Attachment.objects.filter(person=who, ended_on=None).values_list("school__joining_key", flat=True)
    )


def test_absent_from_the_ecole_and_present_in_the_college_they_only_move(tmp_path: Path) -> None:
    night(tmp_path)
    run, later = night(tmp_path, "2027-09-22", both=False)
    assert told(run, "pupils") == {"moved": 1, "unchanged": len(OTHERS)}
    one = User.objects.get(ine=INE)
    assert one.absent_since is None
    assert schools_of_(one) == {"Z"}
    assert person("R1").absent_since is None
    # from then on the collège says who they are
    assert (one.source, one.joining_key, one.email) == ("AAF2D", "P91", "college@example.invalid")
    assert told(later, "pupils") == {"changed": 1, "unchanged": len(MATES)}
    assert classes_of("P91") == ["Z 6A 2027"]
    assert person("R1").city == "CALAIS"
    assert changes(night(tmp_path, "2027-09-23", both=False)[1]) == {}


def test_absent_from_the_college_and_present_in_the_ecole_they_only_move(tmp_path: Path) -> None:
    night(tmp_path, first_college=True)
    feed_college(a_college_set(tmp_path, "2027-09-22", pupils=MATES))
    one = User.objects.get(ine=INE)
    assert (one.absent_since, schools_of_(one)) == (None, {"A"})
    feed(a_set(tmp_path, "2027-09-22", pupils=[IN_BOTH, *OTHERS]))
    one.refresh_from_db()
    assert (one.source, one.joining_key, one.email) == ("AAF1D", "P1", "ecole@example.invalid")


def test_neither_feed_misses_whom_only_the_other_states(tmp_path: Path) -> None:
    night(tmp_path)
    feed(a_set(tmp_path, "2027-09-22", pupils=[IN_BOTH, *OTHERS], staff=[staff("S1"), staff("S2")]))
    feed_college(a_college_set(tmp_path, "2027-09-22", pupils=[SIXTH, *MATES], staff=[colleague("T1")]))
    assert not User.objects.filter(absent_since__isnull=False).exists()
    assert schools_of("S2") == ["A"]


def test_gone_from_both_they_are_absent_once(tmp_path: Path) -> None:
    night(tmp_path)
    feed(a_set(tmp_path, "2027-09-22", pupils=OTHERS))
    run = feed_college(a_college_set(tmp_path, "2027-09-22", pupils=MATES))
    assert told(run, "pupils")["absent"] == 1
    one = User.objects.get(ine=INE)
    assert one.absent_since is not None
    assert person("R1").absent_since is not None
    before = whole(but=ITSELF)
    feed(a_set(tmp_path, "2027-09-23", pupils=OTHERS))
    feed_college(a_college_set(tmp_path, "2027-09-23", pupils=MATES))
    assert differences(before, whole(but=ITSELF)) == {}


def test_a_record_of_the_ecole_that_cannot_be_read_is_not_a_leaving(tmp_path: Path) -> None:
    night(tmp_path, first_college=True)
    unreadable = pupil("P1", ine=INE, born=None, relatives=["R1"])
    feed(a_set(tmp_path, "2027-09-22", pupils=[unreadable, *OTHERS]))
    assert schools_of_(User.objects.get(ine=INE)) == {"A", "Z"}


def test_an_older_set_is_older_than_its_own_source_only(tmp_path: Path) -> None:
    night(tmp_path)
    feed(a_set(tmp_path, "2027-10-01", pupils=[IN_BOTH, *OTHERS]))
    assert feed_college(a_college_set(tmp_path, "2027-09-22", pupils=[SIXTH, *MATES])).state == "applied"
    with pytest.raises(OlderThanApplied):
        feed_college(a_college_set(tmp_path, "2027-09-21", pupils=[SIXTH, *MATES]))
