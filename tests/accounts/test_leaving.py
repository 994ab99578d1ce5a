"""The days of an absence: one rule for the nightly job, the page, the mail, the console and the API."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from accounts import pauses
from accounts.assurance import Assurance, acting_with
from accounts.checks import delays_within_the_law
from accounts.delays import Step, counted_days, day_reached, next_step
from accounts.errors import LowAssurance, NotLeaving
from accounts.leaving import leaving_of
from accounts.models import User
from accounts.services import objection
from accounts.services.lifecycle import advance, restore
from accounts.signals import people_leaving
from core.models import AuditEntry
from tests.accounts.factories import PersonFactory
from tests.schools.factories import AcademyFactory

LEFT = date(2026, 9, 1)
DAYS = st.dates(date(2026, 6, 1), date(2026, 12, 31))
FREEZES = st.lists(
    st.tuples(DAYS, st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))),
    max_size=3,
)


def day(number: int) -> date:
    return LEFT + timedelta(days=number)


@given(DAYS, st.integers(0, 92), FREEZES)
def test_a_day_told_is_the_first_on_which_the_job_acts(since: date, days: int, frozen: list) -> None:
    reached = day_reached(since, days, frozen)
    assert counted_days(since, reached, frozen) >= days
    assert reached == since or counted_days(since, reached - timedelta(days=1), frozen) < days


def test_one_is_told_before_the_grace_ends_and_once() -> None:
    def step(today: date, *, told: bool) -> Step:
        return next_step(
            absent_since=LEFT,
            pre_deleted_on=None,
            today=today,
            pauses=[],
            grace=30,
            pre_deletion=60,
            notice=15,
            told=told,
        )

    assert step(day(14), told=False) is Step.STAY
    assert step(day(15), told=False) is Step.TELL
    assert step(day(15), told=True) is Step.STAY
    assert step(day(30), told=False) is Step.PRE_DELETE


def test_the_notice_lies_within_the_grace() -> None:
    assert delays_within_the_law(None) == []
    for days in (31, -1):
        with override_settings(CARTABLE_LEAVING_NOTICE_DAYS=days):
            assert [error.id for error in delays_within_the_law(None)] == ["accounts.E003"]


@pytest.mark.django_db
def test_the_days_said_are_those_of_the_job_a_freeze_included(monkeypatch: pytest.MonkeyPatch) -> None:
    academy = AcademyFactory()
    person = PersonFactory(teacher=True, academy=academy, absent_since=LEFT)
    frozen = {academy.pk: [(day(5), day(9)), (day(50), day(59))]}
    monkeypatch.setattr(pauses, "_sources", [lambda: frozen])
    said = leaving_of(person)
    assert (said.told_from, said.pre_deleted_on, said.deleted_on) == (day(20), day(35), day(105))
    happened = {}
    for number in range(1, 110):
        done = advance(today=day(number))
        happened |= {name: day(number) for name, count in vars(done).items() if count}
    assert happened == {"told": day(20), "pre_deleted": day(35), "deleted": day(105)}


@pytest.mark.django_db
def test_who_is_here_has_no_such_days(django_assert_num_queries) -> None:
    person = PersonFactory(teacher=True)
    with django_assert_num_queries(0):
        assert leaving_of(person) is None


@pytest.mark.django_db
def test_they_are_told_once_an_absence(django_capture_on_commit_callbacks) -> None:
    told: list[int] = []

    def hear(ids: list[int], **kwargs: object) -> None:
        told.extend(ids)

    person = PersonFactory(pupil=True, absent_since=LEFT)
    people_leaving.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            for number in (15, 15, 16):
                advance(today=day(number))
        assert told == [person.pk]
        restore(person=person, by=None)
        User.objects.filter(pk=person.pk).update(absent_since=day(40))
        with django_capture_on_commit_callbacks(execute=True):
            advance(today=day(60))
        assert told == [person.pk] * 2
    finally:
        people_leaving.disconnect(hear)


@pytest.mark.django_db
def test_one_says_until_the_end_whether_what_was_left_may_stay() -> None:
    person = PersonFactory(teacher=True, activated=True, absent_since=LEFT)
    objection.say_what_stays(by=person, stays=False)
    objection.say_what_stays(by=person, stays=False)
    person.refresh_from_db()
    assert leaving_of(person).objected
    advance(today=day(30))
    objection.say_what_stays(by=person, stays=True)
    person.refresh_from_db()
    assert not leaving_of(person).objected
    verbs = AuditEntry.objects.filter(actor=person.uuid).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["account.objected", "account.objection_lifted"]


@pytest.mark.django_db
def test_nobody_else_is_asked_and_a_low_session_says_nothing() -> None:
    with pytest.raises(NotLeaving):
        objection.say_what_stays(by=PersonFactory(teacher=True, activated=True), stays=False)
    leaver = PersonFactory(pupil=True, activated=True, absent_since=LEFT)
    with acting_with(Assurance.LOW), pytest.raises(LowAssurance):
        objection.say_what_stays(by=leaver, stays=False)


@pytest.mark.django_db
def test_nothing_is_said_of_an_absence_that_is_over() -> None:
    person = PersonFactory(teacher=True, absent_since=LEFT)
    User.objects.filter(pk=person.pk).update(leaving_told_on=day(15), objected_at="2026-09-20T10:00Z")
    restored = restore(person=person, by=None)
    assert (restored.leaving_told_on, restored.objected_at) == (None, None)
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=person.pk).update(leaving_told_on=day(15))
