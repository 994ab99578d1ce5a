"""The share panel as an answer: a part for htmx, a page without a script; with what was done, or refused."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.enums import Profile
from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from sharing import search
from sharing.enums import Role
from sharing.errors import told
from sharing.kinds import kind_of
from sharing.models import Handover, Resource, Withdrawal
from sharing.panel import words
from sharing.panel.lines import sheet_of
from sharing.querysets import visible_to
from sharing.reaching import reach_in
from sharing.rules import owns as may_cede
from sharing.services.resources import owner_of
from ui.parts import wants_part

# What pages behind the panel listen to, on the document, to show the shares as they are now.
CHANGED = "sharing-changed"


@dataclass(slots=True)
class Outcome:
    """What a form came to: `said` when it was done, with the withdrawal that can be undone; else `problem`,
    beside the form named `at`."""

    said: str = ""
    undo: Withdrawal | None = None
    problem: str = ""
    at: str = ""
    kept: dict[str, str] = field(default_factory=lambda: {"role": "", "name": ""})
    chosen: list[str] = field(default_factory=list)


def seen(request: HttpRequest, uuid: UUID) -> Resource:
    """A thing that whoever is signed in sees and that is in no trash, with their `my_role`."""
    found = (
        visible_to(viewer_of(request).person, reach_in(request))
        .filter(uuid=uuid, trashed_at__isnull=True)
        .first()
    )
    if found is None:
        raise Http404
    return found


def managed(request: HttpRequest, uuid: UUID) -> Resource:
    """The same, for whoever manages it; the others find nothing there."""
    found = seen(request, uuid)
    if found.my_role < Role.MANAGE:  # type: ignore[attr-defined]
        raise Http404
    return found


def answer(request: HttpRequest, resource: Resource, outcome: Outcome) -> HttpResponse:
    """After an act: the panel again for htmx, a redirection to its page without; with what is wrong,
    the panel with a sentence beside the field."""
    htmx = request.htmx  # type: ignore[attr-defined]
    if outcome.problem:
        return show(request, resource, outcome)
    still = visible_to(viewer_of(request).person, reach_in(request)).filter(pk=resource.pk).first()
    if still is None or still.my_role < Role.MANAGE:  # type: ignore[attr-defined]
        messages.success(request, outcome.said)
        away: HttpResponse = redirect("sharing:with_me")
        if htmx:
            away = HttpResponse(headers={"HX-Redirect": reverse("sharing:with_me")})
        return away
    if not htmx:
        page = reverse("sharing:panel", args=[resource.uuid])
        messages.success(request, with_undo(request, outcome.said, outcome.undo, back=page))
        return redirect(page)
    shown = show(request, still, outcome)
    shown["HX-Trigger"] = CHANGED
    return shown


def show(request: HttpRequest, resource: Resource, outcome: Outcome | None = None) -> HttpResponse:
    """The panel of a thing that one manages."""
    viewer = viewer_of(request)
    typed = request.GET.get("q", "").strip()
    sheet = sheet_of(resource, viewer)
    offer = Handover.objects.filter(resource=resource, answered_at__isnull=True).select_related("to").first()
    owns = resource.owner_id == viewer.person.pk
    cedes = owns or may_cede(reach_in(request), owner_of(resource))
    outcome = outcome or Outcome()
    if outcome.at not in {"give", "favourite", "hand_over", *(line.key for line in sheet.lines)}:
        outcome.at = "all"  # the line is no more: said above all
    options = search.options(viewer, typed) if typed else []
    context = {
        "resource": resource,
        "kind": kind_of(resource),
        "thing_url": kind_of(resource).url(resource),
        "sheet": sheet,
        "roles": words.ROLES,
        "typed": typed,
        "options": options,
        "persons": [option for option in options if option.person is not None],
        "outcome": outcome,
        "chosen": search.named(viewer, outcome.chosen) if outcome.chosen else [],
        "give_error": "partage-donner-erreur" if outcome.problem and outcome.at == "give" else "",
        "owns": owns,
        "cedes": cedes,
        "offer": offer,
    }
    return page_or_panel(request, "sharing/panel.html", "sharing/panel_page.html", context)


def show_mine(request: HttpRequest, resource: Resource) -> HttpResponse:
    """What somebody who does not manage a thing may know of its sharing: their own right."""
    context = {
        "resource": resource,
        "kind": kind_of(resource),
        "thing_url": kind_of(resource).url(resource),
        "role": next(role for role in words.ROLES if role.value == resource.my_role),  # type: ignore[attr-defined]
    }
    return page_or_panel(request, "sharing/mine.html", "sharing/mine_page.html", context)


def with_undo(request: HttpRequest, words: str, withdrawal: Withdrawal | None, *, back: str) -> str:
    """A message whose button puts back what was removed: « Le partage est retiré. Annuler »."""
    if withdrawal is None:
        return words
    context = {"words": words, "withdrawal": withdrawal, "back": back}
    return render_to_string("sharing/_undo.html", context, request)


def refused(request: HttpRequest, error: DomainError) -> str:
    """What a rule said no with, in this person's words."""
    return told(error, pupil=viewer_of(request).person.profile == Profile.PUPIL)


def page_or_panel(request: HttpRequest, panel: str, page: str, context: dict[str, Any]) -> HttpResponse:
    """The panel alone where htmx asks for it, else in a page of its own."""
    part = wants_part(request)
    return render(request, panel if part else page, context | {"in_dialog": part})
