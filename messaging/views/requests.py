"""What every page of messages reads of a request: who, what was ticked, where back to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.text import day_of, uuids_of
from messaging.models import Copy
from messaging.querysets import TYPED, Filters, copies_of, held
from sharing.errors import told
from ui import back, parts

MOST = 100


def copy_of(request: HttpRequest, uuid: UUID) -> Copy:
    """What the person holds of a message; a 404 for whoever holds nothing of it."""
    found = held(person_of(request), uuid)
    if found is None:
        raise Http404
    return found


def chosen(request: HttpRequest) -> list[Copy]:
    """The copies of what was ticked (`m`); what the person does not hold is left out. A message written to
    oneself is one, both ways."""
    wanted = uuids_of(request.POST.getlist("m")[:MOST])
    if not wanted:
        return []
    rows = copies_of(person_of(request)).filter(message__uuid__in=wanted)
    return list(rows.select_related("message").order_by("-at", "-pk"))


def filters_of(request: HttpRequest) -> Filters:
    """What the address asks for; what it says wrong is not asked."""
    return Filters(
        words=request.GET.get("q", "")[:TYPED],
        sender=request.GET.get("de", "")[:TYPED],
        recipient=request.GET.get("pour", "")[:TYPED],
        unread="non-lus" in request.GET,
        attached="joints" in request.GET,
        since=day_of(request.GET.get("du", "")),
        until=day_of(request.GET.get("au", "")),
    )


def back_of(request: HttpRequest) -> str:
    """The page to come back to, of this site alone."""
    return back.back_of(request, "messaging:index")


def said(request: HttpRequest, error: DomainError) -> str:
    """What a rule said no with, in this person's words."""
    return told(error, pupil=is_pupil(request))


def back_with(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Back to where one was, with the reason."""
    messages.error(request, said(request, error))
    return redirect(back_of(request))


def page_or_part(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page, or its part where htmx asks for it."""
    return parts.page_or_part(request, f"messaging/{name}.html", context, status=status)
