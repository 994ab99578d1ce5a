"""Rows of the table of routes: what is new for a teacher."""

from typing import Any

from sharing.models import Resource
from tests.house.rows import Row, public, row, signed_in
from tests.house.world import DIRECTOR, TEACHER, HouseWorld
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.kinds import SHELF, known
from timeline.mails import stop_token
from timeline.models import Event
from timeline.services.record import Happening, record
from timeline.shares import SHARED

TITLE = "Chants de l’année"


def _event(world: HouseWorld) -> Event:
    """The director shared a thing with the teacher."""
    found = Event.objects.filter(resource__title=TITLE).first()
    if found is not None:
        return found
    director = world.people[DIRECTOR]
    resource: Resource = ResourceFactory(owner=director, title=TITLE, kind=known(SHELF))
    GrantFactory(resource=resource, person=world.people[TEACHER], given_by=director.uuid)
    made = record(
        Happening(kind=SHARED, by=director.uuid, resource=resource.pk, persons=[world.people[TEACHER].pk])
    )
    assert made is not None
    return made


def _address(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _event(world).uuid}


PAGES: dict[str, Row] = {
    "timeline:index": signed_in(),
    "timeline:bell": signed_in(),
    "timeline:all_read": signed_in(302, method="post"),
    "timeline:choices": signed_in(),
    "timeline:stop": public(address=lambda world: {"token": stop_token(world.people[TEACHER])}),
    "timeline:follow": row(TEACHER, good=302, address=_address),
}
API: dict[str, Row] = {
    "news-list": signed_in(anonymous=403),
    "news-count": signed_in(anonymous=403),
    "news-choices": signed_in(anonymous=403),
    "news-detail": row(TEACHER, anonymous=403, address=_address),
    "news-read": row(TEACHER, good=204, anonymous=403, method="post", address=_address),
    "news-read-all": row(
        TEACHER,
        good=204,
        anonymous=403,
        method="post",
        data=lambda world: {"until": str(_event(world).uuid)},
    ),
}
