"""What a person says of themself: a photo for adults, a drawing for pupils, a motto."""

from collections.abc import Iterable
from typing import Any

from accounts import assurance
from accounts.enums import Drawing, Profile
from accounts.errors import MottoTooLong, NoPhotoOfPupils, NoSuchDrawing
from accounts.models import User
from accounts.portraits import NAME, Crop, squared
from accounts.rules import MOTTO_LENGTH
from core import audit
from core.audit import Someone
from core.storage.services import hold, let_go, let_go_all, receive


def put_photo(*, by: User, file: Any, crop: Crop | None = None) -> User:
    """One's own photo, in place of the former one.

    Raises LowAssurance, NoPhotoOfPupils, UploadTooLarge, ImageTooLarge, ImageUnreadable, StorageFull,
    StorageGone.
    """
    assurance.require_full()
    if by.profile == Profile.PUPIL:
        raise NoPhotoOfPupils()
    blob = receive(file=squared(file, crop), name=NAME).blob
    with audit.acting(by=by):
        fresh = _locked(by)
        former = fresh.photo
        if former is None or former.pk != blob.pk:
            hold(blob)
            fresh.photo = blob
            fresh.save(update_fields=["photo"])
            if former is not None:
                let_go(former)
            audit.record("account.photo_put", subject=fresh.uuid)
    return fresh


def take_photo_away(*, by: Someone, person: User) -> User:
    """Its owner's act, or an administrator's: who may is the directory's rule. Raises LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        fresh = _locked(person)
        former = fresh.photo
        if former is not None:
            fresh.photo = None
            fresh.save(update_fields=["photo"])
            let_go(former)
            audit.record("account.photo_taken_away", subject=fresh.uuid)
    return fresh


def say_motto(*, by: User, motto: str) -> User:
    """A line of plain text; an empty one says nothing more. Raises LowAssurance, MottoTooLong."""
    assurance.require_full()
    motto = " ".join(motto.split())
    if len(motto) > MOTTO_LENGTH:
        raise MottoTooLong(most=MOTTO_LENGTH)
    return _say_motto(by, by, motto, "account.motto_said")


def take_motto_away(*, by: Someone, person: User) -> User:
    """An administrator's act: who may is the directory's rule. What it said is in the log. Raises
    LowAssurance."""
    assurance.require_full()
    return _say_motto(by, person, "", "account.motto_taken_away")


def choose_drawing(*, by: User, drawing: str) -> User:
    """What a pupil is drawn as; '' for their initials again. Raises NoSuchDrawing."""
    if by.profile != Profile.PUPIL or (drawing and drawing not in Drawing.values):
        raise NoSuchDrawing()
    with audit.acting(by=by):
        fresh = _locked(by)
        fresh.drawing = drawing
        fresh.save(update_fields=["drawing"])
        audit.record("account.drawing_chosen", subject=fresh.uuid, after={"drawing": drawing})
    return fresh


def let_photos_go(people: Iterable[int]) -> None:
    """The photos of people who are erased, in the transaction that erases them. Two statements."""
    shown = User.everyone.filter(pk__in=list(people), photo__isnull=False)
    photos = list(shown.values_list("photo_id", flat=True))
    shown.update(photo=None)
    let_go_all(photo for photo in photos if photo is not None)


def _say_motto(by: Someone, person: User, motto: str, verb: str) -> User:
    with audit.acting(by=by):
        fresh = _locked(person)
        before, fresh.motto = fresh.motto, motto
        if before != motto:
            fresh.save(update_fields=["motto"])
            audit.record(verb, subject=fresh.uuid, before={"motto": before}, after={"motto": motto})
    return fresh


def _locked(person: User) -> User:
    return User.objects.select_for_update(of=("self",), no_key=True).select_related("photo").get(pk=person.pk)
