"""Several shares at once: add persons by name, change roles, remove. Each act is confirmed with figures."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import sessions
from core.errors import DomainError
from core.text import uuids_of
from directory.annuaire.viewer import viewer_of
from sharing import search
from sharing.forms import PeopleForm, RoleForm
from sharing.models import Grant, Resource
from sharing.panel import words
from sharing.panel.lines import people_reached
from sharing.querysets import managed_by
from sharing.reaching import reach_in
from sharing.services import share
from ui.french import counted, unbroken

ADD, ROLE, REMOVE = "ajouter", "droit", "retirer"
# What one page of the list can hold.
MOST = 200


@require_POST
def together(request: HttpRequest) -> HttpResponse:
    """First the page that asks, with what it will do; then, confirmed, the act."""
    chosen = _chosen(request)
    act = request.POST.get("acte", "")
    if not chosen or act not in (ADD, ROLE, REMOVE):
        messages.warning(request, "Choisissez d’abord un ou plusieurs contenus.")
        return redirect("sharing:by_me")
    if "confirmer" not in request.POST:
        return _ask(request, act, chosen)
    try:
        sessions.require_full_assurance(request)
        problem, said = _do(request, act, chosen)
    except DomainError as error:
        problem, said = unbroken(str(error)), ""
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
        share.remove_all(by=me, resources=chosen)
        return "", f"Plus personne d’autre ne voit {contents}."
    form: Any = PeopleForm(request.POST, viewer=viewer_of(request)) if act == ADD else RoleForm(request.POST)
    if not form.is_valid():
        return next(iter(form.errors.values()))[0], ""
    role = form.cleaned_data["role"]
    if act == ROLE:
        share.change_roles(by=me, resources=chosen, role=role)
        return "", f"Le droit est changé pour {contents} : {role.label}."
    persons = form.cleaned_data["recipient"].persons
    share.add_by_name(by=me, resources=chosen, persons=persons, role=role)
    return "", f"{contents} : partagés aussi au nom de {counted(len(persons), 'personne')}."


def _ask(request: HttpRequest, act: str, chosen: list[Any], problem: str = "") -> HttpResponse:
    """What will be done, to how many contents and people."""
    viewer = viewer_of(request)
    grants = Grant.objects.filter(resource_id__in=[thing.pk for thing in chosen])
    typed = request.POST.get("q", "").strip()
    context = {
        "act": act,
        "chosen": chosen,
        "grants": grants.count(),
        "people": people_reached(grants.select_related("group"), owner=viewer.person.pk),
        "roles": words.ROLES,
        "problem": problem,
        "role": request.POST.get("role", ""),
        "typed": typed,
        "options": search.options(viewer, typed, persons_only=True) if typed else [],
    }
    return render(request, "sharing/together.html", context)
