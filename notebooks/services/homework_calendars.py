"""Addresses of calendars: each relative has their own of each child, each pupil theirs; each renews their own."""

from uuid import uuid4

from accounts import assurance, gates
from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from directory.querysets import standpoint_of
from directory.querysets.applications import applications_closed_to
from notebooks import homework_calendar as calendars
from notebooks.errors import NoCalendar
from notebooks.homework_reading import Homework, homework_of
from notebooks.models import HomeworkCalendar
from sharing.querysets import reach_from

PAST, MOST = 30, 500


def open_calendar(*, by: User, pupil: User) -> HomeworkCalendar:
    """`by`'s address for a pupil, made where they have none. Raises NoCalendar unless it is their own child or
    themself, LowAssurance."""
    return _given(by, pupil, anew=False)


def renew_calendar(*, by: User, pupil: User) -> HomeworkCalendar:
    """A new address: the former opens nothing any more. Raises NoCalendar, LowAssurance."""
    return _given(by, pupil, anew=True)


def token_of(calendar: HomeworkCalendar) -> str:
    return calendars.token_of(calendar.uuid, calendar.counter)


def read_calendar(token: str) -> tuple[User, list[Homework]] | None:
    """The pupil and the homework of an address, as rights are now; None where it is no address, or its holder may
    not sign in, or has nothing to do with the pupil any more."""
    found = (
        HomeworkCalendar.objects.filter(seal=calendars.seal_of(token))
        .select_related("holder", "pupil")
        .first()
    )
    if found is None or any(each.pre_deleted_on is not None for each in (found.holder, found.pupil)):
        return None
    if gates.refusal(found.holder) is not None:
        return None
    me = standpoint_of(found.holder)
    if found.pupil_id not in {found.holder_id, *me.children} or "notebooks" in applications_closed_to(me):
        return None
    reach = reach_from(found.holder, me)
    return found.pupil, homework_of(found.holder, found.pupil, reach, past=PAST, most=MOST)


def _given(by: User, pupil: User, *, anew: bool) -> HomeworkCalendar:
    assurance.require_full()
    own = by.pk == pupil.pk and by.profile == Profile.PUPIL
    if not own and pupil.pk not in standpoint_of(by).children:
        raise NoCalendar()
    with audit.acting(by=by):
        rows = HomeworkCalendar.objects.select_for_update(no_key=True).filter(holder=by, pupil=pupil)
        found = rows.first()
        if found is None:
            uuid = uuid4()
            made = HomeworkCalendar(
                uuid=uuid,
                holder=by,
                pupil=pupil,
                seal=calendars.seal_of(calendars.token_of(uuid, 1)),
                renewed_at=clock.now(),
            )
            # Twice at once: the first one's stays.
            HomeworkCalendar.objects.bulk_create([made], ignore_conflicts=True)
            audit.record("homework.calendar_opened", subject=pupil.uuid)
            return HomeworkCalendar.objects.get(holder=by, pupil=pupil)
        if anew:
            found.counter += 1
            found.seal = calendars.seal_of(token_of(found))
            found.renewed_at = clock.now()
            found.save(update_fields=["counter", "seal", "renewed_at"])
            audit.record("homework.calendar_renewed", subject=pupil.uuid)
    return found
