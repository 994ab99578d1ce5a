"""Rows of one's own card and sessions, and of what administrators take off a card; pages and API."""

from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from accounts.models import OpenSession
from accounts.services import own_card
from core import clock
from tests.house.rows import Row, row, signed_in
from tests.house.world import (
    OTHER_DIRECTOR,
    PUPIL,
    SCHOOL_ADMINS,
    SIGNED_IN,
    TEACHER,
    HouseWorld,
)

ADULTS = tuple(kind for kind in SIGNED_IN if kind != PUPIL)
NOBODYS = UUID("00000000-0000-4000-8000-000000000000")


def _shown(world: HouseWorld) -> dict[str, Any]:
    """The teacher has a photo."""
    teacher = world.people[TEACHER]
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    drawn.seek(0)
    own_card.put_photo(by=teacher, file=drawn)
    return {"uuid": teacher.uuid}


def _classmate(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.classmate.uuid}


def _session(world: HouseWorld) -> dict[str, Any]:
    """The teacher has another device."""
    now, person = clock.now(), world.people[TEACHER]
    session, _ = OpenSession.objects.get_or_create(
        key="x" * 32,
        defaults={"person": person, "seal": "", "device": "Firefox", "opened_at": now, "used_at": now},
    )
    return {"uuid": session.uuid}


SEES_TEACHER = tuple(kind for kind in SIGNED_IN if kind != OTHER_DIRECTOR)
MY_CARD: dict[str, Row] = {
    # A session that is over: the page again.
    "account:end_session": signed_in(302, method="post", address=lambda world: {"uuid": NOBODYS}),
    "account:card": signed_in(),
    # Posted empty: the page again, with a word. A pupil has a drawing: back to their page.
    "account:card_photo": row(*ADULTS, others=302, method="post"),
    "account:card_drawing": signed_in(302, method="post"),
    "account:card_motto": signed_in(302, method="post", data=lambda world: {"motto": "Encore"}),
    # Whoever sees the person: families of their class, colleagues of the district, administrators.
    "annuaire:photo": row(*SEES_TEACHER, address=_shown),
    "annuaire-photo": row(*SEES_TEACHER, anonymous=403, address=_shown),
    "annuaire:card_take_away": row(*SCHOOL_ADMINS, good=302, method="post", address=_classmate),
    "annuaire-motto": row(*SCHOOL_ADMINS, good=204, anonymous=403, method="delete", address=_classmate),
    "me-photo": signed_in(204, anonymous=403, method="delete"),
    "me-motto": signed_in(anonymous=403, method="post", data=lambda world: {"motto": "Encore"}),
    # Drawings are for pupils.
    "me-drawing": row(PUPIL, others=400, anonymous=403, method="post", data=lambda world: {"drawing": "fox"}),
    "me-session": row(TEACHER, good=204, anonymous=403, method="delete", address=_session),
    "me-seen-by": signed_in(anonymous=403),
}
