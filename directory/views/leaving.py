"""The way out: what happens to one's account and when, what one may take, whether what was left may stay."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts import sessions, takeout_job
from accounts.enums import Profile
from accounts.errors import LowAssurance, NotLeaving
from accounts.leaving import leaving_of
from accounts.left_behind import LeftThings, left_by
from accounts.middleware import open_to_pre_deleted
from accounts.models import User
from accounts.requests import person_of
from accounts.services import objection
from core.storage.serve import serve
from ui.parts import wants_part

STAYS = {"oui": True, "non": False}
BARE, SHELL = "ui/bare.html", "ui/shell.html"


@require_safe
@never_cache
@open_to_pre_deleted
def leaving(request: HttpRequest) -> HttpResponse:
    """Of whoever is absent: the days to come, and what they may do until then. It is the one page left to whoever
    is pre-deleted."""
    person = whole(request)
    days = leaving_of(person)
    if days is None:
        return redirect("/")
    context = {"leaving": days, "left": _by_application(left_by(person)), **takeout_told(request, person)}
    return render(request, "directory/account/leaving.html", context)


@require_POST
@open_to_pre_deleted
def choose(request: HttpRequest) -> HttpResponse:
    """Whether what one left in shared spaces may stay."""
    stays = STAYS.get(request.POST.get("reste", ""))
    person = whole(request)
    pupil = person.profile == Profile.PUPIL
    if stays is None:
        messages.error(request, "Choisis une réponse." if pupil else "Choisissez une réponse.")
        return redirect("account:leaving")
    try:
        objection.say_what_stays(by=person, stays=stays)
    except (LowAssurance, NotLeaving) as refused:
        messages.error(request, str(refused))
    else:
        said = "peut rester" if stays else "partira avec le compte"
        whose = "ce que tu as laissé" if pupil else "ce que vous avez laissé"
        messages.success(request, f"C’est noté\u00a0: {whose} {said}.")
    return redirect("account:leaving")


@require_safe
@never_cache
@vary_on_headers("HX-Request")
@open_to_pre_deleted
def takeout(request: HttpRequest) -> HttpResponse:
    """« Télécharger mes contenus »: asked for, under way, or there to be taken."""
    context = takeout_told(request, whole(request))
    if wants_part(request):
        return render(request, "directory/account/takeout.html#archive", context)
    return render(request, "directory/account/takeout.html", context)


@require_POST
@open_to_pre_deleted
def start_takeout(request: HttpRequest) -> HttpResponse:
    """Asks for the archive: the one of this hour, where there is one."""
    try:
        takeout_job.ask(by=whole(request))
    except LowAssurance as refused:
        messages.error(request, str(refused))
    return redirect("account:takeout")


@require_safe
@open_to_pre_deleted
def takeout_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The archive, for its person alone."""
    try:
        found = takeout_job.file_of(whole(request), uuid)
    except LowAssurance as refused:
        messages.error(request, str(refused))
        return redirect("account:takeout")
    if found is None or found.blob is None:
        raise Http404
    return serve(request, blob=found.blob, name=found.name)


def takeout_told(request: HttpRequest, person: User) -> dict[str, Any]:
    """Where the archive of one's contents stands, as its part of a page tells it."""
    standing = takeout_job.standing_of(person)
    return {
        "frame": frame_of(person),
        "person": person,
        "pupil": person.profile == Profile.PUPIL,
        "low": sessions.assurance_of(request) is sessions.Assurance.LOW,
        "archive": standing,
        "step": standing.job.progress.get("label", "") if standing and standing.job else "",
        "days": settings.CARTABLE_TAKEOUT_DAYS,
    }


def whole(request: HttpRequest) -> User:
    """The person with every column: the request's own holds a few."""
    return User.objects.get(pk=person_of(request).pk)


def frame_of(person: User) -> str:
    """The frame of a page that stays open: the shell's doors are closed to whoever is pre-deleted."""
    return BARE if person.pre_deleted_on is not None else SHELL


def _by_application(lines: list[LeftThings]) -> list[dict[str, Any]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(line.app, []).append(line.text)
    return [{"app": app, "texts": texts} for app, texts in found.items()]
