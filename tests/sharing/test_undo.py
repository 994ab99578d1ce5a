"""A share removed by mistake comes back as it was, while nothing stands in its place."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from core import invariants
from directory.services import favourites
from schools.models import School
from sharing.enums import Role
from sharing.errors import CannotPutBack, NotAManager
from sharing.models import Grant, Resource, Withdrawal
from sharing.services import share
from sharing.services.undo import put_back
from tests.sharing.factories import GrantFactory
from tests.sharing.pages import HTMX, ShareWorld, share_everything, share_world
from tests.sharing.test_panel import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
type As = Callable[..., Client]


@pytest.fixture
def world() -> ShareWorld:
    made = share_world()
    share_everything(made)
    return made


def grants() -> list[dict[str, Any]]:
    """All of them, as they are, whatever their keys."""
    return list(
        Grant.objects.order_by("person_id", "group_id").values("person", "group", "role", "year", "given_at")
    )


def removed(world: ShareWorld, **whom: Any) -> Withdrawal:
    done = share.remove(by=world.teacher, resource=world.note, **whom)
    assert done.withdrawal is not None
    return done.withdrawal


def address(withdrawal: Withdrawal) -> str:
    return reverse("sharing:undo", args=[withdrawal.uuid])


def test_a_group_comes_back_with_its_role_and_its_year(world: ShareWorld) -> None:
    before = list(Grant.objects.order_by("pk").values())
    put_back(by=world.teacher, withdrawal=removed(world, group=world.pupils_group))
    assert list(Grant.objects.order_by("pk").values()) == before


def test_a_favourite_comes_back_for_those_who_kept_another_share_too(world: ShareWorld) -> None:
    other = favourites.create(by=world.teacher, name="La direction", persons=[world.colleagues[0]])
    share.share(by=world.teacher, resource=world.note, favourites=[other], role=Role.MANAGE)
    before = grants()
    withdrawal = removed(world, favourite=other.uuid)
    assert Grant.objects.get(person=world.colleagues[0]).role == Role.READ
    put_back(by=world.teacher, withdrawal=withdrawal)
    assert grants() == before
    names = {origin["name"] for origin in Grant.objects.get(person=world.colleagues[0]).origins}
    assert names == {"Équipe du cycle 2", "La direction"}
    assert [each.invariant.name for each in invariants.run_all()] == []


def test_several_things_come_back_at_once(world: ShareWorld) -> None:
    before = grants()
    done = share.remove_all(by=world.teacher, resources=[world.note])
    assert done.withdrawal is not None
    assert put_back(by=world.teacher, withdrawal=done.withdrawal).count == done.count == len(before)
    assert grants() == before


def test_only_whoever_may_share_it_undoes(world: ShareWorld) -> None:
    withdrawal = removed(world, person=world.pupils[0])
    with pytest.raises(NotAManager):
        put_back(by=world.colleagues[1], withdrawal=withdrawal)
    GrantFactory(resource=Resource.objects.get(pk=world.note.pk), person=world.pupils[2], role=Role.MANAGE)
    assert put_back(by=world.pupils[2], withdrawal=withdrawal).count == 1


def test_what_was_shared_again_since_stays_as_it_is(world: ShareWorld) -> None:
    withdrawal = removed(world, person=world.pupils[0])
    share.share(by=world.teacher, resource=world.note, persons=[world.pupils[0]], role=Role.MANAGE)
    before = grants()
    with pytest.raises(CannotPutBack):
        put_back(by=world.teacher, withdrawal=withdrawal)
    assert grants() == before


def test_whoever_became_its_owner_needs_no_share(world: ShareWorld) -> None:
    withdrawal = removed(world, person=world.pupils[0])
    Resource.objects.filter(pk=world.note.pk).update(owner=world.pupils[0])
    with pytest.raises(CannotPutBack):
        put_back(by=world.pupils[0], withdrawal=withdrawal)


def test_a_group_of_a_year_that_is_over_does_not_come_back(world: ShareWorld) -> None:
    withdrawal = removed(world, group=world.pupils_group)
    year = world.pupils_group.school_class.year  # type: ignore[union-attr]
    School.objects.filter(pk=world.school.school.pk).update(class_year=year + 1, running_year=year + 1)
    with pytest.raises(CannotPutBack):
        put_back(by=world.teacher, withdrawal=withdrawal)


def test_the_panel_offers_to_undo_what_it_just_removed(as_person: As, world: ShareWorld) -> None:
    client, before = as_person(world.teacher), grants()
    line = {"recipient": f"person:{world.pupils[0].uuid}"}
    answer = client.post(reverse("sharing:remove", args=[world.note.uuid]), line, headers=HTMX)
    withdrawal = Withdrawal.objects.get()
    assert address(withdrawal) in answer.content.decode()
    told = client.post(address(withdrawal), {"contenu": world.note.uuid}, headers=HTMX)
    assert "C’est remis : 1 partage, comme avant." in plain(told.content.decode())
    assert told.headers["HX-Trigger"] == "sharing-changed"
    assert grants() == before
    assert client.post(address(withdrawal)).status_code == 404


def test_without_a_script_the_message_has_the_button(as_person: As, world: ShareWorld) -> None:
    client, before = as_person(world.teacher), grants()
    data = {"acte": "retirer", "choisi": [world.note.uuid], "confirmer": "1"}
    page = client.post(reverse("sharing:together"), data, follow=True).content.decode()
    withdrawal = Withdrawal.objects.get()
    assert address(withdrawal) in page
    told = client.post(address(withdrawal), {"retour": "/partages/les-miens/"}, follow=True)
    assert "C’est remis" in plain(told.content.decode())
    assert grants() == before


def test_what_others_removed_does_not_exist(as_person: As, world: ShareWorld) -> None:
    withdrawal = removed(world, person=world.pupils[0])
    assert as_person(world.colleagues[1]).post(address(withdrawal)).status_code == 404


def test_the_api_undoes_too(as_person: As, world: ShareWorld) -> None:
    client, before = as_person(world.teacher), grants()
    of = f"/api/v1/resources/{world.note.uuid}/grants/groups/{world.pupils_group.uuid}/"
    told = client.delete(of).json()
    assert UUID(told["withdrawal"])
    undo = "/api/v1/resources/undo/"
    other = as_person(world.colleagues[1])
    assert other.post(undo, told, content_type="application/json").status_code == 404
    assert client.post(undo, told, content_type="application/json").json() == {"count": 1}
    assert grants() == before
    assert client.post(undo, told, content_type="application/json").status_code == 404
