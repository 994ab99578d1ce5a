"""The first page of each profile: tabs of children, shortcuts, what the season asks; how much it asks."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.models import Group
from home.enums import Weight
from messaging.enums import State
from messaging.models import Copy, Message
from schools.models import SchoolSettings
from tests.directory.factories import AdministratorFactory
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world
from tests.home.notices import in_classes, posted
from tests.messaging.factories import sent
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import NOTE, registered
from timeline.services.record import Happening, record_all
from timeline.shares import SHARED
from ui import children

pytestmark = pytest.mark.django_db
type AsPerson = Callable[[User], Client]


def test_a_relative_has_a_tab_per_child_in_all_their_schools(board: SchoolWorld, as_person: AsPerson) -> None:
    other = school_world()
    one, two = board.classes[0].pupils[0], other.classes[0].pupils[0]
    parent = relative_of(one, two)
    posted(board, "De la première")
    posted(other, "De la seconde")
    client = as_person(parent)
    page = client.get("/?tout=1").text
    for child, school, title in (
        (one, board.school, "De la première"),
        (two, other.school, "De la seconde"),
    ):
        address = f"/?enfant={child.uuid}"
        assert address in page
        assert school.name in page
        tab = client.get(address).text
        elsewhere = other if school == board.school else board
        assert f">{child.first_name}<" in tab
        assert title in tab
        assert elsewhere.school.name not in tab[tab.index("ct-kids") :]
        assert ("De la première" in tab) != ("De la seconde" in tab)


def test_one_child_has_no_tab_and_a_stranger_s_opens_nothing(board: SchoolWorld, as_person: AsPerson) -> None:
    room = board.classes[0]
    client = as_person(room.relatives[0])
    assert "Montrer l’accueil de" not in client.get("/?tout=1").text
    page = client.get(f"/?enfant={room.pupils[1].uuid}").text
    assert f">{room.pupils[0].first_name}<" in page
    assert client.get("/?enfant=pas-un-uuid").status_code == 200


def test_a_room_tells_of_children_without_an_edit_of_the_page(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    one, two = board.classes[0].pupils
    parent = relative_of(one, two)
    asked: list[int] = []

    def homework(request: Any, known: Any) -> dict[int, list[children.Line]]:
        asked.append(len(known))
        return {one.pk: [children.Line(url="/devoirs/", title="2 devoirs pour jeudi", icon="notebook")]}

    with children.tellers.only(children.Teller(key="homework", order=1, lines=homework)):
        page = as_person(parent).get("/?tout=1").text
    assert asked == [2]
    assert page.count("2 devoirs pour jeudi") == 1
    assert f"Rien à lire pour {two.first_name}" in page
    assert f"Rien à lire pour {one.first_name}" not in page


def test_a_child_s_cover_says_what_waits_for_one_s_word(board: SchoolWorld, as_person: AsPerson) -> None:
    first, second = board.classes
    parent = relative_of(first.pupils[0], second.pupils[0])
    notice = posted(board, asks=True, **in_classes(first.school_class))
    client = as_person(parent)
    covers = client.get("/?tout=1").text.partition("ct-kids")[2]
    assert covers.count("à lire</span>") == 1
    assert f"Rien à lire pour {second.pupils[0].first_name}" in covers
    client.post(reverse("notices:acknowledge", args=[notice.uuid]))
    assert f"Rien à lire pour {first.pupils[0].first_name}" in client.get("/?tout=1").text


def test_a_relative_reads_what_presses_then_their_children_then_the_rest(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    relative = board.classes[0].relatives[0]
    SchoolSettings.objects.update_or_create(
        school=board.school, defaults={"message": "Le portail est fermé.", "message_until": clock.today()}
    )
    pressing = posted(board, "Évacuation mardi", weight=Weight.IMPORTANT, asks=True)
    for title in ("Photo de classe", "Marché de l’école", "Chorale"):
        posted(board, title)
    client = as_person(relative)

    def order() -> list[str]:
        page = client.get("/?tout=1").text
        page = page[page.index("Bonjour ") :]
        told = ("Évacuation mardi</a>", "ct-kids", "Chorale</a>", "Le portail est fermé.")
        return sorted(told, key=page.index)

    assert order() == ["Évacuation mardi</a>", "ct-kids", "Chorale</a>", "Le portail est fermé."]
    page = client.get("/?tout=1").text
    assert "Autres actualités" in page
    assert page.count("Photo de classe</a>") == 0
    client.post(reverse("notices:acknowledge", args=[pressing.uuid]))
    assert order()[0] == "ct-kids"
    assert "Autres actualités" not in client.get("/?tout=1").text


def test_shortcuts_are_those_of_what_one_does(board: SchoolWorld, as_person: AsPerson) -> None:
    room = board.classes[0]
    families = Group.objects.get(school_class=room.school_class, profile=Profile.RELATIVE)
    write, family = reverse("notices:write"), f"?a=group%3A{families.uuid}"
    teacher, director = (
        as_person(room.teacher).get("/?tout=1").text,
        as_person(board.director).get("/?tout=1").text,
    )
    assert family in teacher
    assert write not in teacher
    assert write in director
    relative = as_person(room.relatives[0]).get("/").text
    assert "Écrire à l’école" in relative
    assert family not in relative
    assert reverse("documents:add") not in relative
    to = as_person(room.teacher).get(f"{reverse('messaging:write')}{family}").text
    assert families.label in to


def test_a_director_finds_what_to_watch_and_their_school_in_figures(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    pupil_in(board.classes[0].school_class, activated=False)
    page = as_person(board.director).get("/?tout=1").text
    panel = page[page.index('id="administration"') :]
    assert "ct-check" in panel
    assert "Élèves en classe" in panel
    assert '<span class="ct-fig__n">5</span>' in panel
    assert "1 jamais activé" in panel


def test_the_season_asks_something_of_the_team_in_its_months(
    board: SchoolWorld, as_person: AsPerson, at: Callable[[Any], None]
) -> None:
    teacher, relative = board.classes[0].teacher, board.classes[0].relatives[0]
    assert "Préparer la" not in as_person(teacher).get("/?tout=1").text
    at(datetime(2027, 6, 15, 10, tzinfo=UTC))
    assert "Préparer la fin d’année" in as_person(teacher).get("/?tout=1").text
    assert "Préparer la" not in as_person(relative).get("/?tout=1").text


def test_each_home_asks_as_much_for_one_of_everything_as_for_two_hundred(
    board: SchoolWorld, as_person: AsPerson
) -> None:
    room = board.classes[0]
    people = [relative_of(*room.pupils), room.teacher, room.pupils[0], board.director]
    clients = [as_person(person) for person in people]
    author = AdministratorFactory(school=board.school).person
    with registered(NOTE):
        note = ResourceFactory(owner=author)
        for person in people:
            GrantFactory(resource=note, person=person)
        _fill(board, author, people, note, 1)
        before = [_queries(client) for client in clients]
        _fill(board, author, people, note, 199)
        for _ in range(20):
            relative_of(pupil_in(room.school_class))
        assert [_queries(client) for client in clients] == before


def _fill(board: SchoolWorld, author: User, people: list[User], note: Any, count: int) -> None:
    keys = [person.pk for person in people]
    record_all(Happening(kind=SHARED, by=author.uuid, resource=note.pk, persons=keys) for _ in range(count))
    for _ in range(count):
        posted(board, by=author, asks=True, profiles=tuple(Profile))
    first = sent(board.director, board.classes[1].teacher)
    made = Message.objects.bulk_create(
        Message(
            author=author,
            author_name=author.full_name,
            author_profile=author.profile,
            subject=f"Note {n}",
            state=State.SENT,
            sent_at=first.sent_at,
            changed_at=first.changed_at,
        )
        for n in range(count)
    )
    Copy.objects.bulk_create(
        Copy(person=person, message=each, box="IN", line="TO", at=first.sent_at)
        for each in made
        for person in people
    )


def _queries(client: Client) -> int:
    client.get("/?tout=1")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/?tout=1").status_code == 200
    return len(asked)
