"""Relatives are where their children are; who cannot be read today has not left, nor have their ties."""

from pathlib import Path

import pytest

from accounts.models import User
from directory.models import Guardianship
from directory.querysets import people_visible_to
from tests.accounts.factories import PersonFactory
from tests.directory.factories import GuardianshipFactory
from tests.feeds.sets import a_set, feed, person, pupil, pupils_of, relative, school, staff, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
LATER = "2026-10-06"
OTHERS = pupils_of(12, first=20)


def absent() -> set[str]:
    found = User.objects.filter(absent_since__isnull=False)
    return set(found.values_list("joining_key", flat=True))


def ties() -> set[tuple[str, str]]:
    found = Guardianship.objects.filter(ended_on=None)
    return set(found.values_list("relative__joining_key", "pupil__joining_key"))


def test_a_relative_is_absent_when_every_child_is(tmp_path: Path) -> None:
    two = [pupil("P1", relatives=["R1", "R2"]), pupil("P2", relatives=["R1"], born="2019-01-01")]
    feed(a_set(tmp_path, pupils=[*two, *OTHERS]))
    feed(a_set(tmp_path, LATER, pupils=[two[1], *OTHERS]))
    assert absent() == {"P1", "R2"}
    run = feed(a_set(tmp_path, "2026-10-20", pupils=OTHERS))
    assert absent() == {"P1", "P2", "R1", "R2"}
    assert run.counts["relatives"]["absent"] == 1
    assert ties() == {("R1", "P1"), ("R2", "P1"), ("R1", "P2")}


def test_a_relative_is_back_with_any_of_their_children(tmp_path: Path) -> None:
    two = [pupil("P1", relatives=["R1"]), pupil("P2", relatives=["R1"], born="2019-01-01")]
    feed(a_set(tmp_path, pupils=[*two, *OTHERS]))
    feed(a_set(tmp_path, LATER, pupils=OTHERS))
    run = feed(a_set(tmp_path, "2026-10-20", pupils=[two[1], *OTHERS]))
    assert absent() == {"P1"}
    assert run.counts["relatives"]["restored"] == 1


def test_a_tie_no_longer_stated_ends_at_once_and_with_the_last_one_the_relative_is_absent(
    tmp_path: Path,
) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1", "R2"]), *OTHERS]))
    # R2's own record still names the child: ties are stated by the pupil's record alone.
    still = relative("R2", ENTPersRelEleveEleve="P1")
    run = feed(a_set(tmp_path, LATER, pupils=[pupil("P1", relatives=["R1"]), *OTHERS], relatives=[still]))
    assert ties() == {("R1", "P1")}
    assert absent() == {"R2"}
    assert told(run, "ties") == {"absent": 1, "unchanged": 1}
    assert run.anomalies.get().code == "relative-unnamed"


def test_a_tie_made_by_hand_keeps_a_fed_relative_present(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1", "R2"]), *OTHERS]))
    GuardianshipFactory(relative=person("R2"), pupil=person("P20"), by_hand=True)
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1", relatives=["R1"]), *OTHERS]))
    assert absent() == set()
    assert ties() == {("R1", "P1"), ("R2", "P20")}


def test_a_relative_made_by_hand_is_never_absent(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), *OTHERS]))
    by_hand = PersonFactory(relative=True)
    GuardianshipFactory(relative=by_hand, pupil=person("P1"), by_hand=True)
    feed(a_set(tmp_path, LATER, pupils=OTHERS))
    by_hand.refresh_from_db()
    assert by_hand.absent_since is None


