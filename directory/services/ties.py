"""A relative tied to a pupil by hand; a tie that a director ends or limits: it wins over feeds until lifted."""

from django.db.models import F
from django.db.models.functions import Greatest

from accounts.enums import Profile, Source
from accounts.errors import AlreadyPreDeleted
from accounts.models import User
from accounts.services import lifecycle
from core import audit, clock
from directory.authority import require_person
from directory.enums import TieLimit
from directory.errors import AlreadyDone, FedTie, LastTie, NoTie
from directory.models import Guardianship, TieRestriction


def tie_by_hand(*, by: User, relative: User, pupil: User, legal: bool = True) -> Guardianship:
    """Makes a relative responsible for a pupil, both of the actor's scope; no feed misses it.

    A relative who was absent, for want of a child, is so no more. Raises NotYours, Outranked, NoTie (another
    profile), AlreadyPreDeleted, AlreadyDone.
    """
    require_person(by, pupil)
    require_person(by, relative)
    if pupil.profile != Profile.PUPIL or relative.profile != Profile.RELATIVE:
        raise NoTie("Un lien unit un parent et un élève.")
    if relative.pre_deleted_on is not None or pupil.pre_deleted_on is not None:
        raise AlreadyPreDeleted()
    with audit.acting(by=by):
        tie, made = open_tie(relative=relative, pupil=pupil, legal=legal)
        if not made:
            raise AlreadyDone("Ces deux personnes sont déjà liées.")
        if relative.absent_since is not None and pupil.absent_since is None:
            lifecycle.restore(person=relative, by=by)
    return tie


def end_tie_by_hand(*, by: User, relative: User, pupil: User) -> None:
    """Ends a tie that was made by hand: a mistake, or what no longer is. What a feed states is limited or
    ended by a decision instead (`restrict_tie`), which the next feed does not undo.

    Raises NotYours, Outranked, NoTie, FedTie, LastTie (the relative would be of no school).
    """
    require_person(by, pupil)
    require_person(by, relative)
    with audit.acting(by=by):
        open_ties = Guardianship.objects.select_for_update(of=("self",), no_key=True)
        ties = list(open_ties.filter(relative=relative, ended_on__isnull=True).order_by("pk"))
        tie = next((each for each in ties if each.pupil_id == pupil.pk), None)
        if tie is None:
            raise NoTie()
        if tie.source != Source.MANUAL:
            raise FedTie()
        if len(ties) == 1:
            raise LastTie()
        Guardianship.objects.filter(pk=tie.pk).update(
            ended_on=Greatest(F("since"), clock.today()), ended_by=by.uuid
        )
        audit.record("tie.ended", subject=relative.uuid, before={"pupil": str(pupil.uuid)})


def open_tie(*, relative: User, pupil: User, legal: bool) -> tuple[Guardianship, bool]:
    """The open tie of these two, made by hand where there is none; within the transaction of an act that
    checked who may."""
    tie, made = Guardianship.objects.get_or_create(
        relative=relative,
        pupil=pupil,
        ended_on=None,
        defaults={"legal": legal, "source": Source.MANUAL, "since": clock.today()},
    )
    if made:
        audit.record("tie.made", subject=relative.uuid, after={"pupil": str(pupil.uuid), "legal": legal})
    return tie, made


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
