"""Who administers a school, and who may be named."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.enums import Scope
from directory.models import Administrator
from directory.querysets.administered import people_administered_by, rights_beyond
from directory.querysets.people import people_visible_to
from directory.querysets.standpoint import standpoint_of
from schools.models import School

# A pupil or a relative reads of others what their profile may, whatever was meant for them.
ADMINISTER = frozenset({Profile.TEACHER, Profile.STAFF, Profile.GUEST})
_NEAREST = Case(
    When(scope=Scope.SCHOOL, then=Value(0)),
    When(scope=Scope.DISTRICT, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def rights_over(school: School) -> QuerySet[Administrator]:
    """The rights that hold over a school: its own, its district's, its academy's; the nearest first."""
    over = Q(scope=Scope.SCHOOL, school=school) | Q(scope=Scope.ACADEMY, academy_id=school.academy_id)
    if school.district_id is not None:
        over |= Q(scope=Scope.DISTRICT, district_id=school.district_id)
    rights = Administrator.objects.filter(over, ended_on__isnull=True, person__pre_deleted_on__isnull=True)
    return rights.select_related("person", "school", "district", "academy").order_by(
        _NEAREST, "person__sort_name", "pk"
    )


def rights_visible_to(person: User) -> QuerySet[Administrator]:
    """The rights that hold within this person's scope: those that they may take."""
    beyond = rights_beyond(standpoint_of(person)).order_by().values("pk")
    rights = Administrator.objects.filter(ended_on__isnull=True).exclude(pk__in=beyond)
    return rights.select_related("person", "school", "district", "academy")


def may_be_named_by(person: User) -> UserQuerySet:
    """Whom this person may make an administrator: adults of a team, and guests, within reach or scope."""
    adults = User.objects.present().filter(profile__in=ADMINISTER)
    known = Q(pk__in=people_visible_to(person).order_by().values("pk")) | Q(
        pk__in=people_administered_by(person).order_by().values("pk")
    )
    found: UserQuerySet = adults.filter(known)
    return found
