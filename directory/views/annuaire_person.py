"""A person's card. Nobody outside one's reach: the same 404 as somebody who does not exist."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory.annuaire.card import card_of
from directory.annuaire.viewer import viewer_of
from ui.cards import acts_on


@require_safe
def card(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What I may know of someone within my reach, or of myself."""
    me = viewer_of(request)
    person = get_object_or_404(me.people, uuid=uuid)
    return render(
        request,
        "directory/annuaire/person.html",
        {"card": card_of(person, me), "person": person, "acts": acts_on(request, person)},
    )
