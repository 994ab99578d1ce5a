"""Merges that meet."""

import threading
from contextlib import suppress

import pytest

from accounts.errors import CannotMerge
from accounts.models import Merge, User
from accounts.services import merge as service
from core import invariants
from directory.services import duplicates
from tests.directory.merging.worlds import TwinWorld, twins
from tests.sharing.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def _both_at_once(world: TwinWorld) -> list[Exception]:
    """Each of the two absorbed by the other, at the same instant."""
    return together(
        lambda: duplicates.merge(by=world.director, kept=world.kept, gone=world.gone),
        lambda: duplicates.merge(by=world.director, kept=world.gone, gone=world.kept),
    )


def _meeting(monkeypatch: pytest.MonkeyPatch, *, lock: bool) -> None:
    """Between what a merge reads and what it writes, it waits for the other: with the lock, that one cannot come."""
    barrier, read = threading.Barrier(2), service._locked

    def meet(*people: User) -> dict[int, User]:
        found = read(*people) if lock else {each.pk: User.everyone.get(pk=each.pk) for each in people}
        with suppress(threading.BrokenBarrierError):
            barrier.wait(1 if lock else 60)
        return found

    monkeypatch.setattr(service, "_locked", meet)
    if not lock:
        monkeypatch.setattr(service, "_hold", lambda *given: None)


def test_two_merges_of_the_same_two_at_once_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    world = twins()
    _meeting(monkeypatch, lock=True)
    raised = _both_at_once(world)
    assert [type(error) for error in raised] == [CannotMerge]
    assert Merge.objects.count() == 1
    assert User.everyone.filter(merged_into__isnull=False).count() == 1
    assert [each.invariant.name for each in invariants.run_all()] == []


def test_without_the_lock_neither_would_see_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same two, the lock off. Both pass the check; what follows is chance."""
    world = twins()
    _meeting(monkeypatch, lock=False)
    raised = _both_at_once(world)
    assert not any(isinstance(error, CannotMerge) for error in raised)
    assert raised or Merge.objects.count() == 2
