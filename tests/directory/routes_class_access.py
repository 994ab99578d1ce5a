"""Rows of a class's sign-in: its teacher's pages, the pupils' door."""

from typing import Any

from directory import class_sheet
from directory.models import ClassSheet
from directory.services import class_sheet as service
from tests.house.rows import Row, public, row, signed_in
from tests.house.world import TEACHER, HouseWorld


def _class(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.school_class.uuid}


def _sheet(world: HouseWorld) -> ClassSheet:
    found = ClassSheet.objects.filter(school_class=world.school_class).first()
    teacher = world.people[TEACHER]
    return found or service.open_sheet(by=teacher, school_class=world.school_class, by_day=False)


def _opened(world: HouseWorld) -> dict[str, Any]:
    _sheet(world)
    return _class(world)


def _door(world: HouseWorld) -> dict[str, Any]:
    sheet = _sheet(world)
    return {"link": class_sheet.link_of(sheet.uuid, sheet.counter)}


def _behind(world: HouseWorld) -> dict[str, Any]:
    service.give_pictures(by=world.people[TEACHER], sheet=_sheet(world), pupils=[world.classmate])
    return _door(world) | {"uuid": world.classmate.uuid}


def _post(good: int = 302, **rest: Any) -> Row:
    return row(TEACHER, good=good, method="post", **({"address": _class} | rest))


PAGES = {
    "account:class_door": public(address=_door),
    "account:class_door_pictures": public(address=_behind),
    "annuaire:class_access": row(TEACHER, address=_class),
    "annuaire:class_sheet": _post(data=lambda world: {"act": "open"}),
    # Nothing chosen, nothing to draw: back with a word.
    "annuaire:class_give": _post(),
    "annuaire:class_cards": _post(),
    "annuaire:class_pictures": row(
        TEACHER, address=lambda world: _opened(world) | {"pupil": world.classmate.uuid}
    ),
}
API = {
    "taught-classes-list": signed_in(anonymous=403),
    "taught-classes-detail": row(TEACHER, address=_class, anonymous=403),
    "taught-classes-sheet": _post(201, anonymous=403),
    "taught-classes-link": _post(200, address=_opened, anonymous=403),
    "taught-classes-pictures": _post(200, address=_opened, anonymous=403),
    "taught-classes-passwords": _post(200, anonymous=403),
}
