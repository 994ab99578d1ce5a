"""A director ends or limits the tie of a relative and a pupil: it wins over feeds until lifted."""

from accounts.models import User
from core import audit, clock
from directory.authority import require_person
from directory.enums import TieLimit
from directory.errors import NoTie
from directory.models import Guardianship, TieRestriction


def restrict_tie(
    *, by: User, relative: User, pupil: User, limit: TieLimit, reason: str = ""
) -> TieRestriction:
    """Ends the tie, or limits it (no class contents, no card, no letters); replaces what stood before.

    Raises NotYours unless the pupil is of the actor's scope, NoTie.
    """
    require_person(by, pupil)
    if not Guardianship.objects.filter(relative=relative, pupil=pupil, ended_on__isnull=True).exists():
        raise NoTie()
    now = clock.now()
    with audit.acting(by=by):
        TieRestriction.objects.filter(relative=relative, pupil=pupil, lifted_at__isnull=True).update(
            lifted_at=now, lifted_by=by.uuid
        )
        made = TieRestriction.objects.create(
            relative=relative, pupil=pupil, limit=limit, reason=reason, by=by.uuid, since=now
        )
        audit.record(
            "tie.restricted",
            subject=relative.uuid,
            after={"pupil": str(pupil.uuid), "limit": limit.value, "reason": reason},
        )
    return made


def lift_restriction(*, by: User, relative: User, pupil: User) -> None:
    """The tie is again as the feed states it. Raises NotYours, NoTie."""
    require_person(by, pupil)
    with audit.acting(by=by):
        lifted = TieRestriction.objects.filter(relative=relative, pupil=pupil, lifted_at__isnull=True).update(
            lifted_at=clock.now(), lifted_by=by.uuid
        )
        if not lifted:
            raise NoTie()
        audit.record("tie.restriction_lifted", subject=relative.uuid, before={"pupil": str(pupil.uuid)})
