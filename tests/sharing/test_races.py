"""Acts that meet: two shares of one thing, two folders that would lie in each other, a school that turns."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from core import invariants
from core.locks import Lock, take
from sharing.enums import Role
from sharing.errors import InsideItself, NotReachable
from sharing.models import Grant, Resource
from sharing.services import resources, share
from tests.sharing.factories import ResourceFactory
from tests.sharing.worlds import sharing_world

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], Any]) -> list[Exception]:
    """Runs acts at once, each with a session of its own; answers what they raised."""
    start, raised = threading.Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        try:
            start.wait(10)
            act()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return raised


def sound() -> bool:
    return not [b for b in invariants.run_all() if b.invariant.name.startswith("sharing.")]


def test_two_shares_with_one_person_at_once_write_one_grant_of_both() -> None:
    world = sharing_world()
    raised = together(
        *(
            lambda role=role: share.share(
                by=world.teacher, resource=world.folder, persons=[world.pupil], role=role
            )
            for role in (Role.READ, Role.CONTRIBUTE)
        )
    )
    assert raised == []
    assert Grant.objects.get().role == Role.CONTRIBUTE


def test_two_folders_moved_into_each_other_do_not_both_go() -> None:
    world = sharing_world()
    for _ in range(4):
        one, two = ResourceFactory(owner=world.teacher), ResourceFactory(owner=world.teacher)
        raised = together(
            lambda one=one, two=two: resources.place(by=world.teacher, resource=one, parent=two),
            lambda one=one, two=two: resources.place(by=world.teacher, resource=two, parent=one),
        )
        assert [type(error) for error in raised] == [InsideItself]
        assert sound()


def test_what_is_made_in_a_folder_that_moves_lies_where_the_folder_goes() -> None:
    world = sharing_world()
    for _ in range(4):
        above = ResourceFactory(owner=world.teacher)
        made = [
            lambda: resources.create(
                owner=world.teacher, kind="note", title="Neuve", parent=world.folder, by=world.teacher
            )
        ] * 3
        raised = together(
            *made, lambda above=above: resources.place(by=world.teacher, resource=world.folder, parent=above)
        )
        assert raised == []
        assert sound()
    assert Resource.objects.filter(title="Neuve").count() == 12


def test_a_share_with_a_class_waits_for_its_school_to_turn_and_is_then_refused() -> None:
    world = sharing_world()
    group, holding, raised = world.group(), threading.Event(), []

    def give() -> None:
        holding.wait(10)
        try:
            share.share(by=world.teacher, resource=world.folder, groups=[group], role=Role.READ)
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    sharer = threading.Thread(target=give)
    sharer.start()
    with transaction.atomic():
        take((Lock.SCHOOL_YEAR, world.school.pk))
        holding.set()
        sharer.join(1.5)
        assert sharer.is_alive(), "the share did not wait"
        world.school.class_year = world.school.running_year = 2027
        world.school.save(update_fields=["class_year", "running_year"])
    sharer.join(20)
    assert [type(error) for error in raised] == [NotReachable]
    assert not Grant.objects.exists()


def test_without_that_lock_the_grant_of_a_past_year_would_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the race that the lock is there for does happen without it."""
    world = sharing_world()
    group, raised = world.group(), []
    monkeypatch.setattr("sharing.services.writing.take_for", lambda *args, **kwargs: None)
    with transaction.atomic():
        world.school.class_year = world.school.running_year = 2027
        world.school.save(update_fields=["class_year", "running_year"])
        raised = together(
            lambda: share.share(by=world.teacher, resource=world.folder, groups=[group], role=Role.READ)
        )
    assert raised == []
    assert not sound()
