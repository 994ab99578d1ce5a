"""Activation codes, printed or renewed by whoever looks after the person."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from accounts import codes
from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from accounts.services.renew_code import renew_codes as renew
from core import audit
from core.audit import Entry
from directory.authority import require_not_lent
from directory.errors import NotOneself, OutOfReach
from directory.models import ClassAttachment
from directory.querysets import people_administered_by, standpoint_of
from directory.querysets.administered import rights_beyond
from directory.querysets.lent import lent_to
from directory.querysets.people import relatives_in_classes


def people_looked_after_by(person: User) -> UserQuerySet:
    """Whose code someone may print or renew: everybody of what they administer, but for those who
    administer more (a code opens their account) and those whom another school lends; for a teacher the
    pupils of their classes and these pupils' relatives."""
    me = standpoint_of(person)
    found = Q(pk__in=people_administered_by(person).values("pk")) if me.administers_something else Q()
    if me.profile == Profile.TEACHER and me.classes:
        pupils = ClassAttachment.objects.filter(
            school_class_id__in=me.classes, role="PUPIL", ended_on__isnull=True
        )
        found |= Q(pk__in=pupils.values("person_id")) | Q(pk__in=relatives_in_classes(me.classes))
    if not found:
        return User.objects.none()
    known = User.objects.present().filter(found).exclude(pk__in=rights_beyond(me).values("person_id"))
    mine: UserQuerySet = known.filter(~Exists(lent_to(me).filter(person_id=OuterRef("pk"))))
    return mine


def codes_to_print(*, by: User, people: Iterable[User]) -> dict[int, str]:
    """The codes of those who never chose a password, as letters print them, by primary key.

    Raises OutOfReach, BelongsElsewhere. Printing is recorded: a code opens an account.
    """
    chosen = _within(by, people)
    printed = {
        person.pk: codes.printed(codes.code_of(person.uuid, person.code_counter))
        for person in chosen
        if person.code_open
    }
    with audit.acting(by=by):
        audit.record_all(
            Entry(verb="account.code_printed", subject=person.uuid)
            for person in chosen
            if person.pk in printed
        )
    return printed


def renew_codes(*, by: User, people: Iterable[User]) -> int:
    """New codes: the former ones, and the passwords, open nothing any more. Raises NotOneself, OutOfReach,
    BelongsElsewhere."""
    chosen = _within(by, people)
    if by in chosen:
        raise NotOneself()
    return renew(people=chosen, by=by)


def _within(by: User, people: Iterable[User]) -> list[User]:
    chosen = list(people)
    require_not_lent(by, chosen)
    allowed = people_looked_after_by(by).filter(pk__in=[person.pk for person in chosen])
    if allowed.count() != len({person.pk for person in chosen}):
        raise OutOfReach()
    return chosen
