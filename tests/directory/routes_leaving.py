"""Rows of one's way out: the days, the choice, the archive of one's contents; pages and API."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.db import transaction

from accounts.models import Takeout, User
from core import clock
from core.storage.services import hold, receive
from tests.house.rows import Row, row, signed_in
from tests.house.world import TEACHER, HouseWorld


def archive_of(person: User) -> Takeout:
    """An archive that is there, of nothing much."""
    now, blob = clock.now(), receive(file=BytesIO(b"PK\x05\x06" + bytes(18)), name="a.zip").blob
    with transaction.atomic():
        hold(blob)
        return Takeout.objects.create(
            person=person,
            asked_at=now,
            made_at=now,
            kept_until=now + timedelta(days=7),
            blob=blob,
            name="a.zip",
        )


def _archive(world: HouseWorld) -> dict[str, Any]:
    """The teacher's own."""
    teacher = world.people[TEACHER]
    return {"uuid": (Takeout.objects.filter(person=teacher).first() or archive_of(teacher)).uuid}


MY_LEAVING: dict[str, Row] = {
    # For whoever is on their way out; the others are led back.
    "account:leaving": signed_in(302),
    "account:leaving_choice": signed_in(302, method="post"),
    "account:takeout": signed_in(),
    "account:takeout_start": signed_in(302, method="post"),
    "account:takeout_file": row(TEACHER, address=_archive),
    "me-leaving": signed_in(anonymous=403),
    # Asked by a person whose archive is under way: the same.
    "me-takeout": signed_in(202, anonymous=403, method="post"),
    "me-takeout-content": row(TEACHER, anonymous=403, address=_archive),
}
