"""Reads from the database what the rules of reach ask about one person."""

from collections import defaultdict

from accounts.enums import Profile
from accounts.models import User
from core import clock, sql
from directory.communication import reached_within
from directory.enums import ClassRole, Extent, Party, Scope, TieLimit
from directory.models import Administrator, Attachment, ClassAttachment, Guardianship, TieRestriction
from directory.rules import Post, Standpoint, Whereabouts

_CLASSES = frozenset({"class", "child_class"})


def standpoint_of(person: User) -> Standpoint:
    """What this person's reach is made of, now. One query."""
    found: dict[str, set[int]] = defaultdict(set)
    classes: list[tuple[int, int]] = []
    exceptions: list[tuple[int, Party, Extent]] = []
    for row in sql.called("directory_standpoint", person.pk, clock.now()):
        kind, *rule = row["kind"].split()
        found[kind].add(row["id"])
        if rule:
            exceptions.append((row["id"], Party(rule[0]), Extent(rule[1])))
        elif kind in _CLASSES:
            classes.append((row["id"], row["school"]))
    profile = Profile(person.profile)
    relative = profile == Profile.RELATIVE
    near, wide = reached_within(
        profile=profile,
        # A tie that the direction limited leaves the direction alone within reach.
        schools=found["free_child_school" if relative else "school"],
        direction_of=found["child_school" if relative else "school"],
        classes=[pair for pair in classes if pair[0] in found["child_class" if relative else "class"]],
        exceptions=exceptions,
    )
    return Standpoint(
        person=person.pk,
        profile=profile,
        schools=frozenset(found["school"]),
        districts=frozenset(found["district"]),
        circle=frozenset(found["circle"]),
        classes=frozenset(found["class"]),
        children=frozenset(found["child"]),
        child_schools=frozenset(found["child_school"]),
        child_classes=frozenset(found["child_class"]),
        near=near,
        wide=wide,
        guardians=frozenset(found["guardian"]),
        co_guardians=frozenset(found["co_guardian"]),
        closed_schools=frozenset(found["closed_school"]),
        administered_schools=frozenset(found["administered_school"]),
        administered_districts=frozenset(found["administered_district"]),
        administered_academies=frozenset(found["administered_academy"]),
        platform=bool(found["platform"]),
    )


def whereabouts_of(person: User) -> Whereabouts:
    """Where this person may be found, now. Six queries: for one; for thousands, ask `people_visible_to`."""
    attachments = Attachment.objects.filter(person=person, ended_on__isnull=True).select_related("school")
    classes = ClassAttachment.objects.filter(person=person, ended_on__isnull=True)
    roles = defaultdict(set)
    for role, class_id in classes.values_list("role", "school_class_id"):
        roles[role].add(class_id)
    ties = Guardianship.objects.filter(
        relative=person, ended_on__isnull=True, pupil__pre_deleted_on__isnull=True
    )
    limits = dict(
        TieRestriction.objects.filter(relative=person, lifted_at__isnull=True).values_list(
            "pupil_id", "limit"
        )
    )
    pupils = [pk for pk in ties.values_list("pupil_id", flat=True) if limits.get(pk) != TieLimit.ENDED]
    free = [pk for pk in pupils if pk not in limits]
    child_schools = Attachment.objects.filter(
        person_id__in=pupils, ended_on__isnull=True, profile=Profile.PUPIL
    ).values_list("school_id", flat=True)
    child_classes = ClassAttachment.objects.filter(
        person_id__in=free, ended_on__isnull=True, role=ClassRole.PUPIL
    ).values_list("school_class_id", flat=True)
    districts = Administrator.objects.filter(
        person=person, scope=Scope.DISTRICT, ended_on__isnull=True, district__isnull=False
    ).values_list("district__academy_id", flat=True)
    return Whereabouts(
        person=person.pk,
        present=person.pre_deleted_on is None,
        posts=tuple(
            Post(a.school_id, a.school.district_id, a.school.academy_id, Profile(a.profile), a.is_head)
            for a in attachments
        ),
        taught=frozenset(roles[ClassRole.TEACHER]),
        attended=frozenset(roles[ClassRole.PUPIL]),
        child_schools=frozenset(child_schools),
        child_classes=frozenset(child_classes),
        erun_academies=frozenset(districts),
    )
