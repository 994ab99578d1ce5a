"""Rights of administration, given and taken by hand."""

from dataclasses import dataclass
from uuid import UUID

from accounts import codes
from accounts.enums import Profile, Source
from accounts.models import User
from accounts.services.create_account import create_account
from core import audit, clock
from directory.authority import covers
from directory.enums import Scope
from directory.errors import (
    AdministratorExists,
    AlreadyDone,
    NamedByFeed,
    NotAnAdministrator,
    NotOneself,
    NotYours,
    OutOfReach,
)
from directory.models import Administrator
from directory.querysets import people_administered_by, people_visible_to, standpoint_of
from directory.querysets.administrators import ADMINISTER
from schools.models import Academy, District, School

type Place = School | District | Academy


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """The account made, and the code that opens it, as printed."""

    person: User
    code: str


def give_rights(*, by: User | None, person: User, place: Place | None) -> Administrator:
    """Makes a person administrator of a school, a district, an academy, or the platform (None).

    Raises NotYours when the actor does not hold as much, OutOfReach for whom they do not know,
    NotAnAdministrator, AlreadyDone.
    """
    right = Administrator(
        person=person,
        scope=_scope_of(place),
        school=place if isinstance(place, School) else None,
        district=place if isinstance(place, District) else None,
        academy=place if isinstance(place, Academy) else None,
        source=Source.MANUAL,
        given_by=by.uuid if by is not None else None,
        since=clock.today(),
    )
    if by is not None and not covers(standpoint_of(by), right):
        raise NotYours("Vous ne pouvez donner que les droits que vous avez.")
    if by is not None and not _known_to(by, person):
        raise OutOfReach()
    if person.profile not in ADMINISTER or person.pre_deleted_on is not None:
        raise NotAnAdministrator()
    with audit.acting(by=by):
        same = Administrator.objects.filter(
            person=person,
            scope=right.scope,
            school=right.school,
            district=right.district,
            academy=right.academy,
            source=Source.MANUAL,
            ended_on__isnull=True,
        )
        if same.exists():
            raise AlreadyDone("Cette personne a déjà ce droit.")
        right.save()
        audit.record("administrator.given", subject=person.uuid, school=_school_of(right), after=_told(right))
    return right


def take_rights(*, by: User | None, right: Administrator) -> None:
    """Ends a right given by hand. A feed's ends by the feed: the next one would give it back.

    Raises NotYours, NotOneself, NamedByFeed, AlreadyDone.
    """
    if by is not None and right.person_id == by.pk:
        raise NotOneself()
    if by is not None and not covers(standpoint_of(by), right):
        raise NotYours()
    if by is not None and right.source != Source.MANUAL:
        raise NamedByFeed()
    with audit.acting(by=by):
        ended = Administrator.objects.filter(pk=right.pk, ended_on__isnull=True).update(
            ended_on=max(clock.today(), right.since)
        )
        if not ended:
            raise AlreadyDone()
        audit.record(
            "administrator.taken",
            subject=right.person.uuid,
            school=_school_of(right),
            before=_told(right),
        )


def create_first_administrator(
    *, first_name: str, last_name: str, email: str = "", another: bool = False
) -> FirstAdministrator:
    """The platform's first administrator: an account, the right, and the code to print.

    Raises AdministratorExists, unless `another`.
    """
    with audit.acting(by=None):
        held = Administrator.objects.filter(scope=Scope.PLATFORM, ended_on__isnull=True)
        if held.exists() and not another:
            raise AdministratorExists()
        person = create_account(
            by=None, profile=Profile.STAFF, first_name=first_name, last_name=last_name, email=email
        )
        give_rights(by=None, person=person, place=None)
    return FirstAdministrator(person, codes.printed(codes.code_of(person.uuid, person.code_counter)))


def _known_to(by: User, person: User) -> bool:
    """Within reach or scope; or of an academy that the actor administers, before any school of theirs."""
    if person.academy_id is not None and person.academy_id in standpoint_of(by).administered_academies:
        return True
    known = (people_visible_to(by), people_administered_by(by))
    return any(people.filter(pk=person.pk).exists() for people in known)


def _scope_of(place: Place | None) -> Scope:
    if place is None:
        return Scope.PLATFORM
    if isinstance(place, School):
        return Scope.SCHOOL
    return Scope.DISTRICT if isinstance(place, District) else Scope.ACADEMY


def _school_of(right: Administrator) -> UUID | None:
    return right.school.uuid if right.school is not None else None


def _told(right: Administrator) -> dict[str, str | None]:
    place = right.school or right.district or right.academy
    return {"scope": str(right.scope), "place": str(place.uuid) if place is not None else None}
