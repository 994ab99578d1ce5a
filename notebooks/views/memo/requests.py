"""What every page of cahiers mémo reads of a request: who, which book, page or block, what a rule said no with."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from notebooks.memo_reading import block_seen, books_seen, page_seen
from notebooks.models import MemoBlock, MemoPage
from sharing.errors import told
from sharing.models import Resource
from sharing.reaching import reach_in
from ui.parts import wants_part


def book_of(request: HttpRequest, uuid: UUID) -> Any:
    """A book that the person sees, with `my_role`; a 404 otherwise."""
    found: Resource = get_object_or_404(books_seen(person_of(request), reach_in(request)), uuid=uuid)
    return found


def page_of(request: HttpRequest, uuid: UUID) -> tuple[MemoPage, Any]:
    """A page that the person sees, and its book; a 404 otherwise."""
    found = page_seen(person_of(request), uuid, reach_in(request))
    if found is None:
        raise Http404
    return found


def block_of(request: HttpRequest, uuid: UUID) -> tuple[MemoBlock, MemoPage, Any]:
    """A block that the person sees, its page and its book; a 404 otherwise."""
    found = block_seen(person_of(request), uuid, reach_in(request))
    if found is None:
        raise Http404
    return found


def say_no(request: HttpRequest, error: DomainError) -> None:
    """Tells why at the next page, in this person's words."""
    messages.error(request, told(error, pupil=is_pupil(request)))


def said(request: HttpRequest, error: DomainError) -> str:
    """What a rule said no with, in this person's words."""
    return told(error, pupil=is_pupil(request))


def with_undo(request: HttpRequest, words: str, *, url: str) -> None:
    """A word whose button undoes what was done."""
    context = {"words": words, "act": url, "uuids": [], "back": request.path}
    messages.success(request, render_to_string("ui/components/undo.html", context, request))


def part_or_back(
    request: HttpRequest, template: str, context: dict[str, Any], *, name: str, uuid: UUID
) -> HttpResponse:
    """The part of a page where htmx asks for it; else back to the page."""
    if wants_part(request):
        return render(request, f"{template}#part", context)
    return redirect(name, uuid=uuid)
