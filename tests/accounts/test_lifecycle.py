"""Absent, pre-deleted, deleted, restored."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from accounts import fates, pauses
from accounts.checks import delays_within_the_law
from accounts.delays import Step, counted_days, next_step
from accounts.errors import NotPreDeleted
from accounts.models import RetiredLogin, User
from accounts.services.create_account import create_account
from accounts.services.lifecycle import advance, restore
from core.models import AuditEntry
from tests.accounts.factories import PersonFactory
from tests.directory.worlds import school_world
from tests.schools.factories import AcademyFactory

LEFT = date(2026, 9, 1)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def day(number: int) -> date:
    return LEFT + timedelta(days=number)


def test_a_freeze_counts_in_no_delay_however_many_say_it() -> None:
    freeze = (day(10), day(19))
    assert counted_days(LEFT, day(40), []) == 40
    assert counted_days(LEFT, day(40), [freeze]) == 30
    assert counted_days(LEFT, day(40), [freeze, freeze, (day(15), day(24))]) == 25


@given(DAYS, DAYS, st.lists(st.tuples(DAYS, DAYS), max_size=4))
def test_days_counted_are_never_more_than_days_gone(since: date, today: date, frozen: list) -> None:
    counted = counted_days(since, today, frozen)
    assert 0 <= counted <= max(0, (today - since).days)


@pytest.mark.parametrize(
    ("today", "pre_deleted_on", "step"),
    [
        (day(29), None, Step.STAY),
        (day(30), None, Step.PRE_DELETE),
        (day(89), day(30), Step.STAY),
        (day(90), day(30), Step.DELETE),
    ],
)
def test_each_delay_is_whole(today: date, pre_deleted_on: date | None, step: Step) -> None:
    found = next_step(
        absent_since=LEFT,
        pre_deleted_on=pre_deleted_on,
        today=today,
        pauses=[],
        grace=30,
        pre_deletion=60,
    )
    assert found is step


def test_both_delays_stay_within_the_three_months_of_the_law() -> None:
    assert delays_within_the_law(None) == []
    with override_settings(CARTABLE_PRE_DELETION_DAYS=90):
        assert [error.id for error in delays_within_the_law(None)] == ["accounts.E001"]


@pytest.mark.django_db
def test_an_absence_passes_through_pre_deletion_to_the_end(django_capture_on_commit_callbacks) -> None:
    leaving = PersonFactory(pupil=True, absent_since=LEFT)
    staying = PersonFactory(pupil=True)
    assert vars(advance(today=day(14))) == {"told": 0, "pre_deleted": 0, "deleted": 0}
    assert vars(advance(today=day(15))) == {"told": 1, "pre_deleted": 0, "deleted": 0}
    assert vars(advance(today=day(29))) == {"told": 0, "pre_deleted": 0, "deleted": 0}
    assert vars(advance(today=day(30))) == {"told": 0, "pre_deleted": 1, "deleted": 0}
    assert vars(advance(today=day(30))) == {"told": 0, "pre_deleted": 0, "deleted": 0}
    assert vars(advance(today=day(90))) == {"told": 0, "pre_deleted": 0, "deleted": 1}
    assert list(User.objects.all()) == [staying]
    verbs = AuditEntry.objects.filter(subject=leaving.uuid).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["account.leaving_told", "account.pre_deleted", "account.deleted"]


@pytest.mark.django_db
def test_a_login_is_given_to_nobody_else_after_its_end() -> None:
    PersonFactory(pupil=True, first_name="Zoé", last_name="Béranger", absent_since=LEFT)
    advance(today=day(30))
    advance(today=day(90))
    assert RetiredLogin.objects.get().login_base == "zoe.beranger"
    again = create_account(by=None, profile="PUPIL", first_name="Zoé", last_name="BÉRANGER")
    assert again.username == "zoe.beranger2"


@pytest.mark.django_db
def test_a_summer_freeze_lengthens_the_delays_of_its_academy(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = AcademyFactory(), AcademyFactory()
    frozen = PersonFactory(pupil=True, academy=here, absent_since=LEFT)
    other = PersonFactory(pupil=True, academy=there, absent_since=LEFT)
    monkeypatch.setattr(pauses, "_sources", [lambda: {here.pk: [(day(5), day(9))]}])
    advance(today=day(30))
    frozen.refresh_from_db()
    other.refresh_from_db()
    assert (frozen.pre_deleted_on, other.pre_deleted_on) == (None, day(30))
    advance(today=day(35))
    frozen.refresh_from_db()
    assert frozen.pre_deleted_on == day(35)


@pytest.mark.django_db
def test_a_person_is_restored_as_they_were() -> None:
    world = school_world()
    pupil = world.classes[0].pupils[0]
    before = User.objects.filter(pk=pupil.pk).values().get()
    User.objects.filter(pk=pupil.pk).update(absent_since=LEFT)
    advance(today=day(30))
    restore(person=pupil, by=world.director)
    assert User.objects.filter(pk=pupil.pk).values().get() == before
    with pytest.raises(NotPreDeleted):
        restore(person=pupil, by=world.director)


@pytest.mark.django_db
def test_a_deleted_person_leaves_no_row_behind() -> None:
    world = school_world()
    for person in (world.classes[0].pupils[0], world.classes[0].relatives[0], world.director):
        User.objects.filter(pk=person.pk).update(absent_since=LEFT)
    advance(today=day(30))
    assert advance(today=day(90)).deleted == 3
    assert set(User.objects.all()) == {
        world.classes[0].teacher,
        world.classes[0].pupils[1],
        world.classes[0].relatives[1],
    }


def test_every_key_to_a_person_has_a_stated_fate() -> None:
    keys = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model._meta.label == settings.AUTH_USER_MODEL
    }
    assert keys == fates.covered()
