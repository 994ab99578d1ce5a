"""Someone, or a profile of a school, is kept out for now: a row, read at each request."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from directory.authority import require_not_lent, require_person, require_school, scopes_of
from directory.enums import Scope
from directory.errors import AlreadyDone, BadDates, NotOneself, Outranked
from directory.models import Block
from directory.querysets.administered import schools_holding
from directory.querysets.blocks import covered_by, standing
from directory.rules import reaches_up_to
from schools.models import School

ALREADY_BLOCKED = "Ces comptes sont déjà bloqués."
ALREADY_LIFTED = "Ce blocage est déjà levé."
HOW_TO_CHANGE = "Modifiez le blocage en cours, ou débloquez d’abord."


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

    Raises NotOneself, NotYours, Outranked, BelongsElsewhere (whom another school lends: their own closes an
    account everywhere), BadDates.
    """
    if person.pk == by.pk:
        raise NotOneself()
    require_person(by, person)
    require_not_lent(by, [person])
    starts = _dates(starts_at, ends_at)
    with audit.acting(by=by):
        block = Block.objects.create(
            person=person,
            starts_at=starts,
            ends_at=ends_at,
            reason=reason,
            message=message,
            by=by.uuid,
            set_from=_narrowest(by, schools_holding(person)),
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

    `until_turnover`: the first family feed of the new year lifts it. One at a time: raises AlreadyDone
    where another stands, or is foreseen. Raises NotYours, BadDates.
    """
    require_school(by, school)
    starts = _dates(starts_at, ends_at, until_turnover=until_turnover)
    with audit.acting(by=by):
        if _held(school, profile):
            raise AlreadyDone(ALREADY_BLOCKED, remedy=HOW_TO_CHANGE)
        block = Block.objects.create(
            school=school,
            profile=profile,
            starts_at=starts,
            ends_at=ends_at,
            until_turnover=until_turnover,
            reason=reason,
            message=message,
            people=covered_by(school, profile),
            by=by.uuid,
            set_from=_narrowest(by, [school]),
        )
        audit.record("block.profile", school=school.uuid, after={**_told(block), "people": block.people})
    return block


def change_block(
    *,
    by: User,
    block: Block,
    ends_at: datetime | None = None,
    until_turnover: bool = False,
    reason: str = "",
    message: str = "",
) -> Block:
    """Another end, reason or message for a block that stands, or is foreseen.

    Raises NotYours, Outranked, AlreadyDone, BadDates.
    """
    _require(by, block)
    _dates(max(block.starts_at, clock.now()), ends_at, until_turnover=until_turnover)
    with audit.acting(by=by):
        rows = Block.objects.select_for_update(of=("self",), no_key=True).filter(pk=block.pk)
        held = standing(rows).select_related("person", "school").first()
        if held is None:
            raise AlreadyDone(ALREADY_LIFTED)
        before = _told(held)
        held.ends_at, held.until_turnover = ends_at, until_turnover
        held.reason, held.message = reason, message
        held.save(update_fields=["ends_at", "until_turnover", "reason", "message"])
        audit.record("block.changed", **_about(held), before=before, after=_told(held))
    return held


def lift_profile(*, by: User, school: School, profile: Profile) -> list[Block]:
    """Lets a profile of a school in again: what stands and what is foreseen. Raises NotYours, AlreadyDone."""
    require_school(by, school)
    with audit.acting(by=by):
        held = _held(school, profile)
        if not held:
            raise AlreadyDone("Ces comptes ne sont pas bloqués.")
        return [lift_block(by=by, block=block) for block in held]


def lift_block(*, by: User, block: Block) -> Block:
    """Lets them in again, at their next request. Raises NotYours, Outranked, AlreadyDone."""
    _require(by, block)
    with audit.acting(by=by):
        lifted = Block.objects.filter(pk=block.pk, lifted_at__isnull=True).update(
            lifted_at=clock.now(), lifted_by=by.uuid
        )
        if not lifted:
            raise AlreadyDone(ALREADY_LIFTED)
        audit.record("block.lifted", **_about(block), before=_told(block))
    block.refresh_from_db()
    return block


def _require(by: User, block: Block) -> None:
    if block.person is not None:
        require_person(by, block.person)
        held = scopes_of(by, schools_holding(block.person))
    elif block.school is not None:
        require_school(by, block.school)
        held = scopes_of(by, [block.school])
    scope = Scope(block.set_from)
    if not reaches_up_to(held, scope):
        raise Outranked(f"Ce blocage a été posé par {scope.said}.")


def _narrowest(by: User, schools: Iterable[School]) -> Scope:
    """The right by which a block is set. Whoever could set it without a school, as an operator may, did so
    from the platform."""
    held = scopes_of(by, schools)
    return next((scope for scope in Scope if scope in held), Scope.PLATFORM)


def _held(school: School, profile: Profile) -> list[Block]:
    """What stands or is foreseen for a profile; whoever asks at the same instant waits for its school."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    rows = Block.objects.filter(school=school, profile=profile).select_related("school")
    return list(standing(rows).order_by("pk"))


def _dates(starts_at: datetime | None, ends_at: datetime | None, *, until_turnover: bool = False) -> datetime:
    starts = starts_at or clock.now()
    if ends_at is not None and until_turnover:
        raise BadDates("Un blocage a une seule fin.", remedy="Choisissez une date, ou la rentrée.")
    if ends_at is not None and ends_at <= starts:
        raise BadDates()
    return starts


def _about(block: Block) -> dict[str, Any]:
    """Whom or what an entry of the log speaks of."""
    return {
        "subject": block.person.uuid if block.person is not None else None,
        "school": block.school.uuid if block.school is not None else None,
    }


def _told(block: Block) -> dict[str, Any]:
    return {
        **({"profile": str(block.profile)} if block.profile else {}),
        "starts_at": block.starts_at.isoformat(),
        "ends_at": block.ends_at.isoformat() if block.ends_at else None,
        "until_turnover": block.until_turnover,
        "reason": block.reason,
        "message": block.message,
    }
