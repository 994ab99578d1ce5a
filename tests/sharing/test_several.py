"""Several things shared at once by one panel: all of them or none, and what stands in the way named."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from sharing.enums import Role
from sharing.errors import NotReachable, NotSharedTogether
from sharing.models import Grant, Resource, Withdrawal
from sharing.services import share
from tests.accounts.factories import PersonFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.pages import HTMX, ShareWorld, share_world
from tests.sharing.test_panel import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
type As = Callable[..., Client]


@pytest.fixture
def world() -> ShareWorld:
    return share_world()


@pytest.fixture
def things(world: ShareWorld) -> list[Resource]:
    """The teacher's note, a second one, and one that a colleague entrusted to them."""
    entrusted = ResourceFactory(owner=world.colleagues[1], title="Projet d’école")
    GrantFactory(resource=entrusted, person=world.teacher, role=Role.MANAGE)
    return [world.note, ResourceFactory(owner=world.teacher, title="Dictées"), entrusted]


def of(things: list[Resource], **more: Any) -> dict[str, Any]:
    return {"choisi": [str(thing.uuid) for thing in things]} | more


def give(client: Client, things: list[Resource], *keys: str, **more: Any) -> Any:
    return client.post(
        reverse("sharing:give_several"),
        of(things, recipient=list(keys), role="2", **more.pop("data", {})),
        **more,
    )


def readers(thing: Resource) -> set[tuple[str, int]]:
    grants = Grant.objects.filter(resource=thing).select_related("person", "group__school_class")
    return {
        (grant.group.label if grant.group else grant.person.full_name, grant.role)  # type: ignore[union-attr]
        for grant in grants
    }


