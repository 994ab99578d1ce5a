"""Mes applis: every door as a tile, those at hand marked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from home.services import favourites
from sharing.errors import told
from ui import navigation
from ui.back import back_of

# The page itself, and the one that favourites stand on.
LEFT_OUT = frozenset({"home", "apps"})


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The doors of the shell, each with its star."""
    context = {"at_hand": favourites.favourites_of(person_of(request)), "left_out": LEFT_OUT}
    return render(request, "home/apps.html", context)


@require_POST
def favourite(request: HttpRequest) -> HttpResponse:
    """Marks the door `app`, or takes its mark away (`enlever`); a 404 for one that does not open."""
    me, key = person_of(request), request.POST.get("app", "")
    if key not in opening(request):
        raise Http404
    try:
        if "enlever" in request.POST:
            favourites.unmark(by=me, key=key)
        else:
            favourites.mark(by=me, key=key)
    except DomainError as error:
        messages.error(request, told(error, pupil=is_pupil(request)))
    return redirect(back_of(request, "home:apps"))


def opening(request: HttpRequest) -> dict[str, navigation.Door]:
    """The doors that open to whoever asks and may be marked, by key."""
    return {door.entry.key: door for door in navigation.doors(request) if door.entry.key not in LEFT_OUT}
