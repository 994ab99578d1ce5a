"""« Partagés avec moi » and « Ce que je partage », over all applications."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from directory.annuaire.viewer import viewer_of
from directory.models import SchoolClass
from sharing.kinds import all_kinds
from sharing.models import Grant, Handover
from sharing.panel import rows, words
from sharing.panel.lists import Filters, slice_of
from sharing.querysets import shared_by, shared_with
from sharing.reaching import reach_in
from ui.navigation import Door, doors
from ui.parts import page_or_part


@require_safe
@vary_on_headers("HX-Request")
def with_me(request: HttpRequest) -> HttpResponse:
    """What others share with me, each thing once; what they offer me."""
    viewer = viewer_of(request)
    reach = reach_in(request)
    things: QuerySet[Any, Any] = shared_with(viewer.person, reach)
    filters = Filters.read(reverse("sharing:with_me"), request.GET, viewer)
    asked = filters.of(things)
    if filters.person is not None:
        asked = asked.filter(shared_by=filters.person.uuid)
    if filters.ending:
        asked = rows.ending_for(asked, reach)
    found = slice_of(asked, "shared_at", filters, request.GET, reach)
    offers = Handover.objects.filter(to=viewer.person, answered_at__isnull=True, resource__trashed_at=None)
    givers = {offer.by for offer in offers}
    names = User.everyone.filter(uuid__in=givers).names() if givers else {}
    context = {
        "rows": rows.with_me(found.things, reach),
        "offers": [
            {"offer": offer, "by": names.get(offer.by, "")}
            for offer in offers.select_related("resource").order_by("-at", "pk")
        ],
        "people": filters.people(rows.givers_of(reach)),
    }
    return _page(request, "with_me", filters, found, context, viewer.own_classes)


@require_safe
@vary_on_headers("HX-Request")
def by_me(request: HttpRequest) -> HttpResponse:
    """What I share: to whom, until when; several at once can be changed."""
    viewer = viewer_of(request)
    things = shared_by(viewer.person, reach_in(request))
    filters = Filters.read(reverse("sharing:by_me"), request.GET, viewer)
    found = slice_of(narrowed(things, filters), "last_shared_at", filters, request.GET)
    context = {
        "rows": rows.by_me(found.things),
        "people": filters.people(rows.grantees_of(things)),
        "roles": words.ROLES,
        "doors": [] if found.things else _doors(request),
    }
    return _page(request, "by_me", filters, found, context, viewer.own_classes)


def narrowed(things: QuerySet[Any, Any], filters: Filters) -> QuerySet[Any, Any]:
    """What I share, by the filters of its page: a person is one by whose name something is shared."""
    asked = filters.of(things)
    if filters.person is not None:
        asked = asked.filter(Exists(Grant.objects.filter(resource=OuterRef("pk"), person=filters.person)))
    if filters.ending:
        asked = asked.filter(ends_with_year__gt=0)
    return asked


def _doors(request: HttpRequest) -> list[Door]:
    """Where what one shares is made: the doors of the applications that register kinds."""
    apps = {kind.app for kind in all_kinds()}
    return [door for door in doors(request) if door.entry.key in apps]


def _page(
    request: HttpRequest,
    name: str,
    filters: Filters,
    found: Any,
    context: dict[str, Any],
    classes: list[SchoolClass],
) -> HttpResponse:
    shared = {
        "filters": filters,
        "found": found,
        "classes": filters.classes(classes) if classes else [],
        "tabs": [
            {
                "label": "Partagés avec moi",
                "url": reverse("sharing:with_me"),
                "current": name == "with_me",
            },
            {
                "label": "Ce que je partage",
                "url": reverse("sharing:by_me"),
                "current": name == "by_me",
            },
        ],
    }
    return page_or_part(request, f"sharing/{name}.html", context | shared)
