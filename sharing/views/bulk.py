"""Several shares at once: their roles changed, or all of them removed. Each act is confirmed with figures;
sharing several with more people is the panel's (`views.several`)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import sessions
from core.errors import DomainError
from core.text import uuids_of
from directory.annuaire.viewer import viewer_of
from sharing.forms import RoleForm
from sharing.models import Grant, Resource
from sharing.panel import words
from sharing.panel.lines import people_reached
from sharing.panel.showing import refused, with_undo
from sharing.querysets import managed_by
from sharing.reaching import reach_in
from sharing.services import share
from sharing.views.several import panel_url
from ui.french import NBSP, counted

SHARE, ROLE, REMOVE = "partager", "droit", "retirer"
# What one page of the list can hold.
MOST = 200


@require_POST
def together(request: HttpRequest) -> HttpResponse:
    """First the page that asks, with what it will do; then, confirmed, the act."""
    chosen = _chosen(request)
    act = request.POST.get("acte", "")
    if not chosen or act not in (SHARE, ROLE, REMOVE):
        messages.warning(request, "Choisissez d’abord un ou plusieurs contenus.")
        return redirect("sharing:by_me")
    if act == SHARE:
        return redirect(panel_url(chosen))
    if "confirmer" not in request.POST:
        return _ask(request, act, chosen)
    try:
        sessions.require_full_assurance(request)
        problem, said = _do(request, act, chosen)
    except DomainError as error:
        problem, said = refused(request, error), ""
    if problem:
        return _ask(request, act, chosen, problem)
    messages.success(request, said)
    return redirect("sharing:by_me")


def _chosen(request: HttpRequest) -> list[Any]:
    """The things named that this person manages."""
    uuids = uuids_of(request.POST.getlist("choisi")[:MOST])
    if not uuids:
        return []
    found = managed_by(viewer_of(request).person, reach_in(request)).filter(
        uuid__in=uuids, trashed_at__isnull=True
    )
    return list(found.order_by("title", "pk"))


def _do(request: HttpRequest, act: str, chosen: list[Resource]) -> tuple[str, str]:
    """(what is wrong, what was done): one of the two."""
    me = viewer_of(request).person
    contents = counted(len(chosen), "contenu")
    if act == REMOVE:
        done = share.remove_all(by=me, resources=chosen)
        words = f"Plus personne d’autre ne voit {contents}."
        return "", with_undo(request, words, done.withdrawal, back=reverse("sharing:by_me"))
    form = RoleForm(request.POST)
    if not form.is_valid():
        return str(next(iter(form.errors.values()))[0]), ""
    role = form.cleaned_data["role"]
    share.change_roles(by=me, resources=chosen, role=role)
    return "", f"Le droit est changé pour {contents}{NBSP}: {role.label}."


def _ask(request: HttpRequest, act: str, chosen: list[Any], problem: str = "") -> HttpResponse:
    """What will be done, to how many contents and people."""
    viewer = viewer_of(request)
    grants = Grant.objects.filter(resource_id__in=[thing.pk for thing in chosen])
    context = {
        "act": act,
        "chosen": chosen,
        "grants": grants.count(),
        "people": people_reached(grants.select_related("group"), owner=viewer.person.pk),
        "roles": words.ROLES,
        "problem": problem,
        "role": request.POST.get("role", ""),
    }
    return render(request, "sharing/together.html", context)
