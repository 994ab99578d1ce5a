"""Gérer mes favoris de partage: one's own lists of recipients. Whole without a script; htmx makes adding
and taking out quick."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts import sessions
from accounts.enums import Profile
from accounts.models import User
from core.errors import DomainError
from core.text import uuids_of
from directory.annuaire.recipients import Recipient, offer, recipients_of
from directory.annuaire.tabs import FAVOURITES, tabs_of
from directory.annuaire.viewer import Viewer, viewer_of
from directory.forms import FavouriteNameForm
from directory.models import Favourite, Group
from directory.querysets import favourites_of
from directory.querysets.favourites import groups_for_favourites
from directory.services import favourites as service
from directory.views.parts import page_or_part
from ui.french import NBSP
from ui.parts import wants_part

TYPED = 80
SHOW = ["GET", "HEAD", "POST"]


@require_http_methods(SHOW)
@vary_on_headers("HX-Request")
def mine(request: HttpRequest) -> HttpResponse:
    """One's favourites, and a form for a new one."""
    me = viewer_of(request)
    form = FavouriteNameForm(request.POST or None, pupil=_is_pupil(me))
    made = _named(request, form, lambda name: service.create(by=me.person, name=name))
    if made is not None:
        return redirect("annuaire:favourite", uuid=made.uuid)
    context = {
        "tabs": tabs_of(me, FAVOURITES),
        "favourites": favourites_of(me.person),
        "form": form,
        "low": _low(request),
    }
    return page_or_part(request, "favourites", context)


@require_http_methods(["GET", "HEAD"])
@vary_on_headers("HX-Request")
def favourite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who is in a favourite, and whom one may add, beside the list of all; htmx asks for what was found
    alone."""
    me = viewer_of(request)
    chosen = _own(me, uuid)
    context = _shown(request, chosen, me, request.GET.get("q", ""))
    if wants_part(request):
        return render(request, "directory/annuaire/favourite.html#found", context)
    context |= {
        "tabs": tabs_of(me, FAVOURITES),
        "favourites": favourites_of(me.person),
        "form": FavouriteNameForm(pupil=_is_pupil(me)),
        "typed": "",
    }
    return render(request, "directory/annuaire/favourite.html", context)


@require_POST
def add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Adds a person, or a group, within reach."""
    me = viewer_of(request)
    chosen = _own(me, uuid)
    persons, groups = _named_in(request, me)
    return _done(
        request,
        chosen,
        lambda: service.add(by=me.person, favourite=chosen, persons=persons, groups=groups),
        said=f"{_names(persons, groups)}{NBSP}: dans le favori.",
    )


@require_POST
def remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Takes out a person, a group, or everyone who is no longer within reach."""
    me = viewer_of(request)
    chosen = _own(me, uuid)
    asked = request.POST
    if "unreached" in asked:
        lost = [recipient for recipient in recipients_of(chosen, me) if not recipient.reached]
        keys = {recipient.uuid for recipient in lost}
    else:
        keys = {*uuids_of(asked.getlist("person")), *uuids_of(asked.getlist("group"))}
    # Whoever left is out of reach, and is known by this favourite alone.
    persons = list(User.objects.filter(favouriteentry__favourite=chosen, uuid__in=keys))
    groups = list(
        Group.objects.filter(favouriteentry__favourite=chosen, uuid__in=keys).select_related(
            "school", "school_class"
        )
    )
    return _done(
        request,
        chosen,
        lambda: service.remove(by=me.person, favourite=chosen, persons=persons, groups=groups),
        said=f"{_names(persons, groups)}{NBSP}: plus dans le favori.",
        focus_list="list" in asked,
    )


@require_http_methods(SHOW)
def rename(request: HttpRequest, uuid: UUID) -> HttpResponse:
    me = viewer_of(request)
    chosen = _own(me, uuid)
    former = chosen.name
    form = FavouriteNameForm(request.POST or None, initial={"name": former}, pupil=_is_pupil(me))
    act = _named(request, form, lambda name: service.rename(by=me.person, favourite=chosen, name=name))
    if act is not None:
        messages.success(request, "Le favori est renommé.")
        return redirect("annuaire:favourite", uuid=uuid)
    context = {"favourite": chosen, "former": former, "form": form}
    return render(request, "directory/annuaire/favourite_rename.html", context)


@require_http_methods(SHOW)
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Asks first: what was shared through it stays shared."""
    me = viewer_of(request)
    chosen = _own(me, uuid)
    if request.method == "POST":
        try:
            sessions.require_full_assurance(request)
            service.delete(by=me.person, favourite=chosen)
        except DomainError as refused:
            messages.error(request, str(refused))
            return redirect("annuaire:favourite", uuid=uuid)
        messages.success(request, f"Le favori «{NBSP}{chosen.name}{NBSP}» est supprimé.")
        return redirect("annuaire:favourites")
    return render(request, "directory/annuaire/favourite_delete.html", {"favourite": chosen})


