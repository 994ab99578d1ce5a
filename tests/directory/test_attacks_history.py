"""What was done in a school of another's scope, asked for by a person's card or by a cursor of the log."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from core.models import AuditEntry
from directory.querysets.audit import audit_visible_to, before
from directory.services import class_teachers
from tests.directory.factories import AttachmentFactory
from tests.directory.worlds import SchoolWorld, school_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> SchoolWorld:
    return school_world(in_district=True)


@pytest.fixture
def there(here: SchoolWorld) -> SchoolWorld:
    return school_world(academy=here.school.academy)


@pytest.fixture
def shared(here: SchoolWorld, there: SchoolWorld) -> User:
    """A teacher of both, to whom the other school gave a class."""
    person = here.classes[0].teacher
    AttachmentFactory(person=person, school=there.school)
    school_class = there.classes[0].school_class
    class_teachers.attach_teacher(by=there.director, teacher=person, school_class=school_class)
    return person


def test_a_card_tells_no_more_than_the_log(
    here: SchoolWorld, there: SchoolWorld, shared: User, as_person: Callable[[User], Any]
) -> None:
    address = reverse("administered-person-detail", args=[shared.uuid])
    theirs = as_person(there.director).get(address).json()["history"]
    assert [act["verb"] for act in theirs] == ["class.teacher_attached"]
    assert as_person(here.director).get(address).json()["history"] == []
    page = as_person(here.director).get(reverse("console:user", args=[shared.uuid])).text
    assert "Classe ajoutée" not in page


def test_a_cursor_of_another_s_entry_tells_no_date(
    here: SchoolWorld, there: SchoolWorld, shared: User
) -> None:
    class_teachers.detach_teacher(by=here.director, teacher=shared, school_class=here.classes[0].school_class)
    theirs = AuditEntry.objects.get(school=there.school.uuid)
    mine = audit_visible_to(here.director)
    assert list(before(mine, str(theirs.pk))) == list(mine)
    assert not before(mine, str(mine.last().pk)).exists()
