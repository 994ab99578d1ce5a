"""What the turn of the year will end among one's own productions, and keeping them for people by name."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions
from accounts.enums import Profile
from core.errors import DomainError
from core.text import uuids_of
from directory.annuaire.viewer import viewer_of
from rollover.services.keep import keep_by_name
from rollover.services.preview import EndingThing, preview_person
from ui.french import agree, counted, listed, unbroken

WORDS = {
    Profile.PUPIL: "élève",
    Profile.RELATIVE: "parent",
    Profile.TEACHER: "enseignant",
    Profile.STAFF: "personnel",
    Profile.GUEST: "invité",
}


def prepares(request: HttpRequest) -> bool:
    """Whether somebody who teaches or works in a school is signed in."""
    profile = getattr(request.user, "profile", None)
    return profile in (Profile.TEACHER, Profile.STAFF)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What stays, what will no longer be seen and by whom."""
    if not prepares(request):
        raise Http404
    found = preview_person(viewer_of(request).person)
    lines = [_line(thing) for thing in found.things]
    return render(request, "rollover/mine.html", {"lines": lines, "unchanged": found.unchanged})


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """« Garder pour elles par leur nom »: one thing, or all of them."""
    if not prepares(request):
        raise Http404
    person = viewer_of(request).person
    try:
        sessions.require_full_assurance(request)
        kept = keep_by_name(by=person, resources=_chosen(request))
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
        return redirect("rollover:mine")
    if not kept.things:
        messages.warning(request, "Rien n’est à garder : ces contenus ne prennent pas fin.")
        return redirect("rollover:mine")
    messages.success(
        request,
        unbroken(
            f"{counted(kept.things, 'production')} {agree(kept.things, 'gardée')} au nom de "
            f"{counted(kept.people, 'personne')}."
        ),
    )
    if kept.left_out:
        messages.warning(request, unbroken(f"Vous ne pouvez pas partager avec : {listed(kept.left_out)}."))
    return redirect("rollover:mine")


def _chosen(request: HttpRequest) -> set[UUID]:
    chosen = set(uuids_of(request.POST.getlist("garder")))
    if "tout" in request.POST:
        chosen |= {thing.resource.uuid for thing in preview_person(viewer_of(request).person).things}
    return chosen


def _line(thing: EndingThing) -> dict[str, Any]:
    """A thing with whom it will be lost for: how many of each profile, from which groups, their names."""
    people = thing.people
    numbers = [
        {"profile": profile.value.lower(), "words": counted(number, word)}
        for profile, word in WORDS.items()
        if (number := sum(person.profile == profile for person in people))
    ]
    groups = list(dict.fromkeys(ending.group.label for ending in thing.endings))
    return {"thing": thing, "numbers": numbers, "groups": listed(groups), "people": people}
