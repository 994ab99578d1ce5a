"""An item of the season that somebody looked at. Who may say so is asked above, by the room that knows people."""

from datetime import date

from core import audit, clock
from schools.boards import LineState, boards
from schools.errors import NotToBeSeen
from schools.models import ItemSeen, School

REASON = 200


def see(*, by: audit.Someone, school: School, item: str, reason: str = "", today: date) -> ItemSeen:
    """What an item counts in a school was looked at, and stays: it is open no more unless it counts more.

    Raises NotToBeSeen for an item that is known by its count alone, or that asks nothing now.
    """
    (board,) = boards([school], today)
    line = next((each for each in board.lines if each.item.key == item), None)
    if line is None or not line.item.may_be_seen or not (line.is_open or line.state == LineState.SEEN):
        raise NotToBeSeen()
    assert line.number is not None
    said = " ".join(reason.split())[:REASON]
    with audit.acting(by=by):
        seen, _ = ItemSeen.objects.update_or_create(
            school=school,
            year=board.standing.year,
            item=item,
            defaults={"number": line.number, "reason": said, "by": by.uuid, "at": clock.now()},
        )
        audit.record(
            "school.season_item_seen",
            school=school.uuid,
            after={"item": line.item.label, "number": line.number, "reason": said},
        )
    return seen


def reopen(*, by: audit.Someone, school: School, item: str, today: date) -> bool:
    """It is to be looked at again; False where nobody had said anything."""
    (board,) = boards([school], today)
    line = next((each for each in board.lines if each.item.key == item), None)
    with audit.acting(by=by):
        number, _ = ItemSeen.objects.filter(school=school, year=board.standing.year, item=item).delete()
        if number and line is not None:
            audit.record("school.season_item_reopened", school=school.uuid, before={"item": line.item.label})
    return bool(number)
