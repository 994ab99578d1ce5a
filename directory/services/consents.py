"""The school's word, or a legal relative's, on a pupil's picture; ONDE's comes with feeds."""

from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from directory.authority import require_person
from directory.enums import ConsentBy
from directory.errors import NoTie
from directory.models import Guardianship, PhotoConsent, TieRestriction


def say_for_school(*, by: User, pupil: User, allowed: bool) -> PhotoConsent:
    """The school's word. Raises NotYours, Outranked, NoTie for whoever is no pupil."""
    require_person(by, pupil)
    if pupil.profile != Profile.PUPIL:
        raise NoTie("Cette autorisation se note pour un élève.")
    return _say(by, pupil, ConsentBy.SCHOOL, None, allowed)


def say_as_relative(*, by: User, pupil: User, allowed: bool) -> PhotoConsent:
    """A relative's word on their child: legally responsible, and no decision on the tie. Raises NoTie."""
    tied = Guardianship.objects.filter(relative=by, pupil=pupil, legal=True, ended_on__isnull=True)
    standing = TieRestriction.objects.filter(relative=by, pupil=pupil, lifted_at__isnull=True)
    if by.profile != Profile.RELATIVE or not tied.exists() or standing.exists():
        raise NoTie()
    return _say(by, pupil, ConsentBy.RELATIVE, by, allowed)


def _say(by: User, pupil: User, said_by: ConsentBy, relative: User | None, allowed: bool) -> PhotoConsent:
    with audit.acting(by=by):
        said, _ = PhotoConsent.objects.update_or_create(
            pupil=pupil,
            said_by=said_by,
            relative=relative,
            defaults={"allowed": allowed, "said_on": clock.today()},
        )
        audit.record(
            "photo.consent_said", subject=pupil.uuid, after={"said_by": said_by.value, "allowed": allowed}
        )
    return said