def test_what_a_tie_says_changes_with_the_record(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1$1$1$1$1", "R2$2$1$1$0"])]))
    run = feed(a_set(tmp_path, LATER, pupils=[pupil("P1", relatives=["R2$2$0$1$1", "R1$1$1$1$0"])]))
    assert told(run, "ties") == {"changed": 2}
    found = Guardianship.objects.order_by("rank").values_list("relative__joining_key", "legal", "payer")
    assert list(found) == [("R2", False, True), ("R1", True, False)]


def test_when_one_of_two_schools_is_left_the_parent_loses_that_school_only(tmp_path: Path) -> None:
    """As the case of two schools tells: Ava leaves, Dea keeps Bob's school; one school's staff see her no more."""
    ava = {"relatives": ["R1"], "born": "2017-04-04"}
    bob = pupil("P2", "B", relatives=["R1"], born="2021-04-04")
    team = [staff("S1", "A"), staff("S2", "B")]
    feed(a_set(tmp_path, pupils=[pupil("P1", "A", **ava), bob, *OTHERS], staff=team))
    dea = person("R1")
    assert people_visible_to(person("S1")).filter(pk=dea.pk).exists()
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1", "A", left="2026-10-01", **ava), bob, *OTHERS]))
    assert absent() == {"P1"}
    assert not people_visible_to(person("S1")).filter(pk=dea.pk).exists()
    assert people_visible_to(person("S2")).filter(pk=dea.pk).exists()


# Records that cannot be read.


@pytest.mark.parametrize(
    "unreadable",
    [
        [pupil("P1", relatives=["R1"], born=None)],
        [pupil("P1", relatives=["R1"], ENTPersonDateNaissance="31/02/2018")],
        [pupil("P1", relatives=["R1"], ENTPersonPrenom="")],
        [pupil("P1", relatives=["R1"]), pupil("P1", relatives=["R1"], born="2019-09-09")],
        [pupil("P1", "UNKNOWN", relatives=["R1"], classes=[])],
    ],
    ids=["no birth date", "impossible birth date", "no first name", "one key twice", "unknown school"],
)
def test_whoever_cannot_be_read_today_has_not_left_nor_has_their_family(
    tmp_path: Path, unreadable: list
) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1"]), *OTHERS]))
    before = whole()
    told_today = [relative("R1")]
    feed(
        a_set(
            tmp_path,
            LATER,
            pupils=[*unreadable, *OTHERS],
            relatives=told_today,
            schools=[school("A")],
            made_up=False,
        )
    )
    assert differences(before, whole()) == {}
    assert absent() == set()


def test_a_staff_record_that_cannot_be_read_leaves_the_person_where_they_are(tmp_path: Path) -> None:
    feed(a_set(tmp_path, staff=[staff("S1", heads=["A"]), staff("S2")]))
    before = whole()
    feed(a_set(tmp_path, LATER, staff=[staff("S1", ENTPersonPrenom="", heads=["A"]), staff("S2")]))
    assert differences(before, whole()) == {}


def test_a_relative_whose_record_cannot_be_read_stays_tied(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1"])]))
    before = whole()
    unreadable = relative("R1", ENTPersonPrenom="")
    feed(a_set(tmp_path, LATER, pupils=[pupil("P1", relatives=["R1"])], relatives=[unreadable]))
    assert differences(before, whole()) == {}


def test_ties_stated_by_a_set_aside_record_count_as_present(tmp_path: Path) -> None:
    """R1's other child leaves; the one who cannot be read still states R1."""
    two = [pupil("P1", relatives=["R1"]), pupil("P2", relatives=["R1"], born="2019-01-01")]
    feed(a_set(tmp_path, pupils=[*two, *OTHERS]))
    feed(
        a_set(
            tmp_path,
            LATER,
            pupils=[pupil("P1", relatives=["R1"], born=None), *OTHERS],
            relatives=[relative("R1")],
        )
    )
    assert absent() == {"P2"}


def test_a_tie_that_a_set_aside_record_alone_states_keeps_a_relative_present(tmp_path: Path) -> None:
    """R1 was tied to P2 alone, whose record drops them; P1's, unreadable today, names them: R1 has not left."""
    feed(
        a_set(
            tmp_path,
            pupils=[pupil("P1"), pupil("P2", relatives=["R1"], born="2019-01-01"), *OTHERS],
        )
    )
    feed(
        a_set(
            tmp_path,
            LATER,
            pupils=[pupil("P1", relatives=["R1"], born=None), pupil("P2", born="2019-01-01"), *OTHERS],
            relatives=[relative("R1")],
        )
    )
    assert ties() == set()
    assert absent() == set()


def test_a_new_pupil_who_cannot_be_read_is_left_out_with_the_relative_nobody_else_names(
    tmp_path: Path,
) -> None:
    run = feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1"], born=None), *OTHERS]))
    assert told(run, "pupils") == {"created": 12}
    assert told(run, "relatives") == {}
    assert set(run.anomalies.values_list("code", flat=True)) == {"birth-date-missing", "relative-unnamed"}


def test_a_class_value_of_four_parts_leaves_the_pupil_in_their_class(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1"), *OTHERS]))
    before = whole()
    four = "A$01/09/2026$A-CE1-2026$CE1"
    run = feed(a_set(tmp_path, LATER, pupils=[pupil("P1", classes=[four]), *OTHERS]))
    assert "class-parts" in run.anomalies.values_list("code", flat=True)
    assert differences(before, whole()) == {}


def test_whom_no_record_names_any_more_is_absent_once_all_can_be_read(tmp_path: Path) -> None:
    family = pupil("P2", relatives=["R1"], born="2019-01-01")
    feed(a_set(tmp_path, pupils=[pupil("P1"), family, *OTHERS]))
    unreadable = pupil("P1", relatives=["R1"], born=None)
    feed(a_set(tmp_path, LATER, pupils=[unreadable, pupil("P2", born="2019-01-01"), *OTHERS]))
    assert absent() == set()
    feed(a_set(tmp_path, "2026-10-13", pupils=[pupil("P1"), pupil("P2", born="2019-01-01"), *OTHERS]))
    assert absent() == {"R1"}
