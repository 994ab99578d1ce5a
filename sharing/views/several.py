"""The share panel of several things at once: the same search and roles, one act, all of them or none."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts import sessions
from accounts.enums import Profile
from core.errors import DomainError
from core.text import uuids_of
from directory.annuaire.viewer import viewer_of
from sharing import search
from sharing.errors import NotSharedTogether
from sharing.forms import MOST, RoleForm, ShareForm
from sharing.models import Resource, Withdrawal
from sharing.panel import words
from sharing.panel.several import on_how_many, reader_of, together
from sharing.panel.showing import CHANGED, page_or_panel, refused, with_undo
from sharing.querysets import visible_to
from sharing.reaching import reach_in
from sharing.rules import Act, may
from sharing.services import share
from ui.back import back_of
from ui.french import NBSP, counted

# What one address can name: a page of a list, and more.
THINGS = 80


@dataclass(slots=True)
class _Outcome:
    """What a form came to: `said` when it was done, with the withdrawal that can be undone; else `problem`
    (`at` a line, or where one gives), what was chosen, what was refused."""

    said: str = ""
    undo: Withdrawal | None = None
    problem: str = ""
    at: str = ""
    role: str = ""
    chosen: list[str] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)


def panel_url(things: list[Resource], back: str = "") -> str:
    """The panel's address for these; that of the one where there is one."""
    if len(things) == 1:
        return reverse("sharing:panel", args=[things[0].uuid])
    pairs = [("choisi", str(thing.uuid)) for thing in things[:THINGS]]
    return f"{reverse('sharing:several')}?{urlencode(pairs + ([('retour', back)] if back else []))}"


@require_safe
@vary_on_headers("HX-Request")
def several(request: HttpRequest) -> HttpResponse:
    """The panel of the things named by `choisi`; without any, back to the list with a word."""
    asked = request.GET.getlist("choisi")
    things = _things(request, asked)
    if not things:
        messages.warning(request, _nothing(request))
        return redirect(_back(request))
    if len(things) == 1:
        return redirect("sharing:panel", things[0].uuid)
    return _show(request, things, _Outcome())


@require_POST
def give_several(request: HttpRequest) -> HttpResponse:
    """Shares them all with the recipients chosen, or, with the reasons, none."""
    things = _things(request, request.POST.getlist("choisi"))
    if not things:
        messages.warning(request, _nothing(request))
        return redirect(_back(request))
    viewer = viewer_of(request)
    form = ShareForm(request.POST, viewer=viewer)
    outcome = _Outcome(role=request.POST.get("role", ""), chosen=request.POST.getlist("recipient")[:MOST])
    try:
        sessions.require_full_assurance(request)
        if form.is_valid():
            chosen = form.cleaned_data["recipient"]
            done = share.share_all(
                by=viewer.person,
                resources=things,
                persons=chosen.persons,
                groups=chosen.groups,
                favourites=chosen.favourites,
                role=form.cleaned_data["role"],
            )
            contents = counted(len(things), "contenu")
            said = f"{contents}, partagés avec {counted(done.people_reached, 'personne')}."
            return _done(request, things, _Outcome(said=said), to=_back(request))
        outcome.problem = str(next(iter(form.errors.values()))[0])
    except NotSharedTogether as error:
        outcome.problem, outcome.refused = refused(request, error), error.fields["refused"]
    except DomainError as error:
        outcome.problem = refused(request, error)
    return _show(request, things, outcome)


@require_POST
def several_lines(request: HttpRequest) -> HttpResponse:
    """One line of the panel: its reader has another role on all of these (`droit`, `droit-<key>`), or is taken
    out of all of them (`retirer`), which can be undone."""
    things = _things(request, request.POST.getlist("choisi"))
    mine = [thing for thing in things if may(thing.my_role, Act.SHARE)]
    if not mine:
        messages.warning(request, _nothing(request))
        return redirect(_back(request))
    key = request.POST.get("retirer") or request.POST.get("droit") or ""
    try:
        sessions.require_full_assurance(request)
        reader = reader_of(mine, key)
        me = viewer_of(request).person
        if "retirer" in request.POST:
            done = share.remove_all(by=me, resources=mine, **reader)
            said = f"{counted(done.count, 'partage est retiré', 'partages sont retirés')}."
            outcome = _Outcome(said=said, undo=done.withdrawal)
        else:
            form = RoleForm({"role": request.POST.get(f"droit-{key}", "")})
            if not form.is_valid():
                problem = str(next(iter(form.errors.values()))[0])
                return _show(request, things, _Outcome(problem=problem, at=key))
            role = form.cleaned_data["role"]
            count = share.change_roles(by=me, resources=mine, role=role, **reader)
            outcome = _Outcome(
                said=f"Le droit est changé pour {counted(count, 'contenu')}{NBSP}: {role.label}."
            )
    except DomainError as error:
        return _show(request, things, _Outcome(problem=refused(request, error), at=key))
    return _done(request, things, outcome, to=panel_url(things, _back(request)))


def _done(request: HttpRequest, things: list[Any], outcome: _Outcome, *, to: str) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, with_undo(request, outcome.said, outcome.undo, back=to))
        return redirect(to)
    answer = _show(request, _things(request, [str(each.uuid) for each in things]), outcome)
    answer["HX-Trigger"] = CHANGED
    return answer


def _things(request: HttpRequest, asked: list[str]) -> list[Any]:
    """Those named that the person sees, in no trash, in the order named; each with `my_role`."""
    wanted = uuids_of(asked[:THINGS])
    if not wanted:
        return []
    seen = visible_to(viewer_of(request).person, reach_in(request))
    found = {thing.uuid: thing for thing in seen.filter(uuid__in=wanted, trashed_at__isnull=True)}
    return [found[uuid] for uuid in dict.fromkeys(wanted) if uuid in found]


def _show(request: HttpRequest, things: list[Any], outcome: _Outcome) -> HttpResponse:
    viewer = viewer_of(request)
    typed = request.GET.get("q", "").strip()
    mine = [thing for thing in things if may(thing.my_role, Act.SHARE)]
    not_mine = [thing for thing in things if thing not in mine]
    told = together(mine, viewer)
    pairs = [("choisi", str(thing.uuid)) for thing in mine] + [("retour", _back(request))]
    context = {
        "things": mine,
        "not_mine": not_mine,
        "told": told,
        "readers": [(each, on_how_many(each.things, len(mine))) for each in told.readers],
        "roles": words.ROLES,
        "typed": typed,
        "options": search.options(viewer, typed) if typed else [],
        "outcome": outcome,
        "chosen": search.named(viewer, outcome.chosen) if outcome.chosen else [],
        "give_error": "plusieurs-erreur" if outcome.problem and not outcome.at else "",
        "fields": pairs,
        "back": _back(request),
    }
    return page_or_panel(request, "sharing/several.html", "sharing/several_page.html", context)


def _back(request: HttpRequest) -> str:
    return back_of(request, "sharing:by_me")


def _nothing(request: HttpRequest) -> str:
    pupil = viewer_of(request).person.profile == Profile.PUPIL
    return f"{'Choisis' if pupil else 'Choisissez'} d’abord un ou plusieurs contenus."
