"""Rows of the people whom one administers: their card and the acts on them, in the API and the console."""

from typing import Any

from accounts.models import User
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory, BlockFactory, TieRestrictionFactory
from tests.directory.worlds import relative_of
from tests.house.rows import ADMINISTRATORS, Row, row
from tests.house.world import SCHOOL_ADMINS, TEACHER, HouseWorld


def _by_hand(world: HouseWorld, name: str = "Grolier", **traits: Any) -> User:
    """A teacher of the school, by hand."""
    found = User.objects.filter(last_name=name).first()
    if found is None:
        found = PersonFactory(**{"teacher": True, "first_name": "Bernard", "last_name": name, **traits})
        AttachmentFactory(person=found, school=world.school, by_hand=True)
    return found


def _new(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _by_hand(world).uuid}


def _used(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _by_hand(world, "Adamski", activated=True).uuid}


def _leaving(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _by_hand(world, "Ferrand", activated=True, pre_deleted=True).uuid}


def _blocked(world: HouseWorld) -> dict[str, Any]:
    person = _by_hand(world, "Pruvost", activated=True)
    if not person.block_set.exists():
        BlockFactory(person=person)
    return {"uuid": person.uuid}


def _left(world: HouseWorld) -> dict[str, Any]:
    """Whoever left the school, and has no other, is still its administrators'."""
    found = User.objects.filter(last_name="Bastide").first()
    if found is None:
        found = PersonFactory(teacher=True, last_name="Bastide")
        AttachmentFactory(person=found, school=world.school, ended=True)
    return {"uuid": found.uuid}


def _teacher(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.people[TEACHER].uuid}


def _pupil(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": world.classmate.uuid}


def _tied(world: HouseWorld) -> User:
    """A relative of the classmate, whose tie is limited."""
    found = User.objects.filter(guardianships__pupil=world.classmate, last_name="Thévenin").first()
    if found is None:
        found = relative_of(world.classmate, last_name="Thévenin")
        TieRestrictionFactory(relative=found, pupil=world.classmate)
    return found


def _school(world: HouseWorld) -> dict[str, Any]:
    return {"school": str(world.school.uuid)}


def _api(address: Any, data: Any = lambda world: {}, *, good: int = 204, method: str = "post") -> Row:
    return row(*SCHOOL_ADMINS, good=good, anonymous=403, address=address, method=method, data=data)


PEOPLE_API = {
    "administered-person-detail": _api(_teacher, good=200, method="get"),
    # A colleague without a school of theirs, out of the others' reach.
    "administered-person-by-hand": _api(
        lambda world: {},
        lambda world: _school(world) | {"profile": "GUEST", "first_name": "Mona", "last_name": "Quillien"},
        good=201,
    ),
    "administered-person-pre-delete": _api(_used),
    "administered-person-restore": _api(_leaving),
    "administered-person-attach": _api(_left, _school),
    "administered-person-detach": _api(_teacher, _school),
    "administered-person-block": _api(_teacher),
    "administered-person-unblock": _api(_blocked),
    "administered-person-code": _api(_new, good=200),
    "administered-person-password": _api(_pupil, good=200),
    "administered-person-ties": _api(
        _pupil, lambda world: {"relative": str(_tied(world).uuid), "act": "lift"}
    ),
    "administered-person-photo-consent": _api(_pupil, lambda world: {"allowed": True}),
    "administered-classes-detail": _api(lambda world: {"uuid": world.school.uuid}, good=200, method="get"),
}


def _page(address: Any, *, good: int = 200, **rest: Any) -> Row:
    return row(*SCHOOL_ADMINS, good=good, address=address, **rest)


def _posted(address: Any, data: Any = lambda world: {}) -> Row:
    """An act: back to the card with a word."""
    return _page(address, good=302, method="post", data=data)


def _tie(world: HouseWorld) -> dict[str, Any]:
    return _pupil(world) | {"other": _tied(world).uuid}


def _class(world: HouseWorld) -> dict[str, Any]:
    return {"classe": str(world.school_class.uuid)}


PEOPLE = {
    "console:user": _page(_teacher),
    # Without a school said, the wide are asked which.
    "console:user_new": row(*ADMINISTRATORS),
    "console:user_edit": _page(_new),
    "console:user_delete": _page(_new),
    "console:user_pre_delete": _page(_used),
    "console:user_restore": _posted(_leaving),
    "console:user_block": _page(_teacher),
    "console:user_unblock": _posted(_blocked),
    "console:user_code": _page(_new),
    # Nothing to show: back to the card.
    "console:user_code_shown": _page(_new, good=302),
    "console:user_detach": _page(lambda world: _teacher(world) | {"school": world.school.uuid}),
    "console:user_attach": _posted(_teacher, lambda world: {"ecole": str(world.school.uuid)}),
    "console:user_add_class": _posted(_new, _class),
    "console:user_remove_class": _posted(_teacher, _class),
    "console:user_tie": _page(_tie),
    "console:user_lift_tie": _posted(_tie),
    "console:user_tie_add": _page(_pupil),
    "console:user_tie_end": _page(_tie),
    "console:user_password": _page(_pupil),
    "console:user_photo": _posted(_pupil, lambda world: {"photo": "oui"}),
    "console:classes": row(*ADMINISTRATORS),
}