def test_persons_groups_and_favourites_are_given_all_things_at_once(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    keys = [
        f"person:{world.pupils[0].uuid}", f"group:{world.pupils_group.uuid}", f"favourite:{world.favourite.uuid}",
    ]  # fmt: skip
    answer = give(as_person(world.teacher), things, *keys, follow=True)
    assert "3 contenus, partagés avec 5 personnes." in plain(answer.content.decode())
    everybody = {
        (world.pupils[0].full_name, 2),
        (world.pupils_group.label, 2),
        *((colleague.full_name, 2) for colleague in world.colleagues),
    }
    assert readers(things[0]) == readers(things[1]) == everybody
    # Whoever owns one is left out of it, and whoever managed it still does.
    assert readers(things[2]) == everybody - {(world.colleagues[1].full_name, 2)} | {
        (world.teacher.full_name, 4)
    }


def test_the_panel_says_who_sees_them_now_and_until_when(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    for thing in things[:2]:
        share.share(by=world.teacher, resource=thing, groups=[world.pupils_group], role=Role.READ)
    share.share(by=world.teacher, resource=things[0], persons=[world.pupils[0]], role=Role.COMMENT)
    page = plain(as_person(world.teacher).get(reverse("sharing:several"), of(things)).content.decode())
    assert "Partager 3 contenus" in page
    assert "Dictées" in page
    assert f"{world.pupils_group.label}" in page
    assert "2 contenus sur 3" in page
    assert "1 contenu sur 3" in page
    assert "jusqu’à la fin de l’année scolaire" in page
    assert "conservé" in page
    # Three pupils, and the teacher, whom the entrusted one was given.
    assert "4 personnes en voient au moins un" in page


def line(client: Client, things: list[Resource], **posted: Any) -> Any:
    return client.post(reverse("sharing:several_lines"), of(things, **posted), follow=True)


def test_one_line_has_another_role_on_all_of_them_and_no_other_line(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    client, pupil = as_person(world.teacher), f"person:{world.pupils[0].uuid}"
    give(client, things[:2], pupil, f"group:{world.pupils_group.uuid}")
    answer = line(client, things[:2], **{"droit": pupil, f"droit-{pupil}": "3"})
    assert "Le droit est changé pour 2 contenus : Contribuer." in plain(answer.content.decode())
    assert (
        readers(things[0])
        == readers(things[1])
        == {
            (world.pupils[0].full_name, 3),
            (world.pupils_group.label, 2),
        }
    )
    refused = line(client, things[:2], **{"droit": pupil, f"droit-{pupil}": "9"})
    assert "Ce droit n’existe pas." in plain(refused.content.decode())


def test_one_line_is_taken_out_of_all_of_them_and_put_back(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    client, group = as_person(world.teacher), f"group:{world.pupils_group.uuid}"
    give(client, things[:2], f"person:{world.pupils[0].uuid}", group)
    answer = line(client, things[:2], retirer=group)
    assert "2 partages sont retirés." in plain(answer.content.decode())
    assert readers(things[0]) == readers(things[1]) == {(world.pupils[0].full_name, 2)}
    withdrawn = Withdrawal.objects.get()
    client.post(reverse("sharing:undo", args=[withdrawn.uuid]), {"retour": "/partages/les-miens/"})
    assert (world.pupils_group.label, 2) in readers(things[1])


def test_a_line_that_is_no_more_is_said_and_nothing_else_ends(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    client = as_person(world.teacher)
    give(client, things[:2], f"group:{world.pupils_group.uuid}")
    for key in (f"person:{world.pupils[1].uuid}", "person:", "autre:chose", ""):
        answer = line(client, things[:2], retirer=key)
        assert answer.status_code == 200
    assert len(readers(things[0])) == len(readers(things[1])) == 1


def test_whoever_does_not_manage_them_changes_no_line(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    group = f"group:{world.pupils_group.uuid}"
    give(as_person(world.teacher), things[:2], group)
    line(as_person(world.pupils[0]), things[:2], retirer=group)
    assert len(readers(things[0])) == 1


def test_the_api_ends_or_changes_those_named_alone(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    client = as_person(world.teacher)
    give(client, things[:2], f"person:{world.pupils[0].uuid}", f"group:{world.pupils_group.uuid}")

    def post(**body: Any) -> Any:
        named = {"resources": [str(thing.uuid) for thing in things[:2]]} | body
        return client.post("/api/v1/resources/bulk/", named, content_type="application/json")

    assert post(act="role", role=4, persons=[str(world.pupils[0].uuid)]).json()["count"] == 2
    assert post(act="remove", groups=[str(world.pupils_group.uuid)]).json()["count"] == 2
    assert readers(things[0]) == readers(things[1]) == {(world.pupils[0].full_name, 4)}
    assert post(act="remove", persons=[str(world.pupils[1].uuid)]).status_code == 400
    assert post(act="remove", favourites=[str(world.favourite.uuid)]).status_code == 400
    assert len(readers(things[0])) == 1


def test_what_one_does_not_manage_is_left_aside_by_its_name(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    Grant.objects.update(role=Role.READ)
    client = as_person(world.teacher)
    page = plain(client.get(reverse("sharing:several"), of(things)).content.decode())
    assert "Laissés de côté" in page
    assert "Partager 2 contenus" in page
    answer = give(client, things, f"person:{world.pupils[0].uuid}")
    told = plain(answer.content.decode())
    assert "Rien n’est partagé" in told
    assert "« Projet d’école » : Vous ne gérez pas ce contenu" in told
    assert not Grant.objects.filter(person=world.pupils[0]).exists()


def test_one_in_the_trash_stops_all_and_is_named(world: ShareWorld, things: list[Resource]) -> None:
    Resource.objects.filter(pk=things[1].pk).update(trashed_at=world.note.created_at)
    with pytest.raises(NotSharedTogether) as caught:
        share.share_all(by=world.teacher, resources=things, persons=[world.pupils[0]], role=Role.READ)
    assert [(each["title"], each["reason"]) for each in caught.value.fields["refused"]] == [
        ("Dictées", "Ce contenu est dans la corbeille.")
    ]
    assert not Grant.objects.filter(person=world.pupils[0]).exists()


def test_somebody_out_of_reach_stops_all(world: ShareWorld, things: list[Resource]) -> None:
    stranger = PersonFactory(teacher=True)
    with pytest.raises(NotReachable):
        share.share_all(
            by=world.teacher, resources=things, persons=[world.pupils[0], stranger], role=Role.READ
        )
    assert not Grant.objects.filter(person=world.pupils[0]).exists()


def test_what_is_not_seen_is_not_there(as_person: As, world: ShareWorld, things: list[Resource]) -> None:
    theirs = ResourceFactory(title="Secret")
    page = plain(
        as_person(world.teacher).get(reverse("sharing:several"), of([*things, theirs])).content.decode()
    )
    assert "Secret" not in page


def test_nobody_chosen_is_said_in_the_panel(as_person: As, world: ShareWorld, things: list[Resource]) -> None:
    answer = give(as_person(world.teacher), things, headers=HTMX)
    assert "<main" not in answer.content.decode()
    assert "Choisissez une personne, un groupe ou un favori." in plain(answer.content.decode())


def test_one_thing_alone_is_its_own_panel(as_person: As, world: ShareWorld) -> None:
    answer = as_person(world.teacher).get(reverse("sharing:several"), of([world.note]))
    assert answer.url == reverse("sharing:panel", args=[world.note.uuid])


def test_a_list_leads_to_the_panel_without_a_script(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    answer = as_person(world.teacher).post(
        reverse("sharing:together"), of(things[:2], acte="partager"), follow=True
    )
    assert "Partager 2 contenus" in plain(answer.content.decode())


def test_a_pupil_is_told_in_a_childs_words(as_person: As, world: ShareWorld) -> None:
    pupil: User = world.pupils[0]
    mine = [ResourceFactory(owner=pupil, title=title) for title in ("Mon dessin", "Mon exposé")]
    client = as_person(pupil)
    page = plain(client.get(reverse("sharing:several"), of(mine)).content.decode())
    assert "Avec qui veux-tu partager ?" in page
    assert "vous" not in page.lower()
    theirs = ResourceFactory(owner=world.teacher, title="Leçon")
    GrantFactory(resource=theirs, person=pupil)
    told = plain(give(client, [*mine, theirs], f"person:{world.pupils[1].uuid}").content.decode())
    assert "tu ne peux pas tout partager" in told
    assert "vous" not in told.lower()


def test_the_api_shares_several_and_names_what_stands_in_the_way(
    as_person: As, world: ShareWorld, things: list[Resource]
) -> None:
    body = {
        "act": "add",
        "resources": [str(thing.uuid) for thing in things],
        "groups": [str(world.pupils_group.uuid)],
        "favourites": [str(world.favourite.uuid)],
        "role": 1,
    }
    client = as_person(world.teacher)
    answer = client.post("/api/v1/resources/bulk/", body, content_type="application/json")
    assert answer.json() == {"count": 3, "people_reached": 5, "withdrawal": None}
    Grant.objects.filter(person=world.teacher).update(role=Role.READ)
    told = client.post("/api/v1/resources/bulk/", body, content_type="application/json")
    assert (told.status_code, told.json()["type"]) == (409, "urn:cartable:not-shared-together")
    assert [each["title"] for each in told.json()["refused"]] == ["Projet d’école"]


def test_more_things_and_more_readers_take_no_more_queries(
    as_person: As, world: ShareWorld, django_assert_max_num_queries: Any
) -> None:
    client = as_person(world.teacher)
    mine = [ResourceFactory(owner=world.teacher) for _ in range(60)]
    for thing in mine[:2]:
        GrantFactory(resource=thing)
    keys = [f"person:{world.pupils[0].uuid}", f"group:{world.pupils_group.uuid}"]

    def shown(count: int) -> int:
        with django_assert_max_num_queries(40) as asked:
            client.get(reverse("sharing:several"), of(mine[:count]))
        return len(asked)

    def given(things: list[Resource]) -> int:
        with django_assert_max_num_queries(60) as asked:
            give(client, things, *keys)
        return len(asked)

    few = given(mine[:2]), shown(2)
    for thing in mine:
        for _ in range(3):
            GrantFactory(resource=thing)
    assert (given(mine[2:]), shown(60)) == few
