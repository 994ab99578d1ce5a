"""Entrusting and ceding: who offers, who accepts, what moves, what does not fit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from accounts.models import User
from core import invariants
from sharing.enums import Role
from sharing.errors import (
    HandoverClosed,
    HandoverPending,
    NoRoom,
    NotReachable,
    NotTheOwner,
    OwnerKeepsAll,
)
from sharing.kinds import Moved
from sharing.models import Grant, Resource
from sharing.querysets import role_on
from sharing.services import hand_over, resources
from tests.accounts.factories import PersonFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import BOX, NOTE, registered
from tests.sharing.worlds import sharing_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved() -> Iterator[list[tuple[str, int | None, int | None]]]:
    """What applications are told of; « Trop lourde » fits nowhere."""
    told: list[tuple[str, int | None, int | None]] = []

    def tell(moves: Sequence[Moved]) -> None:
        told.extend((each.resource.title, each.former, each.to) for each in moves)

    def room_for(person: User, things: Sequence[Resource]) -> bool:
        return all(each.title != "Trop lourde" for each in things)

    box = replace(BOX, moved=tell)
    note = replace(NOTE, moved=tell, room_for=room_for)
    with registered(box, note):
        yield told


def test_whoever_is_entrusted_manages_at_once() -> None:
    world = sharing_world()
    hand_over.entrust(by=world.teacher, resource=world.folder, person=world.director)
    assert role_on(world.director, world.note) == Role.MANAGE
    world.folder.refresh_from_db()
    assert world.folder.owner == world.teacher


def test_ceded_a_folder_changes_hands_with_its_owners_things_alone(moved: list) -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, person=world.pupil, role=Role.CONTRIBUTE)
    GrantFactory(resource=world.note, person=world.director)
    theirs = resources.create(
        owner=world.pupil, kind="note", title="Exposé", parent=world.folder, by=world.pupil
    )
    offered = hand_over.offer(by=world.teacher, resource=world.folder, to=world.director)
    assert moved == []
    hand_over.accept(by=world.director, handover=offered)
    owners = dict(Resource.objects.values_list("title", "owner"))
    assert owners == {
        "Dossier de lecture": world.director.pk, "Poésie": world.director.pk, "Exposé": world.pupil.pk,
    }  # fmt: skip
    assert moved == [
        ("Dossier de lecture", world.teacher.pk, world.director.pk),
        ("Poésie", world.teacher.pk, world.director.pk),
    ]
    theirs.refresh_from_db()
    assert theirs.parent == world.folder
    # whoever ceded it manages it by name, until the new owner ends that
    assert role_on(world.teacher, world.note) == Role.MANAGE
    assert Grant.objects.get(person=world.teacher).resource == world.folder
    assert [b.invariant.name for b in invariants.run_all() if b.invariant.name.startswith("sharing.")] == []
    with pytest.raises(HandoverClosed):
        hand_over.accept(by=world.director, handover=offered)


def test_what_does_not_fit_moves_nothing_and_the_offer_stands(moved: list) -> None:
    world = sharing_world()
    ResourceFactory(owner=world.teacher, parent=world.folder, title="Trop lourde")
    offered = hand_over.offer(by=world.teacher, resource=world.folder, to=world.director)
    with pytest.raises(NoRoom):
        hand_over.accept(by=world.director, handover=offered)
    assert set(Resource.objects.values_list("owner", flat=True)) == {world.teacher.pk}
    offered.refresh_from_db()
    assert offered.answered_at is None


def test_ceded_out_of_a_folder_that_the_new_owner_does_not_see_it_goes_to_their_root(moved: list) -> None:
    world = sharing_world()
    offered = hand_over.offer(by=world.teacher, resource=world.note, to=world.director)
    done = hand_over.accept(by=world.director, handover=offered)
    assert (done.owner, done.parent, done.ancestors) == (world.director, None, [])


def test_only_its_owner_offers_to_somebody_within_reach_once() -> None:
    world = sharing_world()
    GrantFactory(resource=world.folder, person=world.director, role=Role.MANAGE)
    with pytest.raises(NotTheOwner):
        hand_over.offer(by=world.director, resource=world.folder, to=world.pupil)
    with pytest.raises(OwnerKeepsAll):
        hand_over.offer(by=world.teacher, resource=world.folder, to=world.teacher)
    with pytest.raises(NotReachable):
        hand_over.offer(by=world.teacher, resource=world.folder, to=PersonFactory(teacher=True))
    hand_over.offer(by=world.teacher, resource=world.folder, to=world.director)
    with pytest.raises(HandoverPending):
        hand_over.offer(by=world.teacher, resource=world.folder, to=world.pupil)


def test_an_offer_is_answered_by_the_one_it_was_made_to_or_taken_back() -> None:
    world = sharing_world()
    offered = hand_over.offer(by=world.teacher, resource=world.folder, to=world.director)
    for act in (hand_over.accept, hand_over.decline):
        with pytest.raises(HandoverClosed):
            act(by=world.pupil, handover=offered)
    hand_over.decline(by=world.director, handover=offered)
    again = hand_over.offer(by=world.teacher, resource=world.folder, to=world.director)
    with pytest.raises(NotTheOwner):
        hand_over.take_back(by=world.director, handover=again)
    hand_over.take_back(by=world.teacher, handover=again)
    with pytest.raises(HandoverClosed):
        hand_over.accept(by=world.director, handover=again)
