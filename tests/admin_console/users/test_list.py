"""« Utilisateurs »: the list of a scope's accounts, its filters in the address, its pages."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from admin_console.users.listing import PAGE
from tests.accounts.factories import PersonFactory
from tests.admin_console.worlds import academy_admin, director_of, platform_admin
from tests.directory.annuaire.crowds import crowd
from tests.directory.factories import AttachmentFactory, BlockFactory
from tests.directory.worlds import SchoolWorld, pupil_in, school_world, teacher_at
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db
USERS = "/administration/utilisateurs/"


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(classes=1, pupils=2)


def named(page: str) -> list[str]:
    """The names in the list, in order."""
    return re.findall(r'ct-row__title">([^<]+)<', page)


def test_a_director_sees_their_school_s_accounts_by_name_and_nobody_else_s(as_person, world) -> None:
    elsewhere = school_world()
    page = as_person(world.director).get(USERS)
    in_class = world.classes[0]
    own = [world.director, in_class.teacher, *in_class.pupils, *in_class.relatives]
    in_order = User.objects.filter(pk__in=[person.pk for person in own]).order_by("sort_name", "pk")
    assert named(page.text) == [person.full_name for person in in_order]
    assert f"{len(own)} comptes" in page.text
    others = [elsewhere.director, *elsewhere.classes[0].pupils]
    assert not any(str(person.uuid) in page.text for person in others)


def test_whoever_administers_nothing_finds_no_such_page(as_person, world) -> None:
    assert as_person(world.classes[0].teacher).get(USERS).status_code == 404


def test_a_school_out_of_the_scope_is_none(as_person, world) -> None:
    other = SchoolFactory(academy=world.school.academy)
    assert as_person(world.director).get(USERS, {"ecole": other.uuid}).status_code == 404


def test_an_academy_s_administrator_speaks_of_one_school_or_of_all(as_person, world) -> None:
    other = school_world(academy=world.school.academy)
    client = as_person(academy_admin(world.school.academy))
    everywhere = client.get(USERS).text
    assert world.director.full_name in everywhere
    assert other.school.name in everywhere
    here = client.get(USERS, {"ecole": other.school.uuid}).text
    assert str(other.director.uuid) in here
    assert str(world.director.uuid) not in here


def test_filters_combine_and_stay_in_the_address(as_person, world) -> None:
    idle = teacher_at(world.school)
    client = as_person(world.director)
    page = client.get(USERS, {"profil": "TEACHER", "q": idle.last_name[:4], "sans_classe": "1"})
    assert str(idle.uuid) in page.text
    assert str(world.classes[0].teacher.uuid) not in page.text
    assert "Profil : Enseignants" in page.text or "Profil\u00a0: Enseignants" in page.text
    card = re.search(rf'href="({USERS}{idle.uuid}/[^"]*)"', page.text)
    assert card is not None
    kept = dict(parse_qsl(urlsplit(card[1].replace("&amp;", "&")).query))
    assert kept == {"profil": "TEACHER", "q": idle.last_name[:4], "sans_classe": "1"}
    # Typing again keeps the menus' choices.
    assert '<input type="hidden" form="chercher" name="profil" value="TEACHER">' in page.text
    assert f'href="{USERS}">Effacer les filtres' in page.text


def test_what_the_address_says_wrong_is_left_aside(as_person, world) -> None:
    query = {
        "profil": "x",
        "classe": "x",
        "etat": "x",
        "source": "x",
        "depuis": "hier",
        "apres": "x",
        "q": "\ufffe",
    }
    client = as_person(world.director)
    assert world.director.full_name in client.get(USERS, query).text
    assert client.get(USERS, query | {"q": "\0"}).status_code == 400


def test_nobody_found_says_what_to_do(as_person, world) -> None:
    page = as_person(world.director).get(USERS, {"q": "zzyzx"}).text
    assert "Aucun compte ne répond" in page
    assert "Effacer les filtres" in page


def test_close_names_are_said_to_be_close(as_person, world) -> None:
    pupil_in(world.classes[0].school_class, first_name="Bernard", last_name="Grolier")
    page = as_person(world.director).get(USERS, {"q": "grolire"}).text
    assert "Aucun nom ne s’écrit" in page
    assert "Bernard Grolier" in page


def test_a_row_says_where_the_account_stands(as_person, world) -> None:
    school_class = world.classes[0].school_class
    pupil_in(school_class, activated=False, first_name="Ada", last_name="Jamais")
    BlockFactory(person=pupil_in(school_class, first_name="Bob", last_name="Bloque"))
    leaving = pupil_in(school_class, pre_deleted=True)
    client = as_person(world.director)
    page = client.get(USERS).text
    assert "jamais activé" in page
    assert "bloqué" in page
    assert str(leaving.uuid) not in page
    assert str(leaving.uuid) in client.get(USERS, {"etat": "pre_deleted"}).text


def test_pages_follow_one_another_and_come_back(as_person) -> None:
    school = SchoolFactory()
    director = director_of(school)
    for _ in range(PAGE + 3):
        AttachmentFactory(school=school)
    client = as_person(director)
    people = list(User.objects.order_by("sort_name", "pk"))
    first = client.get(USERS)
    assert named(first.text) == [person.full_name for person in people[:PAGE]]
    assert 'rel="prev"' not in first.text
    second = client.get(USERS, {"apres": people[PAGE - 1].uuid})
    assert named(second.text) == [person.full_name for person in people[PAGE:]]
    assert 'rel="next"' not in second.text
    back = client.get(USERS, {"avant": people[PAGE].uuid})
    assert named(back.text) == named(first.text)
    assert 'rel="prev"' not in back.text


def test_a_place_out_of_the_scope_is_no_place_of_the_list(as_person, world) -> None:
    """Else the order of names would tell somebody's name."""
    stranger = school_world().director
    page = as_person(world.director).get(USERS, {"apres": stranger.uuid})
    assert named(page.text) == named(as_person(world.director).get(USERS).text)


