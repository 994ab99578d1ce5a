"""The share panel: what it tells whoever manages a thing, and what its forms do."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Profile
from directory.models import Favourite, Group
from directory.services import favourites
from sharing.enums import Role
from sharing.models import Grant
from sharing.querysets import role_on
from tests.accounts.factories import PersonFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.pages import HTMX, ShareWorld, share_everything, share_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
ENDS, KEPT = "jusqu’à la fin de l’année scolaire", "conservé"


@pytest.fixture
def world() -> ShareWorld:
    return share_world()


def text(answer: Any) -> str:
    """The words of an answer, tags left out."""
    return plain(answer.content.decode())


def plain(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup)))


def line(answer: Any, name: str) -> str:
    """The words of one recipient's line."""
    found = [
        part
        for part in answer.content.decode().split('<li class="ct-grantee">')
        if f'ct-person__name">{name}<' in part
    ]
    assert found, name
    return plain(found[0])


def post(client: Client, world: ShareWorld, act: str, **data: Any) -> Any:
    return client.post(f"/partages/{world.note.uuid}/{act}/", data)


def test_each_recipient_bears_how_long_its_share_lives(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    answer = as_person(world.teacher).get(f"/partages/{world.note.uuid}/")
    assert ENDS in line(answer, world.pupils_group.label)
    for name in (world.manual.name, world.pupils[0].full_name, world.favourite.name):
        assert KEPT in line(answer, name)
        assert ENDS not in line(answer, name)


def test_people_reached_are_counted_once(as_person: Callable[..., Client], world: ShareWorld) -> None:
    share_everything(world)
    # Three pupils, of whom one by name too and two in the manual group; two colleagues.
    assert "5 personnes peuvent le voir" in text(
        as_person(world.teacher).get(f"/partages/{world.note.uuid}/")
    )


def test_a_line_says_who_gave_it_and_the_favourite_it_comes_of(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    post(
        as_person(world.teacher),
        world,
        "donner",
        recipient=f"person:{world.colleagues[0].uuid}",
        role=Role.COMMENT,
    )
    answer = as_person(world.teacher).get(f"/partages/{world.note.uuid}/")
    told = line(answer, world.colleagues[0].full_name)
    assert "donné par vous" in told
    assert "par nom et par le favori" in told
    assert "Favori · 2 personnes, à leur nom" in line(answer, world.favourite.name)


def test_a_giver_is_named_to_the_others_who_manage(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    GrantFactory(resource=world.note, person=world.school.classes[1].pupils[0], given_by=world.teacher.uuid)
    Grant.objects.filter(person=world.colleagues[0]).update(role=Role.MANAGE)
    answer = as_person(world.colleagues[0]).get(f"/partages/{world.note.uuid}/")
    assert f"donné par {world.teacher.full_name}" in line(answer, world.school.classes[1].pupils[0].full_name)


def test_one_form_shares_with_a_person_a_group_and_a_favourite(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    chosen = [
        f"person:{world.pupils[0].uuid}",
        f"group:{world.pupils_group.uuid}",
        f"favourite:{world.favourite.uuid}",
    ]
    answer = post(as_person(world.teacher), world, "donner", recipient=chosen, role=Role.CONTRIBUTE)
    assert answer.status_code == 302
    assert answer.url == f"/partages/{world.note.uuid}/"
    assert set(Grant.objects.values_list("role", flat=True)) == {Role.CONTRIBUTE}
    assert Grant.objects.filter(person__in=world.colleagues).count() == 2
    assert role_on(world.pupils[1], world.note) == Role.CONTRIBUTE


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"role": "1"}, "Choisissez une personne, un groupe ou un favori."),
        ({"recipient": "person:rien", "role": "1"}, "Un des destinataires choisis n’existe pas."),
        ({"recipient": "autre:1", "role": "1"}, "Un des destinataires choisis n’existe pas."),
    ],
)
def test_what_is_wrong_with_a_form_is_said_beside_it(
    as_person: Callable[..., Client], world: ShareWorld, data: dict[str, str], said: str
) -> None:
    answer = post(as_person(world.teacher), world, "donner", **data)
    assert answer.status_code == 200
    assert said in text(answer)
    assert not Grant.objects.exists()


def test_a_role_that_is_none_gives_nothing(as_person: Callable[..., Client], world: ShareWorld) -> None:
    answer = post(
        as_person(world.teacher), world, "donner", recipient=f"person:{world.pupils[0].uuid}", role="9"
    )
    assert "Ce droit n’existe pas." in text(answer)
    assert not Grant.objects.exists()


