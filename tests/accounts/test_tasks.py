"""What runs each night."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import User
from accounts.tasks import advance_lifecycle, clear_sessions
from core import clock
from core.progress import SILENT
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_sessions_that_ended_leave_the_database() -> None:
    for key, days in (("over", -1), ("open", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )
    clear_sessions.act(SILENT)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_delays_advance_by_the_clock_of_the_instance() -> None:
    person = PersonFactory(pupil=True, absent_since=clock.today())
    assert advance_lifecycle.act(SILENT) == {"told": 0, "pre_deleted": 0, "deleted": 0}
    with clock.at(timedelta(days=31)):
        assert advance_lifecycle.act(SILENT) == {"told": 0, "pre_deleted": 1, "deleted": 0}
    assert User.objects.get(pk=person.pk).pre_deleted_on is not None
