"""At the door: the same work for everybody."""

from typing import Any

import pytest

from accounts.errors import SignInRefused
from accounts.models import User
from accounts.services import sign_in as door
from tests.accounts.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each password hashed at the door, which is what takes time."""
    seen: list[str] = []

    def counted(name: str) -> None:
        real = getattr(door, name)

        def count(password: str, *args: Any, **kwargs: Any) -> Any:
            seen.append(password)
            return real(password, *args, **kwargs)

        monkeypatch.setattr(door, name, count)

    counted("make_password")
    counted("check_password")
    return seen


def test_one_password_is_hashed_whoever_exists(hashed: list[str]) -> None:
    activated = PersonFactory(relative=True, activated=True)
    never = PersonFactory(relative=True)
    for login in (activated.username, never.username, "personne.inconnue", "", "?"):
        with pytest.raises(SignInRefused):
            door.sign_in(login=login, secret="essai", address="192.0.2.1")
        assert hashed == ["essai"], login
        hashed.clear()


def test_a_book_for_a_password_is_cut_before_the_hasher(hashed: list[str]) -> None:
    with pytest.raises(SignInRefused):
        door.sign_in(login="x", secret="a" * 100_000, address="192.0.2.1")
    assert len(hashed[0]) <= 256


def test_a_password_hashed_by_older_settings_is_hashed_anew() -> None:
    person = PersonFactory(relative=True, activated=True)
    from django.contrib.auth.hashers import Argon2PasswordHasher

    old = Argon2PasswordHasher()
    old.time_cost, old.memory_cost, old.parallelism = 2, 16, 1
    User.objects.filter(pk=person.pk).update(password=old.encode(PASSWORD, "sel-de-cuisine-gris"))
    before = User.objects.get(pk=person.pk).password
    entered = door.sign_in(login=person.username, secret=PASSWORD, address="192.0.2.1")
    after = User.objects.get(pk=person.pk)
    assert after.password != before
    assert after.check_password(PASSWORD)
    assert entered.person.get_session_auth_hash() == after.get_session_auth_hash()
