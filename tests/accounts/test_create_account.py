"""One account by hand: its login is nobody else's, whoever makes another at the same instant."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection

from accounts.enums import Profile, Source
from accounts.models import User
from accounts.services import create_account as service
from accounts.services.create_account import create_account
from tests.accounts.factories import RetiredLoginFactory


def make(first_name: str = "Zoé", last_name: str = "Béranger") -> User:
    return create_account(
        by=None,
        profile=Profile.PUPIL,
        first_name=first_name,
        last_name=last_name,
        birth_date=date(2018, 3, 14),
    )


@pytest.mark.django_db
def test_an_account_made_by_hand_waits_for_its_first_sign_in() -> None:
    person = make()
    assert (person.username, person.source, person.code_open) == ("zoe.beranger", Source.MANUAL, True)
    assert person.lifecycle == "never_activated"


@pytest.mark.django_db
def test_an_account_is_made_at_the_clocks_instant(at: Callable[[datetime], None]) -> None:
    """Whoever is new this year is told by it: a rehearsed year counts its own."""
    at(datetime(2027, 8, 25, 9, tzinfo=UTC))
    person = make()
    person.refresh_from_db()
    assert person.created_at.date() == date(2027, 8, 25)


@pytest.mark.django_db
def test_namesakes_are_numbered_past_those_who_are_gone() -> None:
    RetiredLoginFactory(login_base="zoe.beranger", login_number=3)
    assert [make().username for _ in range(2)] == ["zoe.beranger4", "zoe.beranger5"]


def at_once(act: Callable[[], object]) -> list[BaseException]:
    """Runs an act twice at the same instant; answers what went wrong."""
    start, wrong = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        try:
            act()
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.fixture
def number_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both read which number is free before either writes, unless the lock parts them."""
    together = threading.Barrier(2)
    real, locked = service.login_of, service.take

    def meet(base: str, number: int) -> str:
        with suppress(threading.BrokenBarrierError):  # parted by the lock: the other is not here
            together.wait(timeout=1 if service.take is locked else 60)
        return real(base, number)

    monkeypatch.setattr(service, "login_of", meet)


@pytest.mark.django_db(transaction=True)
def test_two_namesakes_made_at_once_get_two_logins(number_read_together: None) -> None:
    assert at_once(make) == []
    assert set(User.objects.values_list("username", flat=True)) == {"zoe.beranger", "zoe.beranger2"}


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_collide(
    number_read_together: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "take", lambda *keys: None)
    (error,) = at_once(make)
    assert isinstance(error, IntegrityError)
