"""Whether an actor may act on a place or a person: asked by every service, of the rules as they stand now.

`by=None` is an operator's command, which may all.
"""

from collections.abc import Iterable

from accounts.models import User
from directory.enums import Scope
from directory.errors import BelongsElsewhere, NotYours, Outranked
from directory.models import Administrator
from directory.querysets import people_administered_by, standpoint_of
from directory.querysets.administered import administered_academies, administered_schools, schools_holding
from directory.querysets.lent import lent_to
from directory.rules import Standpoint, administers_place, scopes_over
from schools.models import Academy, School


def require_school(by: User | None, school: School) -> None:
    """Raises NotYours unless `by` administers this school."""
    if by is None:
        return
    if not administers_place(
        standpoint_of(by), school=school.pk, district=school.district_id, academy=school.academy_id
    ):
        raise NotYours()


def require_academy(by: User | None, academy: Academy) -> None:
    """Raises NotYours unless `by` administers the whole of this academy."""
    if by is not None and not administered_academies(standpoint_of(by)).filter(pk=academy.pk).exists():
        raise NotYours()


def require_person(by: User | None, person: User) -> None:
    """Raises NotYours unless the person is of `by`'s scope, Outranked when they administer more."""
    if by is None:
        return
    if not people_administered_by(by).filter(pk=person.pk).exists():
        raise NotYours("Cette personne n’est pas d’une école que vous administrez.")
    me = standpoint_of(by)
    rights = Administrator.objects.filter(person=person, ended_on__isnull=True)
    if not all(covers(me, right) for right in rights.select_related("school", "district")):
        raise Outranked()


def scopes_of(by: User, schools: Iterable[School]) -> set[Scope]:
    """The rights by which `by` administers one of these schools at least."""
    me = standpoint_of(by)
    return {
        scope
        for school in schools
        for scope in scopes_over(me, school=school.pk, district=school.district_id, academy=school.academy_id)
    }


def require_whole(by: User, person: User) -> None:
    """Raises BelongsElsewhere where a school that `by` does not administer holds the person too."""
    scope = administered_schools(standpoint_of(by)).order_by().values("pk")
    if schools_holding(person).exclude(pk__in=scope).exists():
        raise BelongsElsewhere()


def require_not_lent(by: User, people: Iterable[User]) -> None:
    """Raises BelongsElsewhere where another school lends one of them: their account is its own."""
    keys = [person.pk for person in people]
    if lent_to(standpoint_of(by)).filter(person_id__in=keys).exists():
        raise BelongsElsewhere()


def covers(me: Standpoint, right: Administrator) -> bool:
    """Whether a standpoint's scope holds the whole of a right: one gives and takes no more than one has."""
    if right.scope == Scope.SCHOOL and right.school is not None:
        school = right.school
        return administers_place(me, school=school.pk, district=school.district_id, academy=school.academy_id)
    if right.scope == Scope.DISTRICT and right.district is not None:
        return administers_place(
            me, school=None, district=right.district_id, academy=right.district.academy_id
        )
    if right.scope == Scope.ACADEMY:
        return administers_place(me, school=None, district=None, academy=right.academy_id)
    return me.platform