@require_http_methods(SHOW)
def person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Ajouter à un favori », from a person's card: to one that exists, or to a new one."""
    me = viewer_of(request)
    shown = get_object_or_404(me.people.exclude(pk=me.person.pk), uuid=uuid)
    back = reverse("annuaire:person", args=[uuid])
    return _choose(request, me, back, shown.full_name, {"persons": [shown]})


@require_http_methods(SHOW)
def group(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Ajouter à un favori », from a group's card: one that a favourite may hold."""
    me = viewer_of(request)
    kept = groups_for_favourites(me.standpoint).select_related("school", "school_class")
    shown = get_object_or_404(kept, uuid=uuid)
    return _choose(request, me, reverse("annuaire:group", args=[uuid]), shown.label, {"groups": [shown]})


def _choose(
    request: HttpRequest, me: Viewer, back: str, name: str, added: dict[str, list[Any]]
) -> HttpResponse:
    form = FavouriteNameForm(request.POST if "name" in request.POST else None, pupil=_is_pupil(me))
    made = None
    if "favourite" in request.POST:
        chosen = _own(me, *uuids_of(request.POST.getlist("favourite"))[:1])
        made = _added(request, me, chosen, added)
    elif form.is_bound:
        made = _named(request, form, lambda name: service.create(by=me.person, name=name, **added))
    if made is not None:
        messages.success(request, f"{name} est dans le favori «{NBSP}{made.name}{NBSP}».")
        return redirect(back)
    holds = {
        f"entries__{kind.removesuffix('s')}__in": [each.pk for each in found] for kind, found in added.items()
    }
    known = Favourite.objects.filter(owner=me.person, **holds)
    context = {
        "name": name,
        "back": back,
        "favourites": favourites_of(me.person),
        "known": set(known.values_list("pk", flat=True)),
        "form": form,
        "low": _low(request),
    }
    return render(request, "directory/annuaire/favourite_choice.html", context)


def _own(me: Viewer, uuid: UUID | None = None) -> Favourite:
    return get_object_or_404(favourites_of(me.person), uuid=uuid)


def _low(request: HttpRequest) -> bool:
    return sessions.assurance_of(request) is sessions.Assurance.LOW


def _named(
    request: HttpRequest, form: FavouriteNameForm, act: Callable[[str], Favourite]
) -> Favourite | None:
    """Does what a form that holds a name asks; what is refused is said beside the field."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        sessions.require_full_assurance(request)
        return act(form.cleaned_data["name"])
    except DomainError as refused:
        form.add_error("name", str(refused))
    return None


def _added(
    request: HttpRequest, me: Viewer, chosen: Favourite, added: dict[str, list[Any]]
) -> Favourite | None:
    try:
        sessions.require_full_assurance(request)
        service.add(by=me.person, favourite=chosen, **added)
    except DomainError as refused:
        messages.error(request, str(refused))
        return None
    return chosen


def _named_in(request: HttpRequest, me: Viewer) -> tuple[list[User], list[Group]]:
    """The persons and groups posted, within reach; anybody else is nobody, and left out."""
    persons, groups = (uuids_of(request.POST.getlist(key)) for key in ("person", "group"))
    reached = groups_for_favourites(me.standpoint).filter(uuid__in=groups)
    return (
        list(me.people.filter(uuid__in=persons)) if persons else [],
        list(reached.select_related("school", "school_class")) if groups else [],
    )


def _names(persons: list[User], groups: list[Group]) -> str:
    names = [*(group.label for group in groups), *(person.full_name for person in persons)]
    return ", ".join(names) or "Personne"


def _done(
    request: HttpRequest,
    chosen: Favourite,
    act: Callable[[], int],
    *,
    said: str,
    focus_list: bool = False,
) -> HttpResponse:
    """Does it, then back to the page; to htmx, its two lists and a word for who listens."""
    refusal = ""
    try:
        sessions.require_full_assurance(request)
        act()
    except DomainError as refused:
        refusal = str(refused)
    typed = request.POST.get("q", "")
    if wants_part(request):
        me = viewer_of(request)
        context = _shown(request, chosen, me, typed)
        context |= {"said": refusal or said, "refusal": refusal, "focus_list": focus_list}
        context["favourites"] = favourites_of(me.person)
        return render(request, "directory/annuaire/favourite.html#changed", context)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, said)
    address = reverse("annuaire:favourite", args=[chosen.uuid])
    return redirect(f"{address}?{urlencode({'q': typed})}" if typed else address)


def _shown(request: HttpRequest, chosen: Favourite, me: Viewer, typed: str) -> dict[str, Any]:
    recipients: list[Recipient] = recipients_of(chosen, me)
    return {
        "favourite": chosen,
        "recipients": recipients,
        "lost": sum(not recipient.reached for recipient in recipients),
        "offer": offer(me, typed.strip()[:TYPED], recipients),
        "low": _low(request),
    }


def _is_pupil(me: Viewer) -> bool:
    return me.person.profile == Profile.PUPIL
