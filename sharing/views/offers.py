"""Ownership offered (*céder*): the other accepts, or declines."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts import sessions
from accounts.enums import Profile
from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from sharing.models import Handover
from sharing.panel.showing import refused
from sharing.services import hand_over
from ui.french import NBSP


@require_POST
def accept(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """It becomes mine, and counts in my space; refused where it does not fit."""
    you = "toi" if viewer_of(request).person.profile == Profile.PUPIL else "vous"
    return _answer(request, uuid, hand_over.accept, f"est maintenant à {you}")


@require_POST
def decline(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """It stays its owner's."""
    return _answer(request, uuid, hand_over.decline, "reste à la personne qui le proposait")


def _answer(request: HttpRequest, uuid: UUID, act: Callable[..., Any], done: str) -> HttpResponse:
    me = viewer_of(request).person
    offer = get_object_or_404(Handover.objects.select_related("resource"), uuid=uuid, to=me)
    try:
        sessions.require_full_assurance(request)
        act(by=me, handover=offer)
    except DomainError as error:
        messages.error(request, refused(request, error))
    else:
        messages.success(request, f"«{NBSP}{offer.resource.title}{NBSP}» {done}.")
    return redirect("sharing:with_me")
