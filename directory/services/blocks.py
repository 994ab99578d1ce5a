"""Someone, or a profile of a school, is kept out for now: a row, read at each request."""

from datetime import datetime

from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from directory.authority import require_person, require_school
from directory.errors import AlreadyDone, BadDates, NotOneself
from directory.models import Block
from schools.models import School


def block_person(
    *,
    by: User,
    person: User,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    reason: str = "",
    message: str = "",
) -> Block:
    """Keeps one person out, from now or a date, until a date or until lifted. Nothing of theirs changes.

    Raises NotOneself, NotYours, Outranked, BadDates.
    """
    if person.pk == by.pk:
        raise NotOneself()
    require_person(by, person)
    starts = _dates(starts_at, ends_at)
    with audit.acting(by=by):
        block = Block.objects.create(
            person=person, starts_at=starts, ends_at=ends_at, reason=reason, message=message, by=by.uuid
        )
        audit.record("block.person", subject=person.uuid, after=_told(block))
    return block


def block_profile(
    *,
    by: User,
    school: School,
    profile: Profile,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    until_turnover: bool = False,
    reason: str = "",
    message: str = "",
) -> Block:
    """Keeps a profile of a school out, those who arrive later too, never its administrators.

    `until_turnover`: the first family feed of the new year lifts it. Raises NotYours, BadDates.
    """
    require_school(by, school)
    starts = _dates(starts_at, ends_at)
    with audit.acting(by=by):
        block = Block.objects.create(
            school=school,
            profile=profile,
            starts_at=starts,
            ends_at=ends_at,
            until_turnover=until_turnover,
            reason=reason,
            message=message,
            by=by.uuid,
        )
        audit.record("block.profile", school=school.uuid, after={"profile": profile.value, **_told(block)})
    return block


def lift_block(*, by: User, block: Block) -> Block:
    """Lets them in again, at their next request. Raises NotYours, Outranked, AlreadyDone."""
    if block.person is not None:
        require_person(by, block.person)
    elif block.school is not None:
        require_school(by, block.school)
    with audit.acting(by=by):
        lifted = Block.objects.filter(pk=block.pk, lifted_at__isnull=True).update(
            lifted_at=clock.now(), lifted_by=by.uuid
        )
        if not lifted:
            raise AlreadyDone("Ce blocage est déjà levé.")
        audit.record(
            "block.lifted",
            subject=block.person.uuid if block.person is not None else None,
            school=block.school.uuid if block.school is not None else None,
            before=_told(block),
        )
    block.refresh_from_db()
    return block


def _dates(starts_at: datetime | None, ends_at: datetime | None) -> datetime:
    starts = starts_at or clock.now()
    if ends_at is not None and ends_at <= starts:
        raise BadDates()
    return starts


def _told(block: Block) -> dict[str, str | None]:
    return {
        "starts_at": block.starts_at.isoformat(),
        "ends_at": block.ends_at.isoformat() if block.ends_at else None,
        "reason": block.reason,
    }
