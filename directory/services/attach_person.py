"""Someone is attached to a school by hand: no feed misses it."""

from accounts.enums import Profile, Source
from accounts.errors import AlreadyPreDeleted
from accounts.models import User
from accounts.services import lifecycle
from core import audit, clock
from core.locks import Lock, take
from directory.authority import require_school
from directory.errors import AlreadyDone, BelongsByChildren, OutOfReach
from directory.models import Attachment, Detachment
from directory.querysets import people_administered_by, people_visible_to
from directory.services.detach import undo_detachment
from schools.models import School


def attach_person(*, by: User, person: User, school: School, function: str = "") -> Attachment:
    """Attaches someone of the actor's scope or reach; where a detachment stands, undoes it.

    Whoever was absent from the feed has a school again: they are no longer. Raises NotYours, OutOfReach,
    BelongsByChildren, AlreadyPreDeleted, AlreadyDone.
    """
    require_school(by, school)
    detached = Detachment.objects.filter(person=person, school=school, lifted_at__isnull=True)
    if not (_known(by, person) or detached.exists()):
        raise OutOfReach()
    if person.profile == Profile.RELATIVE:
        raise BelongsByChildren()
    if person.pre_deleted_on is not None:
        raise AlreadyPreDeleted()
    with audit.acting(by=by):
        take((Lock.FEED, school.academy_id))
        if detached.exists():
            return undo_detachment(by=by, person=person, school=school)
        attachment, made = open_attachment(person=person, school=school, function=function)
        if not made:
            raise AlreadyDone("Cette personne est déjà rattachée à cette école.")
        if person.absent_since is not None:
            lifecycle.restore(person=person, by=by)
    return attachment


def open_attachment(*, person: User, school: School, function: str = "") -> tuple[Attachment, bool]:
    """The open attachment of a person to a school, made by hand where there is none; within the
    transaction of an act that checked who may."""
    attachment, made = Attachment.objects.get_or_create(
        person=person,
        school=school,
        ended_on=None,
        defaults={
            "profile": person.profile,
            "function_label": function.strip(),
            "source": Source.MANUAL,
            "since": clock.today(),
            "running_year": school.running_year,
        },
    )
    if made:
        audit.record(
            "person.attached",
            subject=person.uuid,
            school=school.uuid,
            after={"profile": attachment.profile, "function": attachment.function_label},
        )
    return attachment, made


def _known(by: User, person: User) -> bool:
    """Of the scope, or an adult within reach: a colleague of the district who comes to help."""
    if people_administered_by(by).filter(pk=person.pk).exists():
        return True
    return person.profile != Profile.PUPIL and people_visible_to(by).filter(pk=person.pk).exists()
