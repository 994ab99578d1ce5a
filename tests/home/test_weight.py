"""What the first page weighs on a phone, with all that it loads, compressed as it is sent: 250 kB at most."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest

from tests.directory.worlds import school_world
from tests.documents.factories import file, share
from tests.messaging.factories import sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 250_000
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/manifest")


def weight(answer: Any) -> int:
    body = answer.body()
    kind = answer.headers.get("content-type", "")
    return len(gzip.compress(body)) if kind.startswith(COMPRESSED) else len(body)


def test_the_first_page_of_each_is_light(open_as: Callable[..., Any]) -> None:
    room = school_world().classes[0]
    for person in (room.pupils[0], room.relatives[0]):
        share(file(room.teacher, f"Sortie {person.pk}.txt"), person)
    sent(room.teacher, room.relatives[0])
    told = {}
    for who in (room.pupils[0], room.relatives[0], room.teacher):
        loaded: dict[str, Any] = {}
        # A first look for the session, then as whoever comes for the first time: nothing kept.
        page = open_as(who, "/hors-connexion/", width="phone")
        page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.on("response", lambda answer, loaded=loaded: loaded.setdefault(answer.url, answer))
        page.goto(page.url.replace("/hors-connexion/", "/"))
        page.wait_for_load_state("networkidle")
        told[who.profile] = sum(weight(answer) for answer in loaded.values() if answer.status == 200)
        assert any(url.endswith("cartable.css") for url in loaded)
    assert {profile: size for profile, size in told.items() if size > MOST} == {}
