"""Rows of the table of routes: the list of accounts and what is done from it."""

from typing import Any

from core import clock
from core.models import Job
from tests.house.rows import ADMINISTRATORS, Row, row, signed_in
from tests.house.world import DIRECTOR, HouseWorld


def _chosen(world: HouseWorld) -> dict[str, Any]:
    """An act that is foreseen; those out of the scope are left aside without a word."""
    return {"acte": "block", "choisi": [str(world.classmate.uuid)]}


def _act(world: HouseWorld) -> dict[str, Any]:
    """The director's own act."""
    director = world.people[DIRECTOR]
    found = Job.objects.filter(actor=director.uuid, name="directory.bulk_accounts").first()
    return {
        "uuid": (
            found
            or Job.objects.create(
                name="directory.bulk_accounts",
                label="Bloquer",
                actor=director.uuid,
                arguments={"act": "block"},
                clock_shift=clock.shift(),
            )
        ).uuid
    }


def _form(world: HouseWorld) -> dict[str, Any]:
    return {"form": "csv"}


ROWS: dict[str, Row] = {
    "console:users": row(*ADMINISTRATORS),
    "console:users_export": row(*ADMINISTRATORS, address=_form),
    "console:users_bulk": row(*ADMINISTRATORS, method="post", data=_chosen),
    "console:users_bulk_start": row(*ADMINISTRATORS, good=302, method="post", data=_chosen),
    "console:users_act": row(DIRECTOR, address=_act),
    # Nobody is listed for whoever administers nothing.
    "administered-people-list": signed_in(anonymous=403),
    "administered-people-export": row(*ADMINISTRATORS, anonymous=403, address=_form),
    "administered-people-bulk": row(
        *ADMINISTRATORS,
        anonymous=403,
        method="post",
        data=lambda world: {"act": "block", "people": [str(world.classmate.uuid)]},
    ),
}
