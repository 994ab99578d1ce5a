"""Sending is stopped, for a profile or all, in a school, its district, its academy or everywhere; and goes on."""

from accounts.enums import Profile
from accounts.models import User
from core import audit, clock
from directory.authority import require_person, scopes_of
from directory.enums import Scope
from directory.errors import AlreadyDone, NotOneself, NotYours
from directory.rules import reaches_up_to
from messaging.models import Stop
from messaging.querysets import stops_of
from schools.models import School


def stop_sending(
    *,
    by: User,
    school: School,
    scope: Scope = Scope.SCHOOL,
    profile: Profile | None = None,
    person: User | None = None,
    reason: str = "",
) -> Stop:
    """Nobody of this profile (or of any) sends any more, from now on, in the school or in what of wider scope
    holds it; whoever administers something still does. Or this `person`, wherever they write, whatever they
    administer. Nothing that was sent changes.

    Raises NotYours, Outranked, NotOneself; AlreadyDone where that stop stands.
    """
    _require(by, school, scope)
    if person is not None:
        if person == by:
            raise NotOneself()
        require_person(by, person)
    place = _place(school, scope)
    with audit.acting(by=by):
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
        standing = Stop.objects.filter(person=person, lifted_at__isnull=True)
        if person is None:
            standing = standing.filter(**place, profile=profile or "")
        if standing.exists():
            raise AlreadyDone("Ces envois sont déjà arrêtés.")
        made = Stop.objects.create(
            **place,
            profile=profile or "" if person is None else "",
            person=person,
            reason=reason[:300],
            by=by.uuid,
            at=clock.now(),
        )
        _record("messages.stopped", school, person, after=_told(made, scope))
    return made


def let_send(*, by: User, school: School, stop: Stop) -> None:
    """They send again. Raises NotYours (it is of a wider scope than one's own, or of elsewhere), AlreadyDone;
    of a person, Outranked, and NotOneself: whoever holds a stolen account would."""
    scope = scope_of(stop)
    _require(by, school, scope)
    if stop.person is not None:
        if stop.person == by:
            raise NotOneself()
        require_person(by, stop.person)
    with audit.acting(by=by):
        rows = stops_of(school).filter(pk=stop.pk)
        if not rows.update(lifted_at=clock.now(), lifted_by=by.uuid):
            raise AlreadyDone("Ces envois ont déjà repris.")
        _record("messages.resumed", school, stop.person, before=_told(stop, scope))


def scope_of(stop: Stop) -> Scope:
    """How far a stop goes."""
    if stop.school_id is not None:
        return Scope.SCHOOL
    if stop.district_id is not None:
        return Scope.DISTRICT
    return Scope.ACADEMY if stop.academy_id is not None else Scope.PLATFORM


def _require(by: User, school: School, scope: Scope) -> None:
    if not reaches_up_to(scopes_of(by, [school]), scope):
        raise NotYours()


def _place(school: School, scope: Scope) -> dict[str, int | None]:
    """The keys of a stop of this scope."""
    keys = {Scope.SCHOOL: school.pk, Scope.DISTRICT: school.district_id, Scope.ACADEMY: school.academy_id}
    if scope == Scope.DISTRICT and school.district_id is None:
        raise NotYours("Cette école n’a pas de circonscription.")
    return {f"{each.lower()}_id": keys[each] if each == scope else None for each in keys}


def _record(verb: str, school: School, person: User | None, **told: dict[str, str]) -> None:
    audit.record(verb, subject=person.uuid if person else None, school=school.uuid, **told)


def _told(stop: Stop, scope: Scope) -> dict[str, str]:
    return {"scope": scope.value, "profile": stop.profile, "reason": stop.reason}
