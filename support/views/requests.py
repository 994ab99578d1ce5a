"""What every page of the help desk reads of a request: who, which request for help, which page one came from."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.text import uuid_of
from directory.annuaire.viewer import viewer_of
from directory.rules import Standpoint
from sharing.errors import told
from support.models import PAGE_LENGTH, Ticket
from support.querysets import helped_by, visible_to
from support.rules import may_ask
from ui import rich_text

type View = Callable[..., HttpResponseBase]

# Beneath these, an address bears a secret of somebody's: a class's link, a mail's.
SIGNING_IN = "/connexion/"


def me_in(request: HttpRequest) -> Standpoint:
    """The standpoint of whoever asks, read once a request."""
    return viewer_of(request).standpoint


def for_askers(view: View) -> View:
    """For adults: a pupil asks their teacher, in class."""

    @wraps(view)
    def only(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_ask(person_of(request).profile):
            raise Http404
        return view(request, *args, **kwargs)

    return only


def for_helpers(view: View) -> View:
    """For whoever administers something: requests come to them."""

    @wraps(view)
    def only(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_ask(person_of(request).profile) or not me_in(request).administers_something:
            raise Http404
        return view(request, *args, **kwargs)

    return only


def ticket_of(request: HttpRequest, uuid: UUID) -> Ticket:
    """A request that the person reads; a 404 for whoever does not."""
    return get_object_or_404(
        visible_to(person_of(request), me_in(request)).select_related("author", "assignee"), uuid=uuid
    )


def helped_of(request: HttpRequest, uuid: UUID) -> Ticket:
    """A request that the person reads as a helper; a 404 for its author."""
    return get_object_or_404(helped_by(me_in(request)).select_related("author", "assignee"), uuid=uuid)


def page_told(request: HttpRequest) -> str:
    """The page that one came from: told in the address (`depuis`), else the one that led here. Of this site
    alone, without what was looked for there, nor a secret."""
    asked = request.POST.get("depuis") or request.GET.get("depuis") or ""
    if not asked:
        came = request.headers.get("Referer", "")
        inside = url_has_allowed_host_and_scheme(came, {request.get_host()}, request.is_secure())
        asked = _path_of(came) if came and inside else ""
    return page_of(asked)


def page_of(asked: str) -> str:
    """A path of this site, as it is kept; '' for anything else."""
    if not asked.startswith("/") or not url_has_allowed_host_and_scheme(asked, None):
        return ""
    path = _path_of(asked)[:PAGE_LENGTH]
    if path.startswith(reverse("support:index")):
        return ""
    return SIGNING_IN if path.startswith(SIGNING_IN) else path


def written(request: HttpRequest, name: str = "texte") -> str:
    """What was typed, as HTML: from the editor, or from the plain field under it."""
    said = request.POST.get(name, "")
    return said if request.POST.get("format") == "html" else rich_text.of_plain(said)


def key_of(request: HttpRequest) -> UUID:
    """The key of what is being written, as the form bears it. A 404 for none."""
    found = uuid_of(request.POST.get("cle", ""))
    if found is None:
        raise Http404
    return found


def said(request: HttpRequest, error: DomainError) -> str:
    """What a rule said no with."""
    return told(error, pupil=is_pupil(request))


def back_to(request: HttpRequest, ticket: Ticket, error: DomainError | None = None) -> HttpResponse:
    """The page of a request, with the reason of a refusal."""
    if error is not None:
        messages.error(request, said(request, error))
    return redirect("support:ticket", uuid=ticket.uuid)


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
