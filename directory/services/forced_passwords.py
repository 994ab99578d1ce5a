"""New passwords forced on a whole population, after accounts were stolen: the old ones open nothing any more,
every session ends. Logins stay. Nothing of it is undone: nobody keeps the old passwords.

Whoever has a mail chooses another by *Mot de passe oublié*; the others by a new activation code, which letters
print; pupils by the password that their teacher gives them. A mail chosen lately is forgotten, for whoever stole
the account may have chosen it; that of the feed stays.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from accounts import assurance
from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from accounts.services.own_email import chosen_since, forget_chosen_since
from accounts.services.renew_code import renew_codes
from core import audit, clock
from core.progress import SILENT, Progress
from directory.authority import scopes_of
from directory.enums import Scope
from directory.errors import NotYours
from directory.models import Administrator
from directory.querysets import standpoint_of
from directory.querysets.administered import rights_beyond
from directory.querysets.lent import lent_to
from directory.querysets.people import attached_to, relatives_in_schools
from directory.rules import reaches_up_to
from schools.models import School

BATCH = 500
LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Who is asked for another password: these profiles, in a school or in what of wider scope holds it, but
    the persons `apart`, and whoever administers anything where they are `spared`."""

    school: School
    scope: Scope
    profiles: frozenset[Profile]
    apart: frozenset[UUID] = frozenset()
    spared: bool = True


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many people of a profile; how many of them keep a mail, how many chose one lately, which is
    forgotten."""

    profile: Profile
    people: int
    mails: int
    forgotten: int


def population(*, by: User, asked: Population) -> UserQuerySet:
    """Those who have a password now. Left out whatever is asked: oneself, whoever administers more, whoever
    another school lends. Raises NotYours: the scope is wider than one's own."""
    if not reaches_up_to(scopes_of(by, [asked.school]), asked.scope):
        raise NotYours()
    me = standpoint_of(by)
    people: UserQuerySet = User.objects.present()
    people = people.filter(profile__in=asked.profiles).exclude(password="").exclude(pk=by.pk)
    if asked.scope != Scope.PLATFORM:
        schools = _schools(asked)
        people = people.filter(Q(pk__in=attached_to(schools)) | Q(pk__in=relatives_in_schools(schools)))
    people = people.exclude(pk__in=rights_beyond(me).order_by().values("person"))
    people = people.exclude(pk__in=lent_to(me).order_by().values("person"))
    if asked.spared:
        rights = Administrator.objects.filter(ended_on__isnull=True)
        people = people.exclude(pk__in=rights.values("person"))
    found: UserQuerySet = people.exclude(uuid__in=list(asked.apart))
    return found


def foresee(*, by: User, asked: Population) -> list[Numbers]:
    """How many people it would be, by profile. Raises NotYours."""
    lately = ~Q(own_email="") & Q(uuid__in=chosen_since(_since()))
    mail = ~Q(email="") | (~Q(own_email="") & ~lately)
    rows = population(by=by, asked=asked).order_by().values("profile")
    counted = rows.annotate(
        n=Count("pk"), mails=Count("pk", filter=mail), forgotten=Count("pk", filter=lately)
    )
    found = {row["profile"]: row for row in counted}
    return [
        Numbers(profile, found[profile]["n"], found[profile]["mails"], found[profile]["forgotten"])
        for profile in Profile
        if profile in found
    ]


def force_passwords(*, by: User, asked: Population, progress: Progress = SILENT) -> int:
    """Does it, batch by batch; answers how many. Started again, it goes on with those who still have a
    password. Raises LowAssurance, NotYours."""
    assurance.require_full()
    keys = list(population(by=by, asked=asked).order_by("pk").values_list("pk", flat=True))
    progress.step("Nouveaux mots de passe", total=len(keys))
    done = 0
    for batch in _batches(keys):
        people = list(User.objects.filter(pk__in=batch).exclude(password=""))
        with audit.acting(by=by):
            forget_chosen_since(people=people, since=_since(), by=by)
            done += renew_codes(people=people, by=by)
        progress.advance(len(batch))
    with audit.acting(by=by):
        audit.record("accounts.passwords_forced", school=asked.school.uuid, after=_told(asked, done))
    return done


def _since() -> datetime:
    return clock.now() - LATELY


def _schools(asked: Population) -> list[int]:
    school, rows = asked.school, School.objects.order_by()
    if asked.scope == Scope.SCHOOL:
        rows = rows.filter(pk=school.pk)
    elif asked.scope == Scope.DISTRICT:
        if school.district_id is None:
            raise NotYours("Cette école n’a pas de circonscription.")
        rows = rows.filter(district=school.district_id)
    else:
        rows = rows.filter(academy=school.academy_id)
    return list(rows.values_list("pk", flat=True))


def _batches(keys: list[int]) -> Iterable[Collection[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))


def _told(asked: Population, done: int) -> dict[str, object]:
    return {
        "scope": asked.scope.value,
        "profiles": sorted(asked.profiles),
        "apart": len(asked.apart),
        "spared": asked.spared,
        "people": done,
    }
