"""What every page of the Espace documentaire reads of a request: who, what was chosen, where back to."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.text import uuids_of
from documents import querysets
from sharing.errors import told
from sharing.reaching import reach_in
from ui import back, parts

# What one page of a list can hold.
MOST = 200


def seen(request: HttpRequest) -> Any:
    """The documents and folders that the person may see, each with `my_role`: the only gate."""
    return querysets.seen(person_of(request), reach_in(request))


def chosen(request: HttpRequest) -> list[Any]:
    """What was ticked in a list (`d`), or the one thing whose menu was used (`seul`), as the person sees
    it, in the order of the list; what they do not see is left out."""
    texts = request.POST.getlist("seul") or request.POST.getlist("d")
    wanted = uuids_of(texts[:MOST])
    if not wanted:
        return []
    found = {resource.uuid: resource for resource in seen(request).filter(uuid__in=wanted)}
    return [found[uuid] for uuid in dict.fromkeys(wanted) if uuid in found]


def back_of(request: HttpRequest, default: str = "documents:index") -> str:
    """The page to come back to, of this site alone."""
    return back.back_of(request, default)


def told_refusals(request: HttpRequest, refused: Sequence[DomainError]) -> None:
    """What could not be done, each reason once."""
    for words in dict.fromkeys(said(request, error) for error in refused):
        messages.error(request, words)


def said(request: HttpRequest, error: DomainError) -> str:
    """What a rule said no with, in this person's words."""
    return told(error, pupil=is_pupil(request))


def nothing_chosen(request: HttpRequest) -> HttpResponse:
    """Back, with a word, when an act was asked for nothing."""
    words = (
        "Choisis d’abord un document."
        if is_pupil(request)
        else "Choisissez d’abord un ou plusieurs documents."
    )
    messages.warning(request, words)
    return redirect(back_of(request))


def with_undo(request: HttpRequest, words: str, *, act: str, uuids: Iterable[UUID]) -> None:
    """A message whose button undoes what was done: « 3 documents mis à la corbeille. Annuler »."""
    context = {"words": words, "act": act, "uuids": list(uuids), "back": back_of(request)}
    messages.success(request, render_to_string("ui/components/undo.html", context, request))


def page_or_part(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or its part where htmx asks for it (never when it restores its history)."""
    return parts.page_or_part(request, f"documents/{name}.html", context)
