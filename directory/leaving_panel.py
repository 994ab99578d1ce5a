"""On the home page of whoever is absent, some days before their account closes; and of the legal relatives of a
child who is. Nobody else's page asks anything."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from accounts.enums import Profile
from accounts.leaving import leaving_of, leavings_of
from accounts.models import User
from accounts.requests import is_pupil, person_of
from directory.leaving_notices import ChildLeaving
from directory.panels import children_in
from ui import panels
from ui.navigation import signed_in


def register() -> None:
    """Called by `ready()`."""
    panels.register(
        panels.Panel(
            key="account.leaving",
            order=-1,
            template="directory/panels/leaving.html",
            predicate=_may_concern,
            context=told,
            top=True,
        )
    )


def _may_concern(request: HttpRequest) -> bool:
    if not signed_in(request):
        return False
    person = person_of(request)
    return person.absent_since is not None or person.profile == Profile.RELATIVE


def told(request: HttpRequest) -> Mapping[str, Any] | None:
    """`own`: the days of one's own account; `children`: those whose account closes (ChildLeaving)."""
    person, own = person_of(request), None
    if person.absent_since is not None:
        own = leaving_of(User.objects.get(pk=person.pk))
        own = own if own is not None and own.is_told else None
    absent = []
    if person.profile == Profile.RELATIVE:
        free = [each for each in children_in(request) if each.legal and not each.limited]
        absent = [each.pupil for each in free if each.pupil.absent_since and each.pupil.activated_at]
    days = leavings_of(absent)
    children = [ChildLeaving(each, days[each.pk]) for each in absent if days[each.pk].is_told]
    if own is None and not children:
        return None
    return {"own": own, "children": children, "pupil": is_pupil(request)}
