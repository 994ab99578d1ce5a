"""« Corbeille » of the applications: what one made and threw away, taken back, deleted for good."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.text import uuids_of
from sharing.errors import told
from sharing.kinds import all_kinds, cover_of, kind_of
from sharing.models import Resource
from sharing.querysets import in_bin, visible_to
from sharing.reaching import reach_in
from sharing.services import bin as removal
from ui.back import back_of
from ui.french import agree, counted
from ui.navigation import entries

MOST = 200
NAMED = 10


@require_safe
def trashed(request: HttpRequest) -> HttpResponse:
    """What I threw away, of one application (`app`) or of all; the last thrown first."""
    asked = request.GET.get("app", "")
    apps = {kind.app: kind.app_label for kind in all_kinds() if not kind.own_bin}
    app = asked if asked in apps else ""
    found = in_bin(person_of(request), app=app)
    things = list(found.order_by("-trashed_at", "-pk")[: MOST + 1])
    context = {
        "lines": [{"thing": each, "kind": kind_of(each), "cover": _cover(each)} for each in things[:MOST]],
        "more": len(things) > MOST,
        "app": app,
        "apps": sorted(apps.items(), key=lambda pair: pair[1]),
        "back": _door(app),
    }
    return render(request, "sharing/bin.html", context)


@require_POST
def throw(request: HttpRequest) -> HttpResponse:
    """To the trash, with a way back in the message."""
    things = _chosen(request, visible_to(person_of(request), reach_in(request)))
    try:
        done = removal.throw(by=person_of(request), resources=things) if things else None
    except DomainError as error:
        messages.error(request, told(error, pupil=is_pupil(request)))
        return redirect(back_of(request, "sharing:bin"))
    if done is None:
        return _nothing(request)
    words = f"{_named(things)} {'est' if len(things) == 1 else 'sont'} à la corbeille."
    context = {
        "words": words,
        "act": reverse("sharing:bring_back"),
        "uuids": [each.uuid for each in things],
        "back": back_of(request, "sharing:bin"),
    }
    messages.success(request, render_to_string("ui/components/undo.html", context, request))
    back = back_of(request, "sharing:bin")
    # Its own page is no more.
    gone = any(str(each.uuid) in back for each in things)
    return redirect(_door(kind_of(things[0]).app) if gone else back)


@require_POST
def bring_back(request: HttpRequest) -> HttpResponse:
    """Out of the trash."""
    things = _chosen(request, in_bin(person_of(request)))
    if not things:
        return _nothing(request)
    try:
        removal.bring_back(by=person_of(request), resources=things)
    except DomainError as error:
        messages.error(request, told(error, pupil=is_pupil(request)))
    else:
        many = len(things)
        messages.success(request, f"{_named(things)} {'est' if many == 1 else 'sont'} de retour.")
    return redirect(back_of(request, "sharing:bin"))


@require_POST
def forever(request: HttpRequest) -> HttpResponse:
    """For good: first the page that says what goes; then, confirmed, the act."""
    things = _chosen(request, in_bin(person_of(request)))
    if not things:
        return _nothing(request)
    if "sur" not in request.POST:
        count = len(things)
        context = {
            "heading": f"Supprimer définitivement {_named(things)}\u00a0?",
            "button": f"Supprimer définitivement {counted(count, 'contenu') if count > 1 else ''}".strip(),
            "things": things[:NAMED],
            "more": max(0, count - NAMED),
            "ids": [each.uuid for each in things],
            "back": back_of(request, "sharing:bin"),
        }
        return render(request, "sharing/bin_forever.html", context)
    try:
        removal.erase(by=person_of(request), resources=things)
    except DomainError as error:
        messages.error(request, told(error, pupil=is_pupil(request)))
    else:
        count = len(things)
        messages.success(request, f"{counted(count, 'contenu')} {agree(count, 'supprimé')} définitivement.")
    return redirect(back_of(request, "sharing:bin"))


def _chosen(request: HttpRequest, within: QuerySet[Resource, Any]) -> list[Any]:
    wanted = uuids_of(request.POST.getlist("d")[:MOST])
    return list(within.filter(uuid__in=wanted).order_by("pk")) if wanted else []


def _nothing(request: HttpRequest) -> HttpResponse:
    words = "Choisis d’abord quelque chose." if is_pupil(request) else "Choisissez d’abord un contenu."
    messages.warning(request, words)
    return redirect(back_of(request, "sharing:bin"))


def _named(things: list[Any]) -> str:
    if len(things) > 1:
        return counted(len(things), "contenu")
    return f"«\u00a0{things[0].title}\u00a0»"


def _cover(thing: Resource) -> str:
    return cover_of(kind_of(thing))


def _door(app: str) -> str:
    """The application's own page, else this one."""
    door = entries.get(app)
    if door is not None and door.url_name:
        return reverse(door.url_name)
    return f"{reverse('sharing:bin')}?{urlencode({'app': app})}" if app else reverse("sharing:with_me")
