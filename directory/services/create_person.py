"""An account made by hand, in its place from the start: a school, or a child; corrected by hand later."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from accounts.enums import Profile, Source
from accounts.errors import AlreadyPreDeleted
from accounts.models import User
from accounts.querysets import UserQuerySet
from accounts.services.create_account import create_account
from accounts.services.edit_account import edit_account
from core import audit, clock
from core.locks import Lock, take
from core.text import fold
from directory.authority import require_not_lent, require_person, require_school
from directory.enums import ClassRole
from directory.errors import ChildMissing, ClassNotOpen, OutOfReach, SameNamed
from directory.models import ClassAttachment, SchoolClass
from directory.querysets import people_administered_by, people_visible_to
from directory.services.attach_person import open_attachment
from directory.services.ties import open_tie
from schools.models import School

MOST_NAMED = 10


def same_named(*, by: User, first_name: str, last_name: str) -> UserQuerySet:
    """Whom the actor administers, or may find, under this very name (accents, case and hyphens aside):
    to be proposed before an account is made."""
    name = fold(f"{last_name} {first_name}")
    named = User.objects.present().filter(sort_name=name)
    known = Q(pk__in=people_administered_by(by).values("pk")) | Q(
        pk__in=people_visible_to(by).exclude(profile__in=[Profile.PUPIL, Profile.RELATIVE]).values("pk")
    )
    return named.filter(known).order_by("birth_date", "pk")


def create_person(
    *,
    by: User,
    school: School,
    profile: Profile,
    first_name: str,
    last_name: str,
    birth_date: date | None = None,
    civility: str = "",
    email: str = "",
    function: str = "",
    children: Sequence[User] = (),
    school_class: SchoolClass | None = None,
    anyway: bool = False,
) -> User:
    """Makes an account and puts it in its place: a relative by their children, the others in the school,
    a pupil in a class that runs, where one is said.

    `anyway`: the actor saw those of the same name, and it is somebody else. Raises NotYours, SameNamed,
    ChildMissing, OutOfReach (a child of elsewhere), ClassNotOpen, Busy.
    """
    require_school(by, school)
    if not anyway:
        twins = same_named(by=by, first_name=first_name, last_name=last_name)[:MOST_NAMED]
        if twins:
            raise SameNamed(people=[str(twin.uuid) for twin in twins])
    if profile == Profile.RELATIVE:
        _require_children(by, children)
    with audit.acting(by=by):
        take((Lock.FEED, school.academy_id))
        person = create_account(
            by=by,
            profile=profile,
            first_name=first_name,
            last_name=last_name,
            birth_date=birth_date,
            civility=civility,
            email=email.strip(),
            academy=school.academy,
        )
        if profile == Profile.RELATIVE:
            for child in children:
                open_tie(relative=person, pupil=child, legal=True)
        else:
            open_attachment(person=person, school=school, function=function)
        if profile == Profile.PUPIL and school_class is not None:
            _enter(person, school, school_class)
    return person


def edit_person(*, by: User, person: User, **said: Any) -> User:
    """Corrects who someone is (`accounts.services.edit_account.EDITABLE`), made by hand only.

    Raises NotYours, Outranked, BelongsElsewhere (whom another school lends: a mail opens an account), FedAccount,
    AlreadyPreDeleted.
    """
    require_person(by, person)
    require_not_lent(by, [person])
    if person.pre_deleted_on is not None:
        raise AlreadyPreDeleted()
    return edit_account(by=by, person=person, **said)


def _require_children(by: User, children: Sequence[User]) -> None:
    if not children:
        raise ChildMissing()
    wanted = {child.pk for child in children}
    known = people_administered_by(by).present().filter(pk__in=wanted, profile=Profile.PUPIL)
    if known.count() != len(wanted):
        raise OutOfReach("Un des enfants choisis n’existe pas.")


def _enter(pupil: User, school: School, school_class: SchoolClass) -> None:
    """A class that runs: one exists once the feed put a pupil in it."""
    school.refresh_from_db(fields=["class_year"])
    inside = ClassAttachment.objects.filter(
        school_class=school_class, role=ClassRole.PUPIL, ended_on__isnull=True
    )
    if school_class.school_id != school.pk or school_class.year != school.class_year or not inside.exists():
        raise ClassNotOpen()
    ClassAttachment.objects.create(
        person=pupil,
        school_class=school_class,
        role=ClassRole.PUPIL,
        source=Source.MANUAL,
        since=clock.today(),
    )
    audit.record(
        "class.pupil_attached",
        subject=pupil.uuid,
        school=school.uuid,
        after={"class": str(school_class.uuid)},
    )
