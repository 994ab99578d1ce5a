"""Two accounts that an administrator knows for one person's: made one, parted again, or said to be two."""

from accounts.errors import CannotMerge
from accounts.models import Merge, User
from accounts.services import merge as accounts
from core import audit, clock
from core.text import fold
from directory.authority import require_person
from directory.errors import NotOneself
from directory.models import DistinctPeople
from directory.querysets.administered import administered_schools, schools_holding
from directory.querysets.standpoint import standpoint_of


def merge(*, by: User, kept: User, gone: User) -> Merge:
    """`gone` is absorbed by `kept`: content, shares, groups, classes, children; either login works.

    Raises NotOneself, NotYours, Outranked, CannotMerge (with the reason), Busy.
    """
    require_mergeable(by, kept, gone)
    places = schools_holding(kept).union(schools_holding(gone))
    return accounts.merge(
        by=by, kept=kept, gone=gone, academies=set(places.values_list("academy_id", flat=True))
    )


def unmerge(*, by: User, merge: Merge) -> Merge:
    """Parts two accounts exactly as they were, but for what no longer exists.

    Raises NotOneself, NotYours, Outranked, CannotMerge (another school holds the person), CannotUnmerge.
    """
    _require(by, merge.kept.holder)
    accounts.require_unmergeable(merge)
    places = schools_holding(merge.kept).values_list("academy_id", flat=True)
    return accounts.unmerge(by=by, merge=merge, academies=set(places))


def require_mergeable(by: User, kept: User, gone: User) -> None:
    """Whether this administrator may make one of the two: both wholly of their scope, neither theirs, and
    something in common. Raises NotOneself, NotYours, Outranked, CannotMerge."""
    for person in (kept, gone):
        _require(by, person)
    accounts.require_mergeable(kept, gone)
    if not _something_in_common(kept, gone):
        raise CannotMerge("Ces deux comptes n’ont ni prénom, ni nom, ni INE en commun.")


def say_distinct(*, by: User, one: User, other: User) -> DistinctPeople:
    """They look alike and are two people: they are proposed to nobody again. Raises NotYours, Outranked."""
    for person in (one, other):
        require_person(by, person)
    if one.pk == other.pk:
        raise CannotMerge("C’est deux fois le même compte.")
    first, second = sorted((one, other), key=lambda person: person.pk)
    with audit.acting(by=by):
        said, made = DistinctPeople.objects.get_or_create(
            first=first, second=second, defaults={"by": by.uuid, "at": clock.now()}
        )
        if made:
            audit.record("account.said_distinct", subject=first.uuid, after={"from": str(second.uuid)})
            audit.record("account.said_distinct", subject=second.uuid, after={"from": str(first.uuid)})
    return said


def _require(by: User, person: User) -> None:
    if person.pk == by.pk:
        raise NotOneself()
    require_person(by, person)
    me = standpoint_of(by)
    scope = administered_schools(me).order_by().values("pk")
    if not me.platform and schools_holding(person).exclude(pk__in=scope).exists():
        raise CannotMerge(
            f"{person.full_name} appartient aussi à une école que vous n’administrez pas.",
            remedy="Adressez-vous à l’administrateur de la circonscription, ou de l’académie.",
        )


def _something_in_common(one: User, other: User) -> bool:
    """The same INE, first name or last name, of use or of birth."""
    if one.ine and one.ine == other.ine:
        return True
    first = fold(one.first_name) == fold(other.first_name)
    lasts = [{fold(name) for name in (each.last_name, each.birth_name) if name} for each in (one, other)]
    return first or bool(lasts[0] & lasts[1])
