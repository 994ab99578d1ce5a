"""How many people, classes, groups and shares there are now, in one school or in all."""

from typing import Any

from django.db.models import Count, F

from accounts.enums import Profile
from core import clock, sql
from directory.enums import GroupKind
from directory.models import ClassAttachment, Group, SchoolClass
from schools.models import School

STATES = ("active", "never_activated", "blocked", "absent", "pre_deleted")


def census(*, school: School | None = None) -> dict[str, Any]:
    """Current numbers; classes and their groups are those of each school's class year. Shares of a school
    are those to its groups and to the people who belong to it."""
    mine = {"school": school} if school else {}
    classes = SchoolClass.objects.filter(year=F("school__class_year"), **mine)
    attached = ClassAttachment.objects.filter(ended_on__isnull=True)
    groups = Group.objects.filter(**mine)
    scolarity = groups.exclude(kind=GroupKind.MANUAL)
    old_classes = SchoolClass.objects.exclude(year=F("school__class_year")).values("pk")
    by_year = classes.values_list("year").annotate(number=Count("pk")).order_by("year")
    return {
        "people": people_by_state(school=school),
        "classes": {str(year): number for year, number in by_year},
        "class_attachments": attached.filter(school_class__school=school).count()
        if school
        else attached.count(),
        "groups": {
            "scolarity": scolarity.exclude(school_class__in=old_classes).count(),
            "manual": groups.filter(kind=GroupKind.MANUAL).count(),
        },
        "grants": _grants(school),
    }


def people_by_state(*, school: School | None = None) -> dict[str, dict[str, int]]:
    """How many of each profile are in each state. Three queries."""
    people = {profile.value.lower(): dict.fromkeys(STATES, 0) for profile in Profile}
    candidates = [row["person_id"] for row in sql.rows("feeds", "census_candidates", now=clock.now())]
    blocked = [row["person_id"] for row in sql.called("directory_kept_out", candidates, clock.now())]
    for row in sql.rows("feeds", "census", school_id=school.pk if school else None, blocked=blocked):
        people[row["profile"]][row["state"]] = row["people"]
    return people


def _grants(school: School | None) -> dict[str, int]:
    counted = dict.fromkeys(("person", "scolarity_group", "manual_group"), 0)
    for row in sql.rows("feeds", "census_grants", school_id=school.pk if school else None):
        counted[row["grantee"]] = row["grants"]
    return counted
