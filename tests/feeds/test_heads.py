"""The director whom the feed names administers the school, until it names another or they leave."""

from pathlib import Path

import pytest

from directory.models import Administrator, Attachment, Group, ScolarityMembership
from tests.directory.factories import AdministratorFactory
from tests.feeds.csvs import Child, Teacher, a_csv, feed_csv
from tests.feeds.sets import a_set, feed, person, pupils_of, school_of, staff
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
LATER = "2026-10-06"


def administrators(key: str = "A") -> set[str]:
    """Keys of those who administer a school now by the feed's word."""
    found = Administrator.objects.filter(school=school_of(key), ended_on=None).exclude(source="MANUAL")
    return set(found.values_list("person__joining_key", flat=True))


def direction(key: str = "A") -> set[str]:
    group = Group.objects.get(school=school_of(key), kind="DIRECTION")
    return set(ScolarityMembership.objects.filter(group=group).values_list("person__joining_key", flat=True))


@pytest.fixture
def fed(tmp_path: Path) -> Path:
    feed(a_set(tmp_path, staff=[staff("S1", heads=["A"]), staff("S2"), staff("S3", "B", heads=["B"])]))
    return tmp_path


def test_the_director_named_administers_the_school_at_once(fed: Path) -> None:
    assert administrators() == direction() == {"S1"}
    assert administrators("B") == {"S3"}


def test_another_director_named_takes_the_place_of_the_first(fed: Path) -> None:
    feed(a_set(fed, LATER, staff=[staff("S1"), staff("S2", heads=["A"]), staff("S3", "B", heads=["B"])]))
    assert administrators() == direction() == {"S2"}
    assert administrators("B") == {"S3"}


def test_a_director_named_no_more_stays_until_another_is(fed: Path) -> None:
    run = feed(a_set(fed, LATER, staff=[staff("S1"), staff("S2")]))
    assert administrators() == {"S1"}
    assert direction() == set()
    assert any("directeur" in note for note in run.notes)
    feed(a_set(fed, "2026-10-13", staff=[staff("S1"), staff("S2", heads=["A"])]))
    assert administrators() == {"S2"}


def test_a_director_who_leaves_the_school_administers_it_no_more(fed: Path) -> None:
    feed(a_set(fed, LATER, staff=[staff("S1", "B"), staff("S2"), staff("S3", "B", heads=["B"])]))
    assert administrators() == set()


def test_an_absent_director_keeps_the_school_through_the_grace(fed: Path) -> None:
    feed(a_set(fed, LATER, staff=[staff("S2")]))
    assert person("S1").absent_since is not None
    assert administrators() == {"S1"}


def test_an_absent_director_gives_way_as_soon_as_another_is_named_and_is_back_if_named_again(
    fed: Path,
) -> None:
    feed(a_set(fed, LATER, staff=[staff("S2", heads=["A"])]))
    assert administrators() == {"S2"}
    before = whole()
    feed(a_set(fed, "2026-10-13", staff=[staff("S2", heads=["A"])]))
    assert differences(before, whole()) == {}
    feed(a_set(fed, "2026-10-20", staff=[staff("S1", heads=["A"]), staff("S2")]))
    assert administrators() == {"S1"}


def test_one_director_of_two_schools_administers_both(fed: Path) -> None:
    feed(a_set(fed, LATER, staff=[staff("S1", "A", "B", heads=["A", "B"]), staff("S2"), staff("S3", "B")]))
    assert administrators() == {"S1"}
    assert administrators("B") == {"S1"}


def test_rights_given_by_hand_stay_whatever_the_feed_names(fed: Path) -> None:
    by_hand = AdministratorFactory(school=school_of("A"), person=person("S2"))
    former = AdministratorFactory(school=school_of("A"), person=person("S1"))
    feed(a_set(fed, LATER, staff=[staff("S1"), staff("S2"), staff("S4", heads=["A"])]))
    for right in (by_hand, former):
        right.refresh_from_db()
        assert right.ended_on is None
    assert administrators() == {"S4"}


def test_a_families_set_touches_no_right(fed: Path) -> None:
    before = set(Administrator.objects.values_list("pk", "ended_on"))
    feed(a_set(fed, LATER, pupils=pupils_of(3)))
    assert set(Administrator.objects.values_list("pk", "ended_on")) == before


def test_a_head_stated_by_function_alone_belongs_to_the_school(tmp_path: Path) -> None:
    feed(a_set(tmp_path, staff=[staff("S1", "A", heads=["B"]), staff("S2", "B")]))
    assert set(Attachment.objects.filter(person=person("S1")).values_list("school__joining_key", "is_head")) == {
        ("A", False), ("B", True),
    }  # fmt: skip


def test_the_csv_names_the_director_and_an_aaf_set_of_the_same_changes_nothing(tmp_path: Path) -> None:
    feed_csv(
        a_csv(tmp_path, pupils=[Child("Léa")], teachers=[Teacher("Gil", "CP", head=True), Teacher("Ana")])
    )
    assert Administrator.objects.get().person.first_name == "Gil"
    gil = staff("S1", heads=["A"], ENTPersonPrenom="Gil")
    feed(a_set(tmp_path, LATER, staff=[gil, staff("S2", ENTPersonPrenom="Ana")]))
    assert administrators() == {"S1"}
    before = whole()
    feed(a_set(tmp_path, "2026-10-13", staff=[gil, staff("S2", ENTPersonPrenom="Ana")]))
    assert differences(before, whole()) == {}
