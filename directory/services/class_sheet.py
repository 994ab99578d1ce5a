"""A teacher opens the door of their class to pupils who cannot read yet: a link, and three pictures each."""

from collections.abc import Iterable, Sequence
from uuid import uuid4

from accounts import pictures
from accounts.models import User
from accounts.pictures import Picture
from accounts.services.picture_sign_in import sign_in_by_pictures
from core import audit, clock
from core.audit import Entry
from directory import class_sheet as rules
from directory.errors import AlreadyDone, ClassNotOpen, OutOfReach
from directory.models import ClassSheet, SchoolClass, SheetPictures
from directory.querysets import standpoint_of
from directory.querysets.class_sheets import classes_taught, is_open_now, pupils_of, sheets_standing

type Given = dict[int, list[Picture]]


def open_sheet(*, by: User, school_class: SchoolClass, by_day: bool = True) -> ClassSheet:
    """Opens the door of a class; no pupil has pictures yet.

    Raises OutOfReach (not a teacher of it now), ClassNotOpen (nobody in it), AlreadyDone.
    """
    _require_own(by, school_class)
    if not pupils_of(school_class).exists():
        raise ClassNotOpen()
    with audit.acting(by=by):
        _hold(school_class)
        if ClassSheet.objects.filter(school_class=school_class, closed_at__isnull=True).exists():
            raise AlreadyDone("La connexion par images est déjà ouverte.")
        uuid = uuid4()
        sheet = ClassSheet.objects.create(
            uuid=uuid,
            school_class=school_class,
            link=rules.seal_of(rules.link_of(uuid, 0)),
            link_on=clock.today(),
            by_day=by_day,
            opened_at=clock.now(),
            opened_by=by.uuid,
        )
        _record("class.sheet_opened", sheet)
    return sheet


def set_hours(*, by: User, sheet: ClassSheet, by_day: bool) -> ClassSheet:
    """By day alone, or at any hour. Raises OutOfReach."""
    with audit.acting(by=by):
        fresh = _own(by, sheet)
        if fresh.by_day != by_day:
            fresh.by_day = by_day
            fresh.save(update_fields=["by_day"])
            _record("class.sheet_hours", fresh)
    return fresh


def renew_link(*, by: User, sheet: ClassSheet) -> ClassSheet:
    """A new link: the former one opens nothing any more, and who came in by it is out. Raises OutOfReach."""
    with audit.acting(by=by):
        fresh = _own(by, sheet)
        fresh.counter += 1
        fresh.link = rules.seal_of(rules.link_of(fresh.uuid, fresh.counter))
        fresh.link_on = clock.today()
        fresh.save(update_fields=["counter", "link", "link_on"])
        _record("class.sheet_renewed", fresh)
    return fresh


def close_sheet(*, by: User, sheet: ClassSheet) -> None:
    """Closes the door: its link and pictures open nothing any more, who came in is out. Raises OutOfReach."""
    with audit.acting(by=by):
        fresh = _own(by, sheet)
        fresh.closed_at, fresh.closed_by = clock.now(), by.uuid
        fresh.save(update_fields=["closed_at", "closed_by"])
        SheetPictures.objects.filter(sheet=fresh).delete()
        _record("class.sheet_closed", fresh)


def give_pictures(*, by: User, sheet: ClassSheet, pupils: Iterable[User]) -> Given:
    """Draws three pictures for each of these pupils of the class, to be shown or printed once; their former
    ones open nothing any more. Raises OutOfReach."""
    chosen = list(pupils)
    return _give(by, sheet, {pupil.pk: pictures.drawn() for pupil in chosen}, chosen)


def choose_pictures(*, by: User, sheet: ClassSheet, pupil: User, chosen: Sequence[Picture]) -> Given:
    """Gives a pupil the pictures that they like, told to their teacher. Raises OutOfReach; ValueError unless
    there are three, all different."""
    if len(set(chosen)) != pictures.LENGTH or len(chosen) != pictures.LENGTH:
        raise ValueError("three pictures, all different")
    return _give(by, sheet, {pupil.pk: list(chosen)}, [pupil])


def enter(*, sheet: ClassSheet, pupil: User, chosen: Sequence[Picture], address: str) -> User:
    """The pupil who gave their pictures at the door of their class, now.

    Raises OutOfReach (the door is shut, or they are not in the class), SignInRefused, TooManyAttempts, KeptOut.
    """
    fresh = sheets_standing().filter(pk=sheet.pk, counter=sheet.counter).first()
    if fresh is None or not is_open_now(fresh) or not _is_in(pupil, fresh.school_class):
        raise OutOfReach()
    held = SheetPictures.objects.filter(sheet=fresh, pupil=pupil).first()
    return sign_in_by_pictures(
        person=pupil,
        sealed=held.sealed if held else "",
        chosen=chosen,
        door=str(fresh.uuid),
        address=address,
    )


def _give(by: User, sheet: ClassSheet, given: Given, pupils: list[User]) -> Given:
    with audit.acting(by=by):
        fresh = _own(by, sheet)
        keys = {pupil.pk for pupil in pupils}
        if pupils_of(fresh.school_class).filter(pk__in=keys).count() != len(keys):
            raise OutOfReach()
        now = clock.now()
        SheetPictures.objects.bulk_create(
            [
                SheetPictures(sheet=fresh, pupil_id=pk, sealed=pictures.seal(chosen), given_at=now)
                for pk, chosen in given.items()
            ],
            update_conflicts=True,
            unique_fields=["sheet", "pupil"],
            update_fields=["sealed", "given_at"],
        )
        school = fresh.school_class.school.uuid
        audit.record_all(
            Entry(verb="account.pictures_given", subject=pupil.uuid, school=school) for pupil in pupils
        )
    return given


def _is_in(pupil: User, school_class: SchoolClass) -> bool:
    """Whether a pupil is in the class now, in a school that is not closed to them."""
    return (
        pupils_of(school_class).filter(pk=pupil.pk).exists()
        and school_class.pk in standpoint_of(pupil).classes
    )


def _require_own(by: User, school_class: SchoolClass) -> None:
    if not classes_taught(standpoint_of(by)).filter(pk=school_class.pk).exists():
        raise OutOfReach("Cette classe n’existe pas.")


def _own(by: User, sheet: ClassSheet) -> ClassSheet:
    """The sheet, held, of a class that `by` teaches now. Raises OutOfReach."""
    _require_own(by, sheet.school_class)
    rows = sheets_standing().select_for_update(of=("self",), no_key=True)
    fresh = rows.filter(pk=sheet.pk).first()
    if fresh is None:
        raise OutOfReach("La connexion par images est fermée.")
    return fresh


def _hold(school_class: SchoolClass) -> None:
    """Two teachers of a class open one sheet between them."""
    SchoolClass.objects.select_for_update(of=("self",), no_key=True).get(pk=school_class.pk)


def _record(verb: str, sheet: ClassSheet) -> None:
    school_class = sheet.school_class
    audit.record(
        verb, subject=school_class.uuid, school=school_class.school.uuid, after={"by_day": sheet.by_day}
    )
