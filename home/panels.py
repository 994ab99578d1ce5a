"""What the notice board tells on top of everyone's home page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.http import HttpRequest

from accounts.enums import Profile
from directory.annuaire.viewer import viewer_of
from home.enums import Weight
from home.lines import lines_of
from home.models import Acknowledgement
from home.querysets import Notices, in_order, notices_visible_to
from sharing.reaching import reach_in
from ui import panels
from ui.navigation import signed_in

SHOWN = 4


def register() -> None:
    """To be called in `ready()`."""
    panels.register(
        panels.Panel(
            key="home.notices",
            order=0,
            template="home/panels/notices.html",
            predicate=signed_in,
            context=notices,
            top=True,
        )
    )


def notices(request: HttpRequest) -> Mapping[str, Any] | None:
    """The important ones, those that wait for one's word, then the latest; nothing to tell, no panel.

    A query; for a relative, three or four.
    """
    person, reach = viewer_of(request).person, reach_in(request)
    ordered = _first_to_read(
        notices_visible_to(reach), person.pk, relative=person.profile == Profile.RELATIVE
    )
    found = list(ordered[: SHOWN + 1])
    if not found:
        return None
    return {"lines": lines_of(person, found[:SHOWN], reach), "more": len(found) > SHOWN}


def _first_to_read(notices: Notices, person: int, *, relative: bool) -> Notices:
    if not relative:
        return in_order(notices)
    done = Acknowledgement.objects.filter(person=person).values("notice_id")
    rank = Case(
        When(Q(weight=Weight.IMPORTANT), then=Value(0)),
        When(Q(asks=True) & ~Q(pk__in=done), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return notices.annotate(rank=rank).order_by("rank", "-starts_on", "-pk")
