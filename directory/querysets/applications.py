"""Applications that someone's schools do without."""

from collections import defaultdict

from django.db.models import Q

from accounts.enums import Profile
from directory.rules import Standpoint
from schools.models import ApplicationOff


def applications_closed_to(me: Standpoint) -> frozenset[str]:
    """Keys of those that every school of theirs does without, for what they are there; none for whoever
    has no school. A school closed to them by a block is not theirs for now. One query."""
    places = {(school, me.profile) for school in me.schools}
    places |= {(school, Profile.RELATIVE) for school in me.child_schools}
    if not places:
        return frozenset()
    off: dict[str, int] = defaultdict(int)
    rows = ApplicationOff.objects.filter(
        Q(school__in=me.schools, profile=me.profile)
        | Q(school__in=me.child_schools, profile=Profile.RELATIVE)
    )
    for application in rows.values_list("application", flat=True):
        off[application] += 1
    return frozenset(application for application, number in off.items() if number == len(places))