def test_a_card_stands_beside_the_list_that_it_was_opened_from(as_person, world) -> None:
    pupil, other = world.classes[0].pupils
    page = as_person(world.director).get(f"{USERS}{pupil.uuid}/", {"profil": "PUPIL"}).text
    assert re.search(rf'href="{USERS}{pupil.uuid}/\?profil=PUPIL" aria-current="true"', page)
    assert re.search(rf'href="{USERS}{other.uuid}/\?profil=PUPIL">', page)
    assert str(world.classes[0].relatives[1].uuid) not in page


def test_htmx_gets_the_part_alone_and_it_is_the_page_s(as_person, world) -> None:
    client = as_person(world.director)
    part = client.get(USERS, {"profil": "PUPIL"}, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert named(part) == named(client.get(USERS, {"profil": "PUPIL"}).text)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("query", [{}, {"profil": "PUPIL"}, {"etat": "active"}, {"q": "kervadec"}])
def test_the_list_asks_as_much_for_one_as_for_two_hundred(as_person, world, wide: bool, query) -> None:
    crowd(world.classes[0].school_class, 1, last_name="Kervadec")
    client = as_person(platform_admin() if wide else world.director)

    def asked() -> int:
        client.get(USERS, query)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(USERS, query).status_code == 200
        return len(queries)

    few = asked()
    crowd(world.classes[0].school_class, 200, last_name="Kervadec Le Goff")
    assert asked() == few
    assert few <= 18


def test_accounts_in_double_of_a_wide_scope_have_their_own_page(as_person, world) -> None:
    school_world()
    client = as_person(platform_admin())
    menus = client.get(USERS).text
    assert f'href="{USERS}doublons/">En double' in menus
    answer = client.get(USERS, {"etat": "duplicate"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{USERS}doublons/"
    assert client.get(reverse("console:users_export", args=["csv"]), {"etat": "duplicate"}).url == answer.url
    refused = client.get("/api/v1/administration/people/?state=duplicate")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:cartable:duplicates-of-too-many")
    assert as_person(world.director).get(USERS, {"etat": "duplicate"}).status_code == 200


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("query", [{"fonction": "Remplaçant"}, {"sans_classe": "1"}])
def test_teachers_by_function_or_without_a_class_cost_as_many_queries(as_person, world, wide, query) -> None:
    school_world()
    client = as_person(platform_admin() if wide else world.director)

    def asked() -> int:
        client.get(USERS, query)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(USERS, query).status_code == 200
        return len(queries)

    def more(number: int) -> None:
        for _ in range(number):
            AttachmentFactory(
                school=world.school, person=PersonFactory(teacher=True), function_label="Remplaçant"
            )

    more(1)
    few = asked()
    more(60)
    assert asked() == few
    assert few <= 19
