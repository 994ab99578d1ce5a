"""The door of a class: who am I, then my three pictures. No reading needed, and no script."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import pictures, sessions
from accounts.addresses import client_address
from accounts.attempts import Cap
from accounts.errors import KeptOut, SignInRefused, TooManyAttempts
from accounts.middleware import kept_out
from accounts.pictures import Picture
from core import clock
from directory import class_sheet as rules
from directory.errors import OutOfReach
from directory.models import ClassSheet
from directory.querysets.class_sheets import hangs_on, is_open_now, pupils_behind, sheet_at
from directory.services import class_sheet as service
from ui.french import NBSP

KIND = "class-sheet"
# Links that lead nowhere, from one address: nobody looks for a class by trying.
PER_ADDRESS = 40
QUARTER = 15 * 60
WRONG = f"Ce ne sont pas tes images. Essaie encore{NBSP}!"
WAIT = "Attends un peu. Tu peux demander à ta maitresse ou à ton maitre."


@login_not_required
@never_cache
@require_safe
def pupils(request: HttpRequest, link: str) -> HttpResponse:
    """The pupils of the class who have pictures, by first name. An old link is no link."""
    sheet = _sheet(request, link)
    if sheet is None:
        return _shut(request)
    context = {"sheet": sheet, "link": rules.read(link), "pupils": pupils_behind(sheet)}
    return render(request, "directory/account/class_door.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("picture", "chosen")
@require_http_methods(["GET", "HEAD", "POST"])
def chosen(request: HttpRequest, link: str, uuid: UUID) -> HttpResponse:
    """Three pictures, one after the other; the third opens, or begins again."""
    sheet = _sheet(request, link)
    behind = pupils_behind(sheet) if sheet is not None else []
    pupil = next((each for each in behind if each.person.uuid == uuid), None)
    if sheet is None or pupil is None:
        return _shut(request)
    picked, said, status = _picked(request), "", 200
    if len(picked) == pictures.LENGTH:
        try:
            person = service.enter(
                sheet=sheet, pupil=pupil.person, chosen=picked, address=client_address(request)
            )
        except SignInRefused:
            said = WRONG
        except TooManyAttempts as refused:
            said, status = WAIT, refused.status
        except KeptOut as refused:
            return kept_out(request, refused.refusal)
        except OutOfReach:
            return _shut(request)
        else:
            zone = sheet.school_class.school.academy.time_zone
            until = rules.session_ends(clock.now(), by_day=sheet.by_day, zone=zone)
            key = hangs_on(sheet, person)
            sessions.begin_low(request, person, kind=KIND, key=key, until=until)
            return redirect("/")
        picked = []
    context = {
        "link": rules.read(link),
        "pupil": pupil,
        "pictures": list(Picture),
        "picked": picked,
        "steps": [len(picked) > n for n in range(pictures.LENGTH)],
        "wrong": said,
    }
    return render(request, "directory/account/class_door_pictures.html", context, status=status)


def _picked(request: HttpRequest) -> list[Picture]:
    """What was chosen so far, with the picture just touched; nothing where a name is none of ours."""
    if request.method != "POST" or "again" in request.POST:
        return []
    former = request.POST.get("chosen", "").split()
    return pictures.read([*former, request.POST.get("picture", "")])[: pictures.LENGTH]


def _sheet(request: HttpRequest, link: str) -> ClassSheet | None:
    """The sheet of this link whose door is open now; None past so many links that lead nowhere."""
    try:
        tried = Cap("class-link", client_address(request), times=PER_ADDRESS, seconds=QUARTER)
    except TooManyAttempts:
        return None
    sheet = sheet_at(link)
    if sheet is None:
        return None
    tried.succeeded()
    return sheet if is_open_now(sheet) else None


def _shut(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/account/class_door_shut.html", status=404)
