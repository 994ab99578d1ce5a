"""Absent, pre-deleted, deleted, or back as they were: grace and delays as the clock runs, freezes apart."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from accounts.models import User
from accounts.services.lifecycle import advance
from core import clock, invariants
from directory.models import Attachment, ClassAttachment, Guardianship, Membership, ScolarityMembership
from directory.querysets import people_visible_to
from feeds.services.freeze import freeze
from tests.directory.factories import ClassAttachmentFactory, GroupFactory, MembershipFactory
from tests.feeds.sets import (
    a_set,
    feed,
    is_known,
    klass,
    noon,
    person,
    pupil,
    pupils_of,
    school_of,
    staff,
    told,
)
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
LEFT = date(2026, 10, 6)
INE = "110000001AB"
OTHERS = pupils_of(12, first=20)
P1 = pupil("P1", ine=INE, relatives=["R1"])


def on(day: date) -> None:
    """The nightly job of one day."""
    with clock.at(noon(day)):
        advance(today=clock.today())


def nights(days: int) -> None:
    """The nightly jobs up to so many days after the leaving."""
    for n in range(1, days + 1, 1 if days < 40 else 5):
        on(LEFT + timedelta(days=n))
    on(LEFT + timedelta(days=days))


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """P1 and their mother came in September, the pupil is missing from the set of 6 October."""
    feed(a_set(tmp_path, pupils=[P1, *OTHERS]))
    User.objects.update(password="!sealed", activated_at=noon("2026-09-16"), code_open=False)
    MembershipFactory(group=GroupFactory(school=school_of("A")), person=person("P1"))
    feed(a_set(tmp_path, LEFT.isoformat(), pupils=OTHERS))
    return tmp_path


def as_known(*keys: str) -> list[object]:
    """Everything of some people but the days of their absence."""
    pks = [person(key).pk for key in keys]
    rows = [
        list(
            User.objects.filter(pk__in=pks)
            .order_by("pk")
            .values_list("pk", "username", "password", "activated_at")
        ),
    ]
    for model in (Attachment, ClassAttachment, Membership):
        rows.append(list(model.objects.filter(person__in=pks).order_by("pk").values()))
    rows.append(list(Guardianship.objects.order_by("pk").values()))
    rows.append(sorted(ScolarityMembership.objects.values_list("group", "person", "through")))
    return rows  # type: ignore[return-value]


def test_the_grace_is_thirty_days_and_pre_deletion_sixty_more(left: Path) -> None:
    on(LEFT + timedelta(days=29))
    assert person("P1").pre_deleted_on is None
    on(LEFT + timedelta(days=30))
    assert person("P1").pre_deleted_on == LEFT + timedelta(days=30)
    on(LEFT + timedelta(days=89))
    assert is_known("P1")
    on(LEFT + timedelta(days=90))
    assert not is_known("P1")
    assert not is_known("R1")
    assert invariants.run_all() == []


def test_pre_deletion_changes_no_row_and_leaves_them_out_of_sight(left: Path) -> None:
    before = whole()
    mate = person("P20")
    assert people_visible_to(mate).filter(pk=person("P1").pk).exists()
    on(LEFT + timedelta(days=30))
    changed = differences(before, whole())
    assert set(changed) <= {"accounts_user", "core_auditentry"}
    assert not people_visible_to(mate).filter(pk=person("P1").pk).exists()


def test_days_of_a_summer_freeze_count_in_neither_delay(left: Path) -> None:
    with clock.at(noon(LEFT)):
        freeze(starts_on=LEFT + timedelta(days=10), ends_on=LEFT + timedelta(days=19))
    on(LEFT + timedelta(days=39))
    assert person("P1").pre_deleted_on is None
    on(LEFT + timedelta(days=40))
    assert person("P1").pre_deleted_on == LEFT + timedelta(days=40)
    on(LEFT + timedelta(days=99))
    assert is_known("P1")
    on(LEFT + timedelta(days=100))
    assert not is_known("P1")


def test_a_freeze_of_another_academy_stops_no_delay_here(left: Path) -> None:
    feed(a_set(left, "2026-10-01", academy="NORD", pupils=pupils_of(2, "N", classes=[klass("N")])))
    freeze(starts_on=LEFT, ends_on=LEFT + timedelta(days=60), academy_id=school_of("N").academy_id)
    on(LEFT + timedelta(days=30))
    assert person("P1").pre_deleted_on is not None


@pytest.mark.parametrize("days", [10, 45], ids=["in the grace", "pre-deleted"])
def test_whoever_reappears_by_key_is_restored_as_they_were(left: Path, days: int) -> None:
    before = as_known("P1", "R1")
    on(LEFT + timedelta(days=days))
    back = (LEFT + timedelta(days=days + 1)).isoformat()
    run = feed(a_set(left, back, pupils=[P1, *OTHERS]))
    assert told(run, "pupils") == {"restored": 1, "unchanged": 12}
    assert told(run, "relatives") == {"restored": 1}
    assert as_known("P1", "R1") == before
    assert not User.objects.filter(absent_since__isnull=False).exists()
    assert not User.objects.filter(pre_deleted_on__isnull=False).exists()


def test_whoever_reappears_by_ine_under_another_key_is_restored_as_they_were(left: Path) -> None:
    before = as_known("P1", "R1")
    on(LEFT + timedelta(days=35))
    run = feed(a_set(left, "2026-11-20", pupils=[pupil("P2", ine=INE, relatives=["R1"]), *OTHERS]))
    assert told(run, "pupils") == {"restored": 1, "unchanged": 12}
    assert as_known("P2", "R1") == before


def test_whoever_reappears_in_another_school_is_restored_there_with_family_and_login(left: Path) -> None:
    login = person("P1").username
    on(LEFT + timedelta(days=35))
    run = feed(a_set(left, "2026-11-20", pupils=[pupil("P1", "B", ine=INE, relatives=["R1"]), *OTHERS]))
    assert told(run, "pupils") == {"restored": 1, "unchanged": 12}
    here = Attachment.objects.get(person=person("P1"), ended_on=None)
    assert (here.school, person("P1").username) == (school_of("B"), login)
    assert person("R1").absent_since is None
    assert invariants.run_all() == []


def test_whoever_reappears_after_deletion_is_a_new_account_with_a_login_of_its_own(left: Path) -> None:
    former = person("P1")
    nights(95)
    run = feed(a_set(left, "2027-01-20", pupils=[P1, *OTHERS]))
    assert told(run, "pupils") == {"created": 1, "unchanged": 12}
    assert person("P1").pk != former.pk
    assert person("P1").username == f"{former.username}2"


# Exit dates.


def test_a_past_exit_date_ends_the_school_at_once_and_the_delays_start(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[P1, *OTHERS]))
    run = feed(
        a_set(
            tmp_path,
            "2026-10-06",
            pupils=[pupil("P1", ine=INE, relatives=["R1"], left="2026-10-02"), *OTHERS],
        )
    )
    assert told(run, "pupils") == {"absent": 1, "unchanged": 12}
    assert told(run, "relatives") == {"absent": 1}
    assert not Attachment.objects.filter(person=person("P1"), ended_on=None).exists()
    assert not ClassAttachment.objects.filter(person=person("P1"), ended_on=None).exists()
    # The law counts from the day the leaving is known: that of the feed.
    assert person("P1").absent_since == date(2026, 10, 6)
    again = feed(
        a_set(
            tmp_path,
            "2026-10-13",
            pupils=[pupil("P1", ine=INE, relatives=["R1"], left="2026-10-02"), *OTHERS],
        )
    )
    assert again.counts["pupils"]["absent"] == 0
    assert person("P1").absent_since == date(2026, 10, 6)


def test_an_exit_date_to_come_ends_nothing_yet(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[P1, *OTHERS]))
    before = whole()
    feed(
        a_set(
            tmp_path,
            "2026-10-06",
            pupils=[pupil("P1", ine=INE, relatives=["R1"], left="2026-10-30"), *OTHERS],
        )
    )
    assert differences(before, whole()) == {}


def test_an_exit_date_with_another_school_is_a_leaving_of_that_school_alone(tmp_path: Path) -> None:
    both = {"classes": [klass("A"), klass("B", label="GS")], "ine": INE}
    feed(a_set(tmp_path, pupils=[pupil("P1", "A", "B", **both), *OTHERS]))
    left = {"ENTEleveDateSortieStructRattach": ["02/10/2026", ""]}
    feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P1", "A", "B", **both, **left), *OTHERS]))
    assert Attachment.objects.get(person=person("P1"), ended_on=None).school == school_of("B")
    assert ClassAttachment.objects.get(person=person("P1"), ended_on=None).school_class.label == "GS"
    assert person("P1").absent_since is None


def test_an_exit_undone_is_a_return_to_school_class_and_family(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[P1, *OTHERS]))
    feed(
        a_set(
            tmp_path,
            "2026-10-06",
            pupils=[pupil("P1", ine=INE, relatives=["R1"], left="2026-10-02"), *OTHERS],
        )
    )
    run = feed(a_set(tmp_path, "2026-10-13", pupils=[P1, *OTHERS]))
    assert told(run, "pupils") == {"restored": 1, "unchanged": 12}
    assert told(run, "relatives") == {"restored": 1}
    assert Attachment.objects.get(person=person("P1"), ended_on=None).school == school_of("A")
    assert ClassAttachment.objects.get(person=person("P1"), ended_on=None).school_class.label == "CP"
    assert Guardianship.objects.get().ended_on is None


def test_a_teacher_who_is_absent_and_comes_back_has_their_classes_still(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[P1], staff=[staff("S1"), staff("S2")]))
    ClassAttachmentFactory(
        person=person("S1"), school_class=school_of("A").schoolclass_set.get(), by_hand=True
    )
    before = as_known("S1")
    feed(a_set(tmp_path, "2026-10-06", staff=[staff("S2")]))
    on(date(2026, 11, 20))
    assert person("S1").pre_deleted_on is not None
    run = feed(a_set(tmp_path, "2026-11-21", staff=[staff("S1"), staff("S2")]))
    assert told(run, "staff") == {"restored": 1, "unchanged": 1}
    assert as_known("S1") == before
