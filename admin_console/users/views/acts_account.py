"""Accounts made by hand: a new one, after those of the same name were proposed; a correction."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts import sessions
from accounts.enums import Profile
from accounts.models import User
from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.place import place_of
from admin_console.showing import show_in_console
from admin_console.users.beside import card_url
from admin_console.users.card_gate import LIST_NAME, person_asked
from admin_console.users.forms_account import PROFILES, CreateForm, EditForm
from admin_console.users.views.acts import SHOW, back_to, given
from core.errors import DomainError
from directory.annuaire.lines import Line, lines
from directory.annuaire.viewer import viewer_of
from directory.errors import SameNamed
from directory.models import Attachment
from directory.querysets import people_administered_by
from directory.services.create_person import create_person, edit_person, same_named
from feeds.enums import tool_of
from ui.french import unbroken

WORDS = {
    Profile.TEACHER: "Enseignant",
    Profile.STAFF: "Personnel",
    Profile.RELATIVE: "Parent",
    Profile.PUPIL: "Élève",
    Profile.GUEST: "Invité",
}


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody of the same name: whether their card opens, whether the school is theirs already."""

    line: Line
    mine: bool
    here: bool


@require_http_methods(SHOW)
@vary_on_headers("HX-Request")
@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    """« Créer un compte », of one profile, in one school."""
    place = place_of(request)
    if place.school is None:
        return show_in_console(request, "users/card_school", {"what": "créer un compte"}, tab="users")
    key = request.GET.get("profil", "enseignant")
    profile = PROFILES.get(key, Profile.TEACHER)
    initial = {"child": request.GET.get("enfant", "")}
    form = CreateForm(given(request), profile=profile, school=place.school, initial=initial)
    twins: list[Twin] = []
    if request.method == "POST" and form.is_valid():
        made, twins = _create(request, form, profile)
        if made is not None:
            messages.success(request, unbroken(f"Compte créé : identifiant {made.username}."))
            return redirect("console:user", uuid=made.uuid)
    context = {
        "form": form,
        "profiles": _profiles(request, profile),
        "twins": twins,
        "list_name": LIST_NAME,
    }
    return show_in_console(request, "users/card_new", context, tab="users", status=409 if twins else 200)


def _create(request: HttpRequest, form: CreateForm, profile: Profile) -> tuple[User | None, list[Twin]]:
    """The account made, or those of the same name."""
    me = person_of(request)
    school = place_of(request).school
    assert school is not None
    try:
        sessions.require_full_assurance(request)
        made = create_person(
            by=me, school=school, profile=profile, anyway="anyway" in request.POST, **form.said()
        )
    except SameNamed:
        named = form.cleaned_data
        twins = list(same_named(by=me, first_name=named["first_name"], last_name=named["last_name"])[:10])
        keys = [twin.pk for twin in twins]
        mine = set(people_administered_by(me).filter(pk__in=keys).values_list("pk", flat=True))
        posts = Attachment.objects.filter(person__in=keys, school=school, ended_on__isnull=True)
        here = set(posts.values_list("person_id", flat=True))
        told = lines(twins, viewer_of(request))
        return None, [Twin(line, line.person.pk in mine, line.person.pk in here) for line in told]
    except DomainError as error:
        form.add_error(None, unbroken(str(error)))
        return None, []
    return made, []


def _profiles(request: HttpRequest, current: Profile) -> list[dict[str, Any]]:
    """A view of the form for each profile; the school asked stays."""
    query = request.GET.copy()
    found = []
    for key, profile in PROFILES.items():
        query["profil"] = key
        found.append({"label": WORDS[profile], "url": f"?{query.urlencode()}", "current": profile == current})
    return found


@require_http_methods(SHOW)
@administrators_only
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Modifier »: who they are; a fed account says where to correct it."""
    person = person_asked(request, uuid)
    if person.source != "MANUAL":
        messages.error(
            request,
            unbroken(f"Cette fiche vient de l’alimentation : corrigez-la dans {tool_of(person.source)}."),
        )
        return back_to(person, request)
    form = EditForm(
        given(request),
        profile=Profile(person.profile),
        initial={name: getattr(person, name) for name in EditForm.base_fields},
    )
    if request.method == "POST" and form.is_valid():
        try:
            sessions.require_full_assurance(request)
            edit_person(by=person_of(request), person=person, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, unbroken(str(error)))
        else:
            messages.success(request, "Fiche corrigée.")
            return redirect(card_url(person, request))
    context = {"form": form, "person": person, "back": card_url(person, request)}
    return show_in_console(request, "users/card_edit", context, tab="users")
