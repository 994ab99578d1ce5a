"""A person's card, and their photo. Nobody outside one's reach: the same 404 as somebody who does not exist."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from directory.annuaire.card import card_of
from directory.annuaire.looks import send_photo
from directory.annuaire.viewer import viewer_of
from directory.querysets import people_administered_by
from directory.services import cards
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


@require_safe
def photo(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The photo of someone within my reach, asked anew each time: reach may have ended since."""
    person = get_object_or_404(viewer_of(request).people.select_related("photo"), uuid=uuid)
    sent = send_photo(request, person)
    if sent is None:
        raise Http404
    return sent


@require_POST
def take_away(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An administrator takes a motto, or a photo, off the card of somebody of their scope."""
    me = viewer_of(request)
    person = get_object_or_404(people_administered_by(me.person), uuid=uuid)
    try:
        if request.POST.get("what") == "photo":
            cards.take_photo_away(by=me.person, person=person)
            messages.success(request, "La photo est retirée de la fiche.")
        else:
            cards.take_motto_away(by=me.person, person=person)
            messages.success(request, "La devise est retirée de la fiche.")
    except DomainError as refused:
        messages.error(request, str(refused))
    return redirect("annuaire:person", uuid=uuid)
