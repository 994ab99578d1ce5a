"""What the pages of notices read of a request: who may manage, which notice, what a rule said no with."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from accounts.enums import Profile
from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from home.models import Notice
from home.querysets import notices_managed_within, notices_visible_to
from sharing.errors import told
from sharing.reaching import reach_in

type View = Callable[..., HttpResponseBase]


def manages(request: HttpRequest) -> bool:
    """Whether someone administers a school, and so its notices; a pupil never does."""
    viewer = viewer_of(request)
    return viewer.person.profile != Profile.PUPIL and viewer.standpoint.administers_something


def managers_only(view: View) -> View:
    """404 for whoever administers nothing."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not manages(request):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def visible(request: HttpRequest, uuid: UUID) -> Notice:
    """A notice that stands for whoever asks; a 404 otherwise."""
    found: Notice = get_object_or_404(notices_visible_to(reach_in(request)), uuid=uuid)
    return found


def managed(request: HttpRequest, uuid: UUID) -> Notice:
    """A notice that whoever asks manages; a 404 otherwise."""
    if not manages(request):
        raise Http404
    found: Notice = get_object_or_404(notices_managed_within(viewer_of(request).standpoint), uuid=uuid)
    return found


def say_no(request: HttpRequest, error: DomainError) -> None:
    """Tells why at the next page."""
    messages.error(request, told(error, pupil=False))
