"""The demo academy, made by the generator and brought in by the importer."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from accounts.services.sign_in import sign_in
from core import invariants
from demo import accounts
from demo.services.academy import open_academy
from directory.models import ClassAttachment, Guardianship
from schools.models import School

pytestmark = pytest.mark.django_db


@pytest.fixture
def academy(tmp_path: Path) -> Path:
    open_academy(data=tmp_path)
    return tmp_path


def _listed() -> list[dict[str, str]]:
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    return json.loads(out.getvalue())


def _of(role: str) -> list[dict[str, str]]:
    return [each for each in _listed() if each["role"] == role]


def test_it_shows_every_role_and_each_signs_in(academy: Path) -> None:
    listed = _listed()
    roles = {each["role"] for each in listed}
    assert roles == {"director", "teacher", "relative", "pupil", "district_admin", "academy_admin"}
    for each in listed:
        entered = sign_in(login=each["login"], secret=each["password"], address="192.0.2.1")
        assert not entered.by_code


def test_directors_of_two_schools_at_least_and_teachers_each_with_a_class(academy: Path) -> None:
    assert len({each["school"] for each in _of("director")}) >= 2
    teachers = _of("teacher")
    assert len(teachers) >= 3
    assert all(each["class"] for each in teachers)


def test_one_teacher_belongs_to_two_schools_and_one_relative_has_children_in_two(academy: Path) -> None:
    teachers = User.objects.filter(username__in=[each["login"] for each in _of("teacher")])
    assert max(person.attachment_set.filter(ended_on=None).count() for person in teachers) == 2
    relatives = User.objects.filter(username__in=[each["login"] for each in _of("relative")])
    schools = [
        School.objects.filter(
            attachment__person__in=Guardianship.objects.filter(relative=person).values("pupil"),
            attachment__ended_on=None,
        ).distinct()
        for person in relatives
    ]
    assert max(found.count() for found in schools) == 2


def test_pupils_are_of_the_classes_of_these_teachers(academy: Path) -> None:
    classes = {(each["school"], each["class"]) for each in _of("teacher")}
    assert {(each["school"], each["class"]) for each in _of("pupil")} <= classes
    assert len(_of("pupil")) >= 4


def test_opening_it_again_keeps_everything(academy: Path) -> None:
    before = (_listed(), ClassAttachment.objects.count(), User.objects.count())
    open_academy(data=academy)
    assert (_listed(), ClassAttachment.objects.count(), User.objects.count()) == before


def test_a_password_that_someone_changed_is_not_shown_as_if_it_held(academy: Path) -> None:
    person = User.objects.get(username=_of("director")[0]["login"])
    person.set_password("quelque chose d’autre")
    person.save(update_fields=["password"])
    assert _of("director")[0]["password"] == accounts.CHANGED


def test_what_must_always_be_true_is(academy: Path) -> None:
    assert invariants.run_all() == []


def test_each_finds_a_first_page(academy: Path) -> None:
    for each in _listed():
        client = Client()
        client.force_login(User.objects.get(username=each["login"]))
        assert client.get("/").status_code == 200, each
