"""Rows of « Préparer la fin d’année »: for whoever teaches or works in a school, each their own."""

from typing import Any
from uuid import uuid4

from core import clock
from directory.models import Favourite
from rollover.models import Decision
from tests.house.rows import TEAM, row
from tests.house.world import OTHER_DIRECTOR, TEACHER, HouseWorld
from tests.sharing.factories import ResourceFactory


def _favourite(world: HouseWorld) -> dict[str, Any]:
    owned, _ = Favourite.objects.get_or_create(
        owner=world.people[TEACHER], name="À garder", defaults={"created_at": clock.now()}
    )
    return {"uuid": owned.uuid}


def _wishes(world: HouseWorld) -> dict[str, Any]:
    """What ends for nobody: each is told that it does not."""
    wish = {"resource": str(uuid4()), "place": str(uuid4()), "choice": "LET_GO"}
    return {f"decisions[0]{name}": value for name, value in wish.items()}


def _decision(world: HouseWorld) -> dict[str, Any]:
    owner = world.people[TEACHER]
    made = Decision.objects.create(
        person=owner,
        resource=ResourceFactory(owner=owner),
        place=world.school.uuid,
        to_year=2030,
        choice="LET_GO",
        at=clock.now(),
    )
    return {"decision": str(made.uuid)}


PAGES = {
    "rollover:mine": row(*TEAM, OTHER_DIRECTOR),
    # Nothing chosen: back with a word.
    "rollover:save": row(*TEAM, OTHER_DIRECTOR, good=302, method="post"),
    # Nobody else's decision is taken back: back, with what refused it.
    "rollover:undo": row(
        *TEAM, OTHER_DIRECTOR, good=302, method="post", data=lambda world: {"decision": str(uuid4())}
    ),
    "rollover:colleagues": row(*TEAM, OTHER_DIRECTOR),
    "rollover:rename_favourite": row(TEACHER, good=302, method="post", address=_favourite),
    "rollover:clean_favourite": row(TEACHER, good=302, method="post", address=_favourite),
    "rollover:delete_favourite": row(TEACHER, good=302, method="post", address=_favourite),
}

API = {
    "year-end-list": row(*TEAM, OTHER_DIRECTOR, anonymous=403),
    "year-end-decisions": row(*TEAM, OTHER_DIRECTOR, anonymous=403, method="post", data=_wishes),
    "year-end-decision": row(TEACHER, good=204, anonymous=403, method="delete", address=_decision),
    "year-end-colleagues": row(*TEAM, OTHER_DIRECTOR, anonymous=403),
    "year-end-favourites": row(*TEAM, OTHER_DIRECTOR, anonymous=403),
    "year-end-clean": row(
        TEACHER,
        anonymous=403,
        method="post",
        address=lambda world: {"favourite": str(_favourite(world)["uuid"])},
    ),
}
