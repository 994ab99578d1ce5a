"""A teacher gives easy passwords to pupils of their own class."""

import pytest

from accounts.models import User
from accounts.services.sign_in import sign_in
from core.models import AuditEntry
from directory.errors import OutOfReach
from directory.services.pupil_passwords import give_passwords
from tests.directory.worlds import SchoolWorld, pupil_in, school_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(servers: None) -> SchoolWorld:
    from django.core.cache import cache

    cache.clear()
    world = school_world(classes=2)
    world.school.class_year = world.classes[0].school_class.year
    world.school.save()
    return world


def test_a_pupil_enters_by_it_and_by_nothing_of_before(here: SchoolWorld) -> None:
    mine = here.classes[0]
    fresh = pupil_in(mine.school_class, activated=False)
    epoch = User.objects.get(pk=mine.pupils[0].pk).session_epoch
    given = give_passwords(by=mine.teacher, school_class=mine.school_class, pupils=[mine.pupils[0], fresh])
    for pupil in (mine.pupils[0], fresh):
        entered = sign_in(login=pupil.username, secret=given[pupil.pk], address="192.0.2.8")
        assert (entered.person, entered.by_code) == (pupil, False)
        kept = User.objects.get(pk=pupil.pk)
        assert given[pupil.pk] not in kept.password
        assert (kept.code_open, kept.activated_at is not None) == (False, True)
    assert User.objects.get(pk=mine.pupils[0].pk).session_epoch == epoch + 1
    told = AuditEntry.objects.filter(verb="account.password_given", actor=mine.teacher.uuid)
    assert {entry.subject for entry in told} == {mine.pupils[0].uuid, fresh.uuid}


def test_never_for_another_class_nor_for_an_adult(here: SchoolWorld) -> None:
    mine, theirs = here.classes
    for stranger in (theirs.pupils[0], mine.relatives[0], mine.teacher, here.director):
        with pytest.raises(OutOfReach):
            give_passwords(by=mine.teacher, school_class=mine.school_class, pupils=[mine.pupils[0], stranger])
    for someone in (theirs.teacher, here.director, mine.relatives[0], mine.pupils[0]):
        with pytest.raises(OutOfReach):
            give_passwords(by=someone, school_class=mine.school_class, pupils=[mine.pupils[0]])
    assert not AuditEntry.objects.filter(verb="account.password_given").exists()
