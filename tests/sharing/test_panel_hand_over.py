"""Confier and céder from the panel; who may not change shares in this session."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts import sessions
from sharing.enums import Role
from sharing.models import Grant, Handover
from sharing.querysets import role_on
from tests.sharing.pages import ShareWorld, share_world
from tests.sharing.test_panel import plain, post, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


@pytest.fixture
def world() -> ShareWorld:
    return share_world()


def test_a_thing_confided_is_managed_at_once(as_person: Callable[..., Client], world: ShareWorld) -> None:
    colleague = world.colleagues[1]
    post(as_person(world.teacher), world, "confier", recipient=f"person:{colleague.uuid}")
    assert role_on(colleague, world.note) == Role.MANAGE
    assert as_person(colleague).get(f"/partages/{world.note.uuid}/").status_code == 200
    world.note.refresh_from_db()
    assert world.note.owner == world.teacher


def test_a_thing_ceded_waits_for_the_other_and_may_be_taken_back(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    client, colleague = as_person(world.teacher), world.colleagues[1]
    post(client, world, "ceder", recipient=f"person:{colleague.uuid}")
    page = client.get(f"/partages/{world.note.uuid}/")
    assert f"Cession proposée à {colleague.full_name}" in text(page)
    assert "Ne plus le céder" in text(page)
    post(client, world, "reprendre")
    assert not Handover.objects.exists()
    assert "Cession proposée" not in text(client.get(f"/partages/{world.note.uuid}/"))


def test_only_its_owner_cedes_a_thing(as_person: Callable[..., Client], world: ShareWorld) -> None:
    post(as_person(world.teacher), world, "confier", recipient=f"person:{world.colleagues[1].uuid}")
    client = as_person(world.colleagues[1])
    assert ">Céder<" not in client.get(f"/partages/{world.note.uuid}/").content.decode()
    answer = post(client, world, "ceder", recipient=f"person:{world.colleagues[0].uuid}")
    assert "n’est pas à vous" in text(answer)
    assert not Handover.objects.exists()


@pytest.mark.parametrize("act", ["confier", "ceder"])
def test_somebody_is_to_be_chosen(as_person: Callable[..., Client], world: ShareWorld, act: str) -> None:
    assert "Choisissez une personne." in text(post(as_person(world.teacher), world, act))


def test_a_sign_in_of_low_assurance_changes_no_share(
    as_person: Callable[..., Client], world: ShareWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_person(world.teacher)
    data = {"recipient": f"person:{world.pupils[0].uuid}", "role": "1"}
    monkeypatch.setattr(sessions, "assurance_of", lambda request: sessions.Assurance.LOW)
    answer = client.post(f"/partages/{world.note.uuid}/donner/", data)
    assert "entrer avec ton nom et ton mot de passe" in plain(answer.content.decode())
    assert not Grant.objects.exists()
    monkeypatch.undo()
    client.post(f"/partages/{world.note.uuid}/donner/", data)
    assert Grant.objects.count() == 1
