"""The search of the panel: persons, groups and favourites within reach, as one types."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from directory.annuaire.viewer import Viewer
from directory.models import Favourite
from directory.services import favourites
from sharing import search
from tests.accounts.factories import PersonFactory
from tests.directory.worlds import pupil_in
from tests.sharing.pages import ShareWorld, share_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]


@pytest.fixture
def world() -> ShareWorld:
    return share_world()


def names(person: Any, typed: str, **how: bool) -> list[str]:
    return [option.name for option in search.options(Viewer(person), typed, **how)]


@pytest.mark.parametrize("typed", ["helo", "HÉLO", "hélo", "helo le g", "le goff"])
def test_accents_case_and_order_are_forgiven(world: ShareWorld, typed: str) -> None:
    pupil_in(world.school.classes[0].school_class, first_name="Héloïse", last_name="Le Goff")
    assert "Héloïse Le Goff" in names(world.teacher, typed)


@pytest.mark.parametrize("typed", ["equipe", "Équipe cyc", "cycle"])
def test_favourites_are_found_by_the_beginning_of_words(world: ShareWorld, typed: str) -> None:
    assert names(world.teacher, typed)[0] == "Équipe du cycle 2"


@pytest.mark.parametrize("typed", ["besoins", "eleves", "élèves", "parents", "direction"])
def test_groups_are_found_by_name_people_and_class(world: ShareWorld, typed: str) -> None:
    assert names(world.teacher, typed)


def test_a_class_is_found_by_its_label(world: ShareWorld) -> None:
    label = world.school.classes[0].school_class.label
    assert world.pupils_group.label in names(world.teacher, f"élèves {label}")


def test_while_nothing_is_typed_favourites_and_ones_own_classes_are_proposed(world: ShareWorld) -> None:
    proposed = names(world.teacher, "")
    assert proposed[0] == "Équipe du cycle 2"
    assert world.pupils_group.label in proposed
    assert not any(pupil.full_name in proposed for pupil in world.pupils)


def test_nobody_out_of_reach_and_no_favourite_of_others_is_found(world: ShareWorld) -> None:
    PersonFactory(pupil=True, first_name="Zénobie", last_name="Ailleurs")
    assert names(world.teacher, "zenobie") == []
    assert names(world.colleagues[1], "equipe du cycle") == []


def test_a_pupil_finds_classmates_and_their_teacher_alone(world: ShareWorld) -> None:
    me, mate = world.pupils[:2]
    found = search.options(Viewer(me), mate.first_name)
    assert mate.full_name in [option.name for option in found]
    other = world.school.classes[1].pupils[0]
    assert f"person:{other.uuid}" not in [
        option.key for option in search.options(Viewer(me), other.full_name)
    ]


def test_persons_alone_are_found_to_confide_to(world: ShareWorld) -> None:
    assert names(world.teacher, "equipe", persons_only=True) == []
    colleague = world.colleagues[1]
    assert colleague.full_name in names(world.teacher, colleague.full_name, persons_only=True)


def test_each_option_says_how_long_such_a_share_lives(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    client = as_person(world.teacher)
    address = f"/partages/{world.note.uuid}/destinataires/"
    group = client.get(address, {"q": "élèves"}).content.decode()
    person = client.get(address, {"q": world.pupils[0].full_name}).content.decode()
    assert "jusqu’à la fin de l’année scolaire" in group
    assert "jusqu’à la fin de l’année scolaire" not in person


def test_only_who_manages_the_thing_searches_from_it(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    answer = as_person(world.pupils[0]).get(f"/partages/{world.note.uuid}/destinataires/", {"q": "a"})
    assert answer.status_code == 404


def test_nothing_found_is_said(as_person: Callable[..., Client], world: ShareWorld) -> None:
    answer = as_person(world.teacher).get(f"/partages/{world.note.uuid}/destinataires/", {"q": "xyzzy"})
    assert "Personne et aucun groupe de ce nom." in answer.content.decode()


def test_without_a_script_the_page_shows_boxes_to_tick(
    as_person: Callable[..., Client], world: ShareWorld
) -> None:
    page = as_person(world.teacher).get(f"/partages/{world.note.uuid}/", {"q": "besoins"}).content.decode()
    assert f'type="checkbox" name="recipient" value="group:{world.manual.uuid}"' in page


def test_a_search_takes_as_many_queries_among_few_as_among_many(
    as_person: Callable[..., Client], world: ShareWorld, django_assert_max_num_queries: Any
) -> None:
    client = as_person(world.teacher)
    address = f"/partages/{world.note.uuid}/destinataires/"
    with django_assert_max_num_queries(30) as few:
        client.get(address, {"q": "morel"})
    for n in range(40):
        pupil_in(world.school.classes[0].school_class, last_name="Morel")
        favourites.create(by=world.teacher, name=f"Morel {n}")
    with django_assert_max_num_queries(30) as many:
        client.get(address, {"q": "morel"})
    assert Favourite.objects.count() == 41
    assert abs(len(many) - len(few)) <= 3  # a name that fits as typed needs no search of near ones
