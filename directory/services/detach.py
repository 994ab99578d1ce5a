"""Someone no longer belongs to a school, by an administrator's word, until the year ends; and its undo."""

from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.models import User
from core import audit, clock
from core.locks import Lock, take
from directory.authority import require_person, require_school
from directory.errors import NotAttached, NotDetached, NotOneself
from directory.models import Administrator, Attachment, ClassAttachment, Detachment
from schools.models import School
from schools.rules import year_of


def detach(*, by: User, person: User, school: School) -> Detachment:
    """Ends a person's attachment to a school, to its classes, and their administration of it.

    It wins over feeds until the rollover that ends the running year of today. Shares by name and manual
    groups stay. Raises NotOneself, NotYours, Outranked, NotAttached.
    """
    if person.pk == by.pk:
        raise NotOneself()
    require_school(by, school)
    require_person(by, person)
    now, today = clock.now(), clock.today()
    with audit.acting(by=by):
        take((Lock.FEED, school.academy_id))
        here = Attachment.objects.filter(person=person, school=school, ended_on__isnull=True)
        attachment = here.select_for_update(of=("self",), no_key=True).first()
        if attachment is None:
            raise NotAttached()
        end = {"ended_on": Greatest(F("since"), today), "ended_by": by.uuid}
        here.update(**end)
        classes = ClassAttachment.objects.filter(
            person=person, school_class__school=school, ended_on__isnull=True
        )
        left = list(classes.values_list("school_class__uuid", flat=True))
        classes.update(**end)
        held = Administrator.objects.filter(person=person, school=school, ended_on__isnull=True)
        rights = list(held.order_by("pk").values_list("pk", flat=True))
        held.update(ended_on=Greatest(F("since"), today))
        detachment = Detachment.objects.create(
            person=person,
            school=school,
            running_year=school.running_year or year_of(today),
            by=by.uuid,
            at=now,
            rights=rights,
        )
        audit.record(
            "person.detached",
            subject=person.uuid,
            school=school.uuid,
            before={"profile": attachment.profile, "classes": [str(uuid) for uuid in left]},
        )
    return detachment


def undo_detachment(*, by: User, person: User, school: School) -> Attachment:
    """Puts back what a detachment ended: the attachment, its administration, the classes of a year that
    still runs. Raises NotYours, NotDetached."""
    require_school(by, school)
    with audit.acting(by=by):
        take((Lock.FEED, school.academy_id))
        standing = Detachment.objects.select_for_update(of=("self",)).filter(
            person=person, school=school, lifted_at__isnull=True
        )
        detachment = standing.first()
        if detachment is None:
            raise NotDetached()
        attachment = _reopen(detachment)
        detachment.lifted_at, detachment.lifted_by = clock.now(), by.uuid
        detachment.save(update_fields=["lifted_at", "lifted_by"])
        audit.record("person.detachment_undone", subject=person.uuid, school=school.uuid)
    return attachment


def _reopen(detachment: Detachment) -> Attachment:
    """The rows that this detachment ended: by its author, on its day or, later begun, on their own."""
    day = timezone.localtime(detachment.at).date()
    ended = Q(person=detachment.person_id, ended_by=detachment.by) & (
        Q(ended_on=day) | Q(ended_on__gt=day, ended_on=F("since"))
    )
    school = detachment.school
    attachment = Attachment.objects.filter(ended, school=school).order_by(
        "-since", "-pk"
    ).first() or Attachment.objects.filter(person=detachment.person_id, school=school).latest("since", "pk")
    open_now = Attachment.objects.filter(
        person=detachment.person_id, school=school, ended_on__isnull=True
    ).first()
    if open_now is not None:
        return open_now
    attachment.ended_on = attachment.ended_by = None
    attachment.save(update_fields=["ended_on", "ended_by"])
    classes = ClassAttachment.objects.filter(
        ended, school_class__school=school, school_class__year__in=[school.class_year, school.running_year]
    )
    for belonging in classes:
        again = ClassAttachment.objects.filter(
            person=detachment.person_id, school_class=belonging.school_class_id, ended_on__isnull=True
        )
        if not again.exists():
            ClassAttachment.objects.filter(pk=belonging.pk).update(ended_on=None, ended_by=None)
    # Those alone: a right that somebody took back, even on that day, stays taken; one given again is there.
    rights = Administrator.objects.filter(person=detachment.person_id, school=school)
    given_again = rights.filter(ended_on__isnull=True).values("source")
    rights.filter(pk__in=detachment.rights).exclude(source__in=given_again).update(ended_on=None)
    return attachment
