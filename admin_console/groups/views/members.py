"""Members of a manual group: chosen by name, by class or by profile; taken out."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.querysets import UserQuerySet
from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.groups import words
from admin_console.groups.reading import done, find_in, group_of
from admin_console.showing import show_in_console
from core.text import uuid_of, uuids_of
from directory.annuaire.lines import lines
from directory.annuaire.viewer import viewer_of
from directory.enums import GroupKind
from directory.models import Group
from directory.querysets import members_of, members_who_left, people_administered_by
from directory.querysets.groups import groups_of_past_years, numbers_of_members
from directory.search import typed_words
from directory.services import groups as service
from sharing.group_upkeep import ordered
from ui.french import counted

FOUND = 20
TYPED = 80


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def choose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Whom one may add: what is typed, then whole classes and profiles of the school."""
    group = group_of(request, uuid)
    typed = request.GET.get("q", "").strip()[:TYPED]
    context = {
        "group": group,
        "typed": typed,
        "asked": bool(typed_words(typed)),
        "manual": group.kind == GroupKind.MANUAL,
        "why_not": "" if group.kind == GroupKind.MANUAL else words.origin(group),
        **_found(request, group, typed),
        "sources": _sources(group),
    }
    return show_in_console(request, "groups/members", context, tab="groups")


@require_POST
@administrators_only
def add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Adds the people named, or everybody of a group of scolarity."""
    group = group_of(request, uuid)
    people = _scope(request).filter(uuid__in=uuids_of(request.POST.getlist("personne")))
    source = request.POST.get("groupe")
    if source:
        chosen = get_object_or_404(
            Group.objects.filter(school=group.school).exclude(kind=GroupKind.MANUAL), uuid=uuid_of(source)
        )
        people = members_of([chosen])
    done(
        request,
        lambda: service.add_members(by=person_of(request), group=group, people=people),
        lambda count: (
            f"{counted(count, 'personne ajoutée', 'personnes ajoutées')} au groupe."
            if count
            else "Personne de plus : tous y étaient déjà."
        ),
    )
    typed = request.POST.get("q", "")
    address = reverse("console:group_members", args=[uuid])
    return redirect(f"{address}?{urlencode({'q': typed})}" if typed else address)


@require_POST
@administrators_only
def remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Takes out one person, or all who left the school."""
    group = group_of(request, uuid)
    if "partis" in request.POST:
        people: UserQuerySet = members_who_left(group)
    else:
        named = uuids_of(request.POST.getlist("personne"))
        people = User.objects.filter(membership__group=group, uuid__in=named)
    done(
        request,
        lambda: service.remove_members(by=person_of(request), group=group, people=list(people)),
        lambda count: f"{counted(count, 'personne retirée', 'personnes retirées')} du groupe.",
    )
    return redirect("console:group", uuid=uuid)


def _scope(request: HttpRequest) -> UserQuerySet:
    return people_administered_by(person_of(request)).present()


def _found(request: HttpRequest, group: Group, typed: str) -> dict[str, Any]:
    """The people of the group's school whose name fits; where there are none, those of the scope."""
    if not typed_words(typed):
        return {"found": [], "approximate": False, "more": False}
    found = find_in(standpoint(request), group.school, typed)
    people = list(found.people[: FOUND + 1])
    shown = people[:FOUND]
    inside = set(group.membership_set.filter(person__in=shown).values_list("person_id", flat=True))
    return {
        "found": [
            {"person": line.person, "sub": line.sub, "inside": line.person.pk in inside}
            for line in lines(shown, viewer_of(request), with_school=True)
        ],
        "approximate": found.approximate,
        "more": len(people) > FOUND,
    }


def _sources(group: Group) -> list[dict[str, Any]]:
    """Groups of scolarity of the school, of the years that run, that somebody is in."""
    of_school = Group.objects.filter(school=group.school).exclude(kind=GroupKind.MANUAL)
    found = list(ordered(of_school.exclude(groups_of_past_years())))
    numbers = numbers_of_members(found)
    return [{"group": each, "number": numbers[each.pk]} for each in found if numbers[each.pk]]
