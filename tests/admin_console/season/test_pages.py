"""« Préparer la rentrée »: a school, a district's schools, an academy's districts; what is exported, and who may."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Source
from accounts.models import User
from core.models import AuditEntry
from directory.querysets import season as read
from schools.models import ItemSeen
from tests.accounts.factories import PersonFactory
from tests.admin_console.season import worlds
from tests.admin_console.season.worlds import line_of, settled
from tests.admin_console.worlds import academy_admin
from tests.core.workbooks import cells_of
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.worlds import SchoolWorld
from tests.schools.factories import AcademyFactory, DistrictFactory, SchoolFactory

pytestmark = pytest.mark.django_db
PAGE = "/administration/rentree/"
SEEN = f"{PAGE}{read.BY_HAND}/vu/"
REOPENED = f"{PAGE}{read.BY_HAND}/revoir/"
type SignIn = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def _a_tuesday_of_september(at: Any) -> None:
    at(worlds.MORNING)
    cache.clear()


def erun(district: Any) -> User:
    person: User = PersonFactory(teacher=True, activated=True)
    AdministratorFactory(person=person, of_district=True, district=district)
    return person


def asked(client: Client, address: str = PAGE) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_director_reads_where_the_school_stands_and_what_is_left(as_person: SignIn) -> None:
    world = settled()
    worlds.past_group(world)
    told = as_person(world.director).get(PAGE).text
    assert "Il reste 2 points à régler." in told  # the group, and the public blog
    assert "1 groupe d’une année passée" in told
    assert "marque=annees-passees" in told
    assert "Aucun compte en double" in told
    assert "mardi 1er septembre" in told
    assert "année scolaire 2026-2027" in told


def test_the_page_of_another_school_is_nobody_elses(as_person: SignIn) -> None:
    world, other = settled(), settled()
    client = as_person(other.director)
    query = f"?ecole={world.school.uuid}"
    assert client.get(PAGE + query).status_code == 404
    assert client.post(SEEN + query).status_code == 404
    assert client.get(f"{PAGE}rentree.csv{query}").status_code == 404
    assert as_person(world.director).get(PAGE + query).status_code == 200
    for person in (world.classes[0].teacher, world.classes[0].relatives[0], world.classes[0].pupils[0]):
        assert as_person(person).get(PAGE).status_code == 404


def test_an_account_by_hand_that_stays_is_marked_as_seen_until_there_are_more(as_person: SignIn) -> None:
    world = settled()
    worlds.account_by_hand(world)
    client = as_person(world.director)
    assert client.post(SEEN, {"raison": "La cantine"}).status_code == 302
    assert line_of(world.school, read.BY_HAND).state == "seen"
    assert "La cantine" in client.get(PAGE).text
    assert AuditEntry.objects.get(verb="school.season_item_seen").actor == world.director.uuid
    worlds.account_by_hand(world)
    assert line_of(world.school, read.BY_HAND).state == "todo"
    client.post(SEEN)
    client.post(REOPENED)
    assert line_of(world.school, read.BY_HAND).state == "todo"
    assert AuditEntry.objects.filter(verb="school.season_item_reopened").count() == 1
    assert not ItemSeen.objects.exists()


@pytest.mark.parametrize("key", [read.PAST_GROUPS, "unknown"])
def test_what_its_count_alone_ticks_is_not_marked_by_hand(as_person: SignIn, key: str) -> None:
    world = settled()
    worlds.past_group(world)
    client = as_person(world.director)
    told = client.post(f"{PAGE}{key}/vu/", follow=True).text
    assert "ne se coche pas à la main" in told
    assert not ItemSeen.objects.exists()


def test_an_erun_reads_the_schools_of_the_district_who_needs_help_first(as_person: SignIn) -> None:
    academy = AcademyFactory()
    district = DistrictFactory(academy=academy)
    calm = settled(name="École Alice", academy=academy, district=district)
    helped = settled(name="École Zola", academy=academy, district=district)
    settled(name="École d’ailleurs", academy=academy)
    worlds.blocked(helped)
    client = as_person(erun(district))
    answer = client.get(PAGE)
    assert [board.school for board, *_ in answer.context["lines"]] == [helped.school, calm.school]
    assert "École d’ailleurs" not in answer.text
    assert client.get(f"{PAGE}?ecole={helped.school.uuid}").status_code == 200


def test_an_academy_reads_its_districts_then_their_schools(as_person: SignIn) -> None:
    academy = AcademyFactory()
    first, second = (DistrictFactory(academy=academy, name=name) for name in ("Amont", "Zénith"))
    settled(academy=academy, district=first)
    worlds.blocked(settled(name="École Zola", academy=academy, district=second))
    client = as_person(academy_admin(academy))
    answer = client.get(PAGE)
    assert [name for _, name, _ in answer.context["lines"]] == ["Zénith", "Amont"]
    told = client.get(f"{PAGE}?circonscription={second.uuid}")
    assert [board.school.name for board, *_ in told.context["lines"]] == ["École Zola"]
    elsewhere = DistrictFactory()
    settled(academy=elsewhere.academy, district=elsewhere)
    assert client.get(f"{PAGE}?circonscription={elsewhere.uuid}").status_code == 404
    assert client.get(f"{PAGE}?circonscription=rien").status_code == 404


def test_a_long_list_goes_on_without_showing_anybody_twice(as_person: SignIn) -> None:
    district = DistrictFactory()
    for _ in range(35):
        SchoolFactory(district=district, academy=district.academy)
    client = as_person(erun(district))
    first = client.get(PAGE)
    second = client.get(first.context["later_url"])
    shown = [board.school.pk for answer in (first, second) for board, *_ in answer.context["lines"]]
    assert len(shown) == len(set(shown)) == 35
    assert second.context["later_url"] == ""
    assert client.get(f"{PAGE}?suite=bidon").status_code == 200


def test_the_checklist_and_the_district_leave_as_spreadsheets(as_person: SignIn) -> None:
    world = settled(in_district=True, name="=École")
    worlds.past_group(world)
    sheet = as_person(world.director).get(f"{PAGE}rentree.xlsx")
    rows = cells_of(BytesIO(b"".join(sheet.streaming_content)))
    assert ["Supprimer les groupes manuels des années passées", "À faire", "1"] in [row[:3] for row in rows]
    settled(district=world.school.district, academy=world.school.academy)
    client = as_person(erun(world.school.district))
    told = b"".join(client.get(f"{PAGE}rentree.csv").streaming_content).decode()
    assert "'=École" in told
    assert AuditEntry.objects.filter(verb="school.season_exported").count() == 2


def test_a_school_asks_as_much_for_one_as_for_two_hundred(as_person: SignIn) -> None:
    world = settled()
    _fill(world, 2)  # two, who look alike: those are then compared
    client = as_person(world.director)
    few = asked(client)
    _fill(world, 198)
    assert asked(client) == few
    assert few <= 36


def test_a_district_asks_as_much_for_one_school_as_for_two_hundred(as_person: SignIn) -> None:
    district = DistrictFactory()
    _fill(settled(district=district, academy=district.academy), 2)
    client = as_person(erun(district))
    SchoolFactory(district=district, academy=district.academy)
    few = asked(client)
    SchoolFactory.create_batch(198, district=district, academy=district.academy)
    assert asked(client) == few
    assert few <= 40


def test_an_academy_asks_as_much_for_two_districts_as_for_many(as_person: SignIn) -> None:
    academy = AcademyFactory()
    districts = DistrictFactory.create_batch(40, academy=academy)
    for district in districts[:2]:
        SchoolFactory(academy=academy, district=district)
    client = as_person(academy_admin(academy))
    client.get(PAGE)
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for district in districts[2:]:
        SchoolFactory(academy=academy, district=district)
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        first = client.get(PAGE)
    assert len(many) == len(few) <= 36
    assert len(first.context["lines"]) == 30
    assert len(client.get(first.context["later_url"]).context["lines"]) == 10


def test_the_home_page_of_a_director_says_how_many_points_are_left(as_person: SignIn, at: Any) -> None:
    world = settled()
    worlds.past_group(world)
    client = as_person(world.director)
    later = reverse("home:later")
    htmx = {"headers": {"HX-Request": "true"}}
    assert "2 points à voir" in client.get(later, **htmx).text
    assert "points à voir" not in as_person(world.classes[0].teacher).get(later, **htmx).text
    at(worlds.MORNING.replace(month=12))
    assert "points à voir" not in client.get(later, **htmx).text


def _fill(world: SchoolWorld, number: int) -> None:
    """So many people of each sort to look at."""
    for _ in range(number):
        person = PersonFactory(teacher=True, source=Source.MANUAL, first_name="Ada", last_name="Byron")
        AttachmentFactory(person=person, school=world.school)
