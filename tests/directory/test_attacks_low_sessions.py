"""A neighbour in class who knows three pictures; a square that is no number."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.assurance import Assurance, acting_with
from accounts.errors import LowAssurance
from accounts.models import OpenSession, User
from accounts.services import end_session, own_card
from accounts.sessions import ASSURANCE
from tests.accounts.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> User:
    return PersonFactory(pupil=True, activated=True)


@pytest.fixture
def low(pupil: User, as_person: Callable[[User], Client]) -> Client:
    client = as_person(pupil)
    session = client.session
    session[ASSURANCE] = Assurance.LOW.value
    session.save()
    return client


@pytest.fixture
def portrait() -> SimpleUploadedFile:
    kept = BytesIO()
    Image.new("RGB", (60, 40), "red").save(kept, "PNG")
    return SimpleUploadedFile("moi.png", kept.getvalue(), "image/png")


def test_a_session_of_low_assurance_ends_no_other(pupil: User, low: Client) -> None:
    Client().post("/connexion/", {"username": pupil.username, "password": PASSWORD})
    whole = OpenSession.objects.get(person=pupil)
    assert low.delete(f"/api/v1/me/sessions/{whole.uuid}/").status_code == 403
    low.post(f"/mon-compte/sessions/{whole.uuid}/")
    assert OpenSession.objects.filter(pk=whole.pk).exists()


def test_services_say_so_whoever_calls_them(pupil: User) -> None:
    with acting_with(Assurance.LOW):
        with pytest.raises(LowAssurance):
            own_card.say_motto(by=pupil, motto="Zut")
        with pytest.raises(LowAssurance):
            end_session.end_session(by=pupil, session=pupil.uuid)


def test_a_square_that_is_no_number_is_refused(
    as_person: Callable[[User], Client], portrait: SimpleUploadedFile
) -> None:
    person = PersonFactory(relative=True, activated=True)
    given = {"photo": portrait, "x": "nan", "y": "nan", "side": "nan"}
    assert as_person(person).post("/api/v1/me/photo/", given).status_code == 400