def test_whoever_is_out_of_reach_cannot_be_shared_with(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    stranger = PersonFactory(pupil=True)
    answer = post(as_person(world.teacher), world, "donner", recipient=f"person:{stranger.uuid}", role="1")
    assert "ne peut pas être joint d’ici" in text(answer)
    assert not Grant.objects.exists()


def test_those_chosen_stay_chosen_when_one_is_refused(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    chosen = [f"person:{world.pupils[0].uuid}", f"group:{world.manual.uuid}", f"person:{world.teacher.uuid}"]
    answer = post(as_person(world.teacher), world, "donner", recipient=chosen, role="3")
    page = answer.content.decode()
    assert "il le gère toujours" in text(answer) or "elle le gère toujours" in text(answer)
    assert 'aria-invalid="true" aria-describedby="partage-donner-erreur"' in page
    for key in chosen[:2]:
        assert f'type="hidden" name="recipient" value="{key}"' in page.split('id="partage-donner"')[1]
    assert '<option value="3" selected>' in page.split('id="partage-droit"')[1]
    assert not Grant.objects.exists()


def test_a_favourite_of_someone_else_does_not_exist(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    theirs = favourites.create(by=world.school.director, name="Direction", persons=[world.teacher])
    answer = post(as_person(world.teacher), world, "donner", recipient=f"favourite:{theirs.uuid}", role="1")
    assert "ne peut pas être joint d’ici" in text(answer)
    assert not Grant.objects.exists()


def test_the_role_of_each_kind_of_line_is_changed(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    client = as_person(world.teacher)
    for key in (
        f"person:{world.pupils[0].uuid}",
        f"group:{world.pupils_group.uuid}",
        f"favourite:{world.favourite.uuid}",
    ):
        assert post(client, world, "droit", recipient=key, role=Role.COMMENT).status_code == 302
    assert Grant.objects.filter(role=Role.COMMENT).count() == 4
    assert Grant.objects.get(group=world.manual).role == Role.READ


def test_a_removed_line_is_seen_no_more_at_the_next_request(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    colleague = as_person(world.colleagues[1])
    assert colleague.get(f"/partages/{world.note.uuid}/").status_code == 200
    answer = post(as_person(world.teacher), world, "retirer", recipient=f"favourite:{world.favourite.uuid}")
    assert answer.status_code == 302
    assert colleague.get(f"/partages/{world.note.uuid}/").status_code == 404


def test_a_line_that_is_no_more_is_said_so(as_person: Callable[..., Client], world: ShareWorld) -> None:
    answer = post(as_person(world.teacher), world, "retirer", recipient=f"person:{world.pupils[0].uuid}")
    assert answer.status_code == 200
    assert "n’existe plus" in text(answer)


def test_who_manages_by_a_grant_may_leave_and_is_led_away(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    GrantFactory(resource=world.note, person=world.colleagues[0], role=Role.MANAGE)
    client = as_person(world.colleagues[0])
    data = {"recipient": f"person:{world.colleagues[0].uuid}"}
    answer = client.post(f"/partages/{world.note.uuid}/retirer/", data, headers=HTMX)
    assert answer.headers["HX-Redirect"] == "/partages/"
    assert client.get(f"/partages/{world.note.uuid}/").status_code == 404


def test_a_class_is_shared_with_by_name_too_so_that_it_lasts(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    post(
        as_person(world.teacher),
        world,
        "donner",
        recipient=f"group:{world.pupils_group.uuid}",
        role=Role.COMMENT,
    )
    page = as_person(world.teacher).get(f"/partages/{world.note.uuid}/")
    assert "Partager aussi à leur nom" in text(page)
    post(as_person(world.teacher), world, "a-leur-nom", recipient=f"group:{world.pupils_group.uuid}")
    named = Grant.objects.filter(person__in=world.pupils, role=Role.COMMENT)
    assert named.count() == len(world.pupils)


def test_recipients_are_kept_as_a_favourite(as_person: Callable[..., Client], world: ShareWorld) -> None:
    share_everything(world)
    assert post(as_person(world.teacher), world, "favori", name="Moulin").status_code == 302
    kept = Favourite.objects.get(owner=world.teacher, name="Moulin")
    assert set(kept.entries.filter(group__isnull=False).values_list("group", flat=True)) == {
        world.pupils_group.pk,
        world.manual.pk,
    }
    assert kept.entries.filter(person__isnull=False).count() == 3


def test_a_name_taken_is_refused_beside_the_field(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    answer = post(as_person(world.teacher), world, "favori", name=world.favourite.name)
    assert answer.status_code == 200
    assert 'id="favori-erreur"' in answer.content.decode()
    assert Favourite.objects.count() == 1


def test_the_answer_to_htmx_is_the_part_that_the_page_holds(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    client = as_person(world.teacher)
    part = client.post(
        f"/partages/{world.note.uuid}/droit/",
        {"recipient": f"group:{world.manual.uuid}", "role": Role.MANAGE},
        headers=HTMX,
    )
    assert part.headers["HX-Trigger"] == "sharing-changed"
    assert part.content.decode().lstrip().startswith('<div class="ct-sharing" id="partage"')
    again = client.get(f"/partages/{world.note.uuid}/", headers=HTMX)
    said = re.sub(r'data-said="[^"]*"', "", part.content.decode())
    expected = re.sub(r'data-said="[^"]*"', "", again.content.decode())
    csrf = re.compile(r'value="[A-Za-z0-9]{64}"')
    assert csrf.sub("", said) == csrf.sub("", expected)


def test_whoever_only_reads_learns_their_own_right_and_no_name(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    share_everything(world)
    answer = as_person(world.pupils[1]).get(f"/partages/{world.note.uuid}/")
    assert answer.status_code == 200
    assert "Tu peux : Consulter" in text(answer)
    assert world.pupils[0].full_name not in text(answer)
    assert "ct-grantee" not in answer.content.decode()


@pytest.mark.parametrize("act", ["donner", "droit", "retirer", "a-leur-nom", "favori", "confier", "ceder"])
def test_whoever_only_reads_changes_nothing(
    as_person: Callable[..., Client], world: ShareWorld, act: str
) -> None:
    share_everything(world)
    before = list(Grant.objects.order_by("pk").values())
    data = {"recipient": f"person:{world.pupils[0].uuid}", "role": "4", "name": "X"}
    assert as_person(world.pupils[1]).post(f"/partages/{world.note.uuid}/{act}/", data).status_code == 404
    assert list(Grant.objects.order_by("pk").values()) == before


def test_a_stranger_and_what_is_in_the_trash_get_the_same_404(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    assert as_person(world.pupils[0]).get(f"/partages/{world.note.uuid}/").status_code == 404
    trashed = ResourceFactory(owner=world.teacher, trashed=True)
    assert as_person(world.teacher).get(f"/partages/{trashed.uuid}/").status_code == 404


def test_two_years_of_one_group_are_two_lines_and_one_removal(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    team = Group.objects.get(kind="SCHOOL", profile=Profile.TEACHER, school=world.school.school)
    for year in (2025, 2026):
        GrantFactory(resource=world.note, to_group=True, group=team, year=year)
    client = as_person(world.teacher)
    told = text(client.get(f"/partages/{world.note.uuid}/"))
    assert "année 2025-2026" in told
    assert "année 2026-2027" in told
    post(client, world, "retirer", recipient=f"group:{team.uuid}")
    assert not Grant.objects.filter(group=team).exists()


def test_what_a_folder_gives_is_told_apart(as_person: Callable[..., Client], world: ShareWorld) -> None:
    folder = ResourceFactory(owner=world.teacher, kind="box", title="Sorties")
    inside = ResourceFactory(owner=world.teacher, parent=folder, title="Plan")
    GrantFactory(resource=folder, person=world.pupils[0])
    told = text(as_person(world.teacher).get(f"/partages/{inside.uuid}/"))
    assert "Aussi, par le dossier « Sorties »" in told
    assert world.pupils[0].full_name in told
    assert "1 personne peut le voir" in told


def test_the_panel_takes_as_many_queries_with_one_recipient_as_with_200(
    as_person: Callable[..., Client], world: ShareWorld, django_assert_max_num_queries: Any
) -> None:
    client = as_person(world.teacher)
    share_everything(world)
    with django_assert_max_num_queries(40) as few:
        client.get(f"/partages/{world.note.uuid}/")
    for person in PersonFactory.create_batch(200, teacher=True):
        GrantFactory(resource=world.note, person=person, given_by=world.colleagues[0].uuid)
    Grant.objects.filter(person=world.colleagues[0]).update(given_by=world.colleagues[1].uuid)
    with django_assert_max_num_queries(len(few) + 1) as many:
        client.get(f"/partages/{world.note.uuid}/")
    assert len(many) <= len(few) + 1  # the one that names givers
    assert len(many) <= 19
