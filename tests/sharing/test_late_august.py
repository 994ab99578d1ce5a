"""Between the first staff file of August and the turn, a share with last year's class ends within weeks, and says so
wherever it is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Profile
from directory.enums import GroupKind
from directory.models import Group
from documents.audiences import audiences_of, readers_of
from schools.models import School
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.services import share
from tests.sharing.factories import ResourceFactory
from tests.sharing.pages import ShareWorld, share_everything, share_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
SOON, ENDS = "jusqu’au changement d’année, à la rentrée", "jusqu’à la fin de l’année scolaire"


@pytest.fixture
def world() -> ShareWorld:
    """Shared in June with the class and with all its school's teachers; the school is in the next year since."""
    world = share_world()
    share_everything(world)
    everyone = _teachers(world)
    share.share(by=world.teacher, resource=world.note, groups=[everyone], role=Role.READ)
    _opens_the_next_year(world)
    # Among colleagues, of this year already.
    plans = ResourceFactory(owner=world.teacher, title="Projets de l’année")
    everyone = _teachers(world)
    share.share(by=world.teacher, resource=plans, groups=[everyone], role=Role.READ)
    return world


def _teachers(world: ShareWorld) -> Group:
    found = Group.objects.select_related("school")
    return found.get(kind=GroupKind.SCHOOL, school=world.school.school, profile=Profile.TEACHER)


def _opens_the_next_year(world: ShareWorld) -> None:
    school = world.school.school
    School.objects.filter(pk=school.pk).update(running_year=school.class_year + 1)


def _told(client: Client, address: str, **asked: Any) -> str:
    return str(client.get(address, asked).content.decode())


def test_the_panel_says_that_a_share_with_last_years_class_ends_within_weeks(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    page = _told(as_person(world.teacher), f"/partages/{world.note.uuid}/")
    assert page.count(SOON) == 2
    assert ENDS not in page


def test_what_the_new_year_sees_lasts_until_its_end(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    plans = Grant.objects.get(resource__title="Projets de l’année").resource
    page = _told(as_person(world.teacher), f"/partages/{plans.uuid}/")
    assert ENDS in page
    assert SOON not in page


def test_lists_say_it_on_both_sides(as_person: Callable[..., Client], world: ShareWorld) -> None:
    assert SOON in _told(as_person(world.teacher), reverse("sharing:by_me"))
    mine = _told(as_person(world.pupils[2]), reverse("sharing:with_me"))
    assert SOON in mine
    assert ENDS not in mine
    # A colleague sees both: one ends, the other is this year's.
    theirs = _told(as_person(world.colleagues[0]), reverse("sharing:with_me"))
    assert "Projets de l’année" in theirs
    assert ENDS in theirs


def test_several_things_and_what_one_looks_for_say_it_too(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    client = as_person(world.teacher)
    things = [
        str(uuid) for uuid in Resource.objects.filter(owner=world.teacher).values_list("uuid", flat=True)
    ]
    assert SOON in _told(client, reverse("sharing:several"), choisi=things)
    found = _told(client, f"/partages/{world.note.uuid}/destinataires/", q="élèves")
    assert SOON in found


def test_the_api_and_documents_say_it(as_person: Callable[..., Client], world: ShareWorld) -> None:
    told = as_person(world.teacher).get(f"/api/v1/resources/{world.note.uuid}/grants/").json()
    rows = told["results"] if isinstance(told, dict) else told
    assert {row["mark"] for row in rows} == {"soon", "kept"}
    audience = audiences_of([world.note])[world.note.pk]
    assert audience.until == "en partie jusqu’à la rentrée"
    assert {reader.life.value for reader in readers_of(world.note)} == {"soon", "kept"}
