"""People within someone's reach: the twin of `directory.rules.reaches`."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import UserQuerySet
from directory.enums import ClassRole, Party, Scope, TieLimit
from directory.models import Administrator, Attachment, ClassAttachment, Guardianship, TieRestriction
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of
from directory.rules import NOBODY, TEAM, Standpoint

type Ids = QuerySet[Any, Any]

# Where the parts find the keys of people.
_KEYS = {User: "pk", Guardianship: "relative_id"}
# Who has an attachment; relatives are found through their children.
ATTACHED = (Profile.TEACHER, Profile.STAFF, Profile.PUPIL, Profile.GUEST)


def people_visible_to(person: User) -> UserQuerySet:
    """Whom this person may find, and write to: themself included, nobody pre-deleted. One query, for
    the standpoint, before the one that it answers."""
    return people_within(standpoint_of(person))


def people_within(me: Standpoint, among: Collection[int] | None = None) -> UserQuerySet:
    """`people_visible_to`, from a standpoint already read; `among` these keys alone, where they are known: each
    part is then read by them, and none whole."""
    parts = _parts(me)
    if among is not None:
        parts = [part.filter(**{f"{_KEYS.get(part.model, 'person_id')}__in": among}) for part in parts]
    first, *others = parts
    return User.objects.present().filter(pk__in=first.union(*others, all=True) if others else first)


def relatives_in_schools(schools: Iterable[int] | Ids) -> Ids:
    """Keys of the relatives of these schools' pupils, present ones; not where the direction ended the tie."""
    return (
        Guardianship.objects.filter(
            _untied(limits=[TieLimit.ENDED]),
            ended_on__isnull=True,
            pupil__pre_deleted_on__isnull=True,
            pupil__attachment__school_id__in=schools,
            pupil__attachment__ended_on__isnull=True,
            pupil__attachment__profile=Profile.PUPIL,
        )
        .order_by()
        .values_list("relative_id", flat=True)
    )


def relatives_in_classes(classes: Iterable[int] | Ids) -> Ids:
    """Keys of the relatives of these classes' pupils, present ones; where no tie is ended or limited."""
    return (
        Guardianship.objects.filter(
            _untied(limits=list(TieLimit)),
            ended_on__isnull=True,
            pupil__pre_deleted_on__isnull=True,
            pupil__classattachment__school_class_id__in=classes,
            pupil__classattachment__ended_on__isnull=True,
            pupil__classattachment__role=ClassRole.PUPIL,
        )
        .order_by()
        .values_list("relative_id", flat=True)
    )


def relatives_of(pupils: Iterable[int]) -> Ids:
    """Pupils with their relatives: rows (pupil, relative), by key; where no tie is ended or limited."""
    return (
        Guardianship.objects.filter(
            _untied(limits=list(TieLimit)), ended_on__isnull=True, pupil_id__in=list(pupils)
        )
        .order_by("pupil_id", "relative_id")
        .values_list("pupil_id", "relative_id")
    )


def attached_to(schools: Iterable[int] | Ids, **more: Any) -> Ids:
    """Keys of the people attached to these schools."""
    rows = Attachment.objects.filter(school_id__in=schools, ended_on__isnull=True, **more)
    return rows.values_list("person_id", flat=True)


def _parts(me: Standpoint) -> list[Ids]:
    """Keys of people, part by part; each is short, or read by an index."""
    parts: list[Ids] = [_these({me.person, *me.children, *me.guardians}), *_by_rules(me)]
    if me.in_team and me.districts:
        parts.append(
            Attachment.objects.filter(
                school__district_id__in=me.districts, profile__in=TEAM, ended_on__isnull=True
            ).values_list("person_id", flat=True)
        )
    if me.circle:
        heads = Attachment.objects.filter(
            school__academy_id__in=me.circle, is_head=True, ended_on__isnull=True
        )
        eruns = Administrator.objects.filter(
            scope=Scope.DISTRICT, district__academy_id__in=me.circle, ended_on__isnull=True
        )
        parts += [heads.values_list("person_id", flat=True), eruns.values_list("person_id", flat=True)]
    if me.administers_something:
        parts.append(attached_to(administered_schools(me).values("pk"), profile__in=TEAM))
    return parts


def _by_rules(me: Standpoint) -> list[Ids]:
    """What the rules of their schools give: whole schools first, then classes."""
    wide, near = me.wide, me.near
    parts: list[Ids] = []
    by_schools: dict[frozenset[int], list[Profile]] = defaultdict(list)
    for profile in ATTACHED:
        if wide.get(Party(profile)):
            by_schools[wide[Party(profile)]].append(profile)
    for schools, profiles in by_schools.items():
        of_these = {} if len(profiles) == len(ATTACHED) else {"profile__in": profiles}
        parts.append(attached_to(schools, **of_these))
    everybody = [schools for schools, profiles in by_schools.items() if len(profiles) == len(ATTACHED)]
    direction = wide.get(Party.DIRECTION, NOBODY).difference(*everybody)
    if direction:
        parts.append(attached_to(direction, is_head=True))
    if wide.get(Party.RELATIVE):
        parts.append(relatives_in_schools(wide[Party.RELATIVE]))
    if near.get(Party.TEACHER):
        parts.append(_in_classes(near[Party.TEACHER], ClassRole.TEACHER))
    if near.get(Party.PUPIL):
        parts.append(_in_classes(near[Party.PUPIL], ClassRole.PUPIL))
    if near.get(Party.RELATIVE):
        relatives = relatives_in_classes(near[Party.RELATIVE])
        parts.append(relatives.exclude(relative_id__in=me.co_guardians) if me.co_guardians else relatives)
    return parts


def _these(ids: Iterable[int]) -> Ids:
    return User.objects.filter(pk__in=list(ids)).order_by().values_list("pk", flat=True)


def _in_classes(classes: Iterable[int], role: ClassRole) -> Ids:
    rows = ClassAttachment.objects.filter(school_class_id__in=classes, role=role, ended_on__isnull=True)
    return rows.values_list("person_id", flat=True)


def _untied(*, limits: list[TieLimit]) -> Q:
    """No decision of the direction, among these, stands on the tie."""
    standing = TieRestriction.objects.filter(
        relative_id=OuterRef("relative_id"),
        pupil_id=OuterRef("pupil_id"),
        lifted_at__isnull=True,
        limit__in=limits,
    )
    return Q(~Exists(standing))
