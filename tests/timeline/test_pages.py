"""Nouveautés: the page, the bell, the choices; the same in the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sharing.services.share import remove
from tests.sharing.factories import ResourceFactory
from tests.sharing.worlds import SharingWorld
from tests.timeline.happenings import news, shared_with
from timeline.enums import MailPace
from timeline.services.preferences import choices_of

pytestmark = pytest.mark.django_db
NEWS, BELL = "/nouveautes/", "/nouveautes/cloche/"
type AsPerson = Callable[[Any], Client]


def test_like_things_of_one_person_and_one_day_are_one_line(
    as_person: AsPerson, world: SharingWorld, text_of: Any
) -> None:
    for title in ("Un", "Deux", "Trois"):
        shared_with(world.director, ResourceFactory(owner=world.teacher, title=title))
    page = text_of(as_person(world.director).get(NEWS))
    assert f"{world.teacher.full_name} a partagé 3 choses avec vous" in page.replace("\u00a0", " ")
    assert page.count("ct-row--unread") == 1


def test_a_pupil_is_told_tu_at_home_too(as_person: AsPerson, world: SharingWorld, text_of: Any) -> None:
    for title in ("Un", "Deux"):
        shared_with(world.pupil, ResourceFactory(owner=world.teacher, title=title))
    home = text_of(as_person(world.pupil).get("/?tout=1")).replace("\u00a0", " ")
    assert "a partagé 2 choses avec toi" in home
    assert "avec vous" not in home


def test_a_line_leads_to_its_thing_and_is_read_then(as_person: AsPerson, world: SharingWorld) -> None:
    event = shared_with(world.director, world.note)
    client = as_person(world.director)
    assert "1 nouveauté non lue" in client.get(BELL).content.decode().replace("\u00a0", " ")
    answer = client.get(f"{NEWS}{event.uuid}/")
    assert answer.status_code == 302
    assert str(world.note.uuid) in answer["Location"]
    assert not news(world.director)[0].unread
    assert "non lue" not in client.get(BELL).content.decode()


def test_another_s_news_and_lost_ones_do_not_exist(as_person: AsPerson, world: SharingWorld) -> None:
    event = shared_with(world.director, world.note)
    assert as_person(world.pupil).get(f"{NEWS}{event.uuid}/").status_code == 404
    assert as_person(world.pupil).get(f"/api/v1/news/{event.uuid}/").status_code == 404
    remove(by=world.teacher, resource=world.note, person=world.director)
    assert as_person(world.director).get(f"{NEWS}{event.uuid}/").status_code == 404
    assert as_person(world.director).post(f"/api/v1/news/{event.uuid}/read/").status_code == 404


def test_all_is_read_up_to_what_the_page_showed(as_person: AsPerson, world: SharingWorld) -> None:
    shown = shared_with(world.director, world.note)
    client = as_person(world.director)
    shared_with(world.director, ResourceFactory(owner=world.teacher, title="Venue après"))
    client.post(f"{NEWS}lues/", {"jusqu": str(shown.uuid)})
    assert [each.unread for each in news(world.director)] == [True, False]


def test_the_bell_answers_304_while_its_number_is_the_same(as_person: AsPerson, world: SharingWorld) -> None:
    shared_with(world.director, world.note)
    client = as_person(world.director)
    first = client.get(BELL)
    assert "1 nouveauté non lue" in first.content.decode().replace("\u00a0", " ")
    assert client.get(BELL, headers={"If-None-Match": first["ETag"]}).status_code == 304
    shared_with(world.director, ResourceFactory(owner=world.teacher))
    assert client.get(BELL, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_choices_are_kept_and_what_is_unwanted_is_not_shown(as_person: AsPerson, world: SharingWorld) -> None:
    shared_with(world.director, world.note)
    client = as_person(world.director)
    client.post(f"{NEWS}choix/", {"mail-sharing.shared": "weekly", "mail-sharing.offered": "never"})
    chosen = {each.kind.key: (each.page, each.mail) for each in choices_of(world.director)}
    assert chosen["sharing.shared"] == (False, MailPace.WEEKLY)
    assert chosen["sharing.offered"] == (False, MailPace.NEVER)
    assert news(world.director) == []
    asked = {"kind": "sharing.shared", "page": True, "mail": "daily"}
    assert client.post("/api/v1/news/choices/", asked, content_type="application/json").status_code == 204
    assert len(news(world.director)) == 1
    told = client.get("/api/v1/news/choices/").json()
    assert {"kind": "sharing.shared", "page": True, "mail": "daily", "text": False} in told


def test_a_pupil_reads_it_in_their_words(as_person: AsPerson, world: SharingWorld, text_of: Any) -> None:
    shared_with(world.pupil, world.note)
    page = text_of(as_person(world.pupil).get(NEWS))
    assert "avec toi" in page
    assert "Par courriel" not in text_of(as_person(world.pupil).get(f"{NEWS}choix/"))


@pytest.mark.parametrize("address", [NEWS, "/api/v1/news/"])
def test_a_list_asks_as_much_for_one_line_as_for_two_hundred(
    as_person: AsPerson, world: SharingWorld, address: str
) -> None:
    client = as_person(world.director)
    shared_with(world.director, world.note)
    client.get(address)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = asked()
    for _ in range(199):
        shared_with(world.director, ResourceFactory(owner=world.teacher))
    assert asked() == few <= 22


def test_the_api_tells_what_the_page_does(as_person: AsPerson, world: SharingWorld) -> None:
    event = shared_with(world.director, world.note)
    client = as_person(world.director)
    (told,) = client.get("/api/v1/news/").json()
    assert told["uuid"] == str(event.uuid)
    assert told["unread"]
    assert client.get("/api/v1/news/count/").json() == {"unread": 1}
    assert client.post(f"/api/v1/news/{event.uuid}/read/").status_code == 204
    assert client.get("/api/v1/news/count/").json() == {"unread": 0}
    later = {"until": str(event.uuid)}
    assert client.post("/api/v1/news/read_all/", later, content_type="application/json").status_code == 204
