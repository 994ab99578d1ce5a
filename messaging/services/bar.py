"""A sender kept away from a pupil: said by a teacher of their class, or by the direction; lifted by either."""

from accounts.models import User
from core import audit, clock
from directory.enums import ClassRole
from directory.errors import AlreadyDone, NotYours
from directory.models import Attachment, ClassAttachment, Guardianship, SchoolClass
from directory.querysets import standpoint_of
from directory.querysets.administrators import rights_over
from directory.querysets.class_sheets import classes_taught
from directory.rules import Standpoint
from messaging.care import barred_visible_to
from messaging.errors import NotToBeBarred
from messaging.models import Barred
from messaging.rules import may_be_barred


def bar(*, by: User, pupil: User, sender: User, reason: str = "") -> Barred:
    """From now on the pupil gets nothing from this sender, named or in a group; neither is told. What they
    received stays.

    Raises NotYours, NotToBeBarred, AlreadyDone.
    """
    school_class = _class_for(standpoint_of(by), pupil)
    if not _may_be(pupil, sender, school_class):
        raise NotToBeBarred()
    with audit.acting(by=by):
        SchoolClass.objects.select_for_update(no_key=True, of=("self",)).get(pk=school_class.pk)
        standing = Barred.objects.filter(
            pupil=pupil, sender=sender, school_class=school_class, lifted_at__isnull=True
        )
        if standing.exists():
            raise AlreadyDone("Cette personne n’écrit déjà plus à cet élève.")
        made = Barred.objects.create(
            pupil=pupil,
            sender=sender,
            school_class=school_class,
            reason=reason.strip()[:300],
            by=by.uuid,
            at=clock.now(),
        )
        _record("messages.sender_barred", made)
    return made


def unbar(*, by: User, barred: Barred) -> None:
    """They write to the pupil again, by whoever teaches the class or directs the school. Raises NotYours,
    AlreadyDone."""
    with audit.acting(by=by):
        fresh = Barred.objects.select_for_update(of=("self",)).get(pk=barred.pk)
        if fresh.lifted_at is not None:
            raise AlreadyDone("Cette personne peut déjà écrire à cet élève.")
        if not barred_visible_to(standpoint_of(by)).filter(pk=fresh.pk).exists():
            raise NotYours()
        fresh.lifted_at, fresh.lifted_by = clock.now(), by.uuid
        fresh.save(update_fields=["lifted_at", "lifted_by"])
        _record("messages.sender_let_write", fresh)


def _class_for(me: Standpoint, pupil: User) -> SchoolClass:
    """The pupil's class through which one speaks for them."""
    theirs = ClassAttachment.objects.filter(person=pupil, role=ClassRole.PUPIL, ended_on__isnull=True).values(
        "school_class"
    )
    taught = classes_taught(me).filter(pk__in=theirs)
    directed = SchoolClass.objects.filter(pk__in=theirs, school__in=me.administered_schools)
    found = taught.select_related("school").first() or directed.select_related("school").first()
    if found is None or found.year != found.school.class_year:
        raise NotYours("Cet élève n’est pas d’une de vos classes.")
    return found


def _may_be(pupil: User, sender: User, school_class: SchoolClass) -> bool:
    classes = ClassAttachment.objects.filter(
        person=pupil, role=ClassRole.PUPIL, ended_on__isnull=True
    ).values("school_class")
    teaches = ClassAttachment.objects.filter(
        person=sender, role=ClassRole.TEACHER, ended_on__isnull=True, school_class__in=classes
    )
    heads = Attachment.objects.filter(
        person=sender, school=school_class.school_id, is_head=True, ended_on__isnull=True
    )
    ties = Guardianship.objects.filter(relative=sender, pupil=pupil, ended_on__isnull=True)
    return sender != pupil and may_be_barred(
        teaches=teaches.exists(),
        directs=heads.exists() or rights_over(school_class.school).filter(person=sender).exists(),
        looks_after=ties.exists(),
    )


def _record(verb: str, barred: Barred) -> None:
    audit.record(
        verb,
        subject=barred.pupil.uuid,
        school=barred.school_class.school.uuid,
        after={"sender": str(barred.sender.uuid), "name": barred.sender.full_name, "reason": barred.reason},
    )
