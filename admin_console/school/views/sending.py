"""Messages of the school's people: who wrote to how many, and sending stopped in one click."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import Profile
from accounts.models import User
from accounts.requests import person_of
from admin_console.place import PARAMETER
from admin_console.school.sections import back_to, for_a_school, school_of, show_section
from admin_console.school.words import PROFILES, title
from core import clock
from core.errors import DomainError
from core.text import uuid_of
from directory.authority import scopes_of
from directory.enums import Scope
from directory.querysets.administered import people_administered_by
from directory.rules import reaches_up_to
from messaging.care import alerts_of
from messaging.enums import Sign
from messaging.models import Alert, Stop
from messaging.news import ALERT, lead_to
from messaging.querysets import sent_lately, stops_of
from messaging.services.alerts import close, end_access
from messaging.services.stops import let_send, scope_of, stop_sending
from timeline.models import Event
from ui.french import moment_year, unbroken

DAYS = 30
SHOWN = 50
EVERYBODY = "tous"
WHERE = {
    Scope.SCHOOL: "dans cette école",
    Scope.DISTRICT: "dans toute la circonscription",
    Scope.ACADEMY: "dans toute l’académie",
    Scope.PLATFORM: "partout",
}


@require_safe
@for_a_school
def messages_sent(request: HttpRequest) -> HttpResponse:
    """What stops sending now; who sent what to how many, this month. No body is shown."""
    school = school_of(request)
    stops = list(stops_of(school))
    names = User.everyone.filter(uuid__in={each.by for each in stops}).names()
    mine = scopes_of(person_of(request), [school])
    context: dict[str, Any] = {
        "alerts": [_alert(each) for each in alerts_of(school)[:SHOWN]],
        "stops": [_line(each, names.get(each.by, ""), mine) for each in stops],
        "profiles": [(EVERYBODY, "Tout le monde"), *((each.value, title(each)) for each in PROFILES)],
        "places": [(each.value, WHERE[each]) for each in Scope if reaches_up_to(mine, each)],
        "sent": list(sent_lately(school, clock.now() - timedelta(days=DAYS))[:SHOWN]),
        "days": DAYS,
    }
    return show_section(request, "messages", context, section="messages")


@require_POST
@for_a_school
def stop(request: HttpRequest) -> HttpResponse:
    """One button: from now, until it is let go on."""
    profile, scope = request.POST.get("profil", ""), request.POST.get("ou", "")
    try:
        stop_sending(
            by=person_of(request),
            school=school_of(request),
            scope=Scope(scope) if scope in Scope.values else Scope.SCHOOL,
            profile=Profile(profile) if profile in Profile.values else None,
            person=_person(request),
            reason=request.POST.get("raison", "").strip(),
        )
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, "Les envois sont arrêtés. Ce qui est écrit reste dans les brouillons.")
    return back_to(request, "school_messages")


@require_POST
@for_a_school
def alert(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is done about an account that writes like a stolen one: its password opens nothing any more and
    its sessions end (`renew`), or nothing is to be done; shown no more either way."""
    me = person_of(request)
    found = get_object_or_404(alerts_of(school_of(request)), uuid=uuid)
    try:
        if request.POST.get("act") == "renew":
            end_access(by=me, alert=found)
            said = (
                f"Les sessions de {found.person.full_name} sont fermées, son mot de passe n’ouvre plus rien."
            )
        else:
            close(by=me, alert=found)
            said = "L’alerte est regardée."
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, said)
    return back_to(request, "school_messages")


@require_POST
@for_a_school
def resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """They send again."""
    school = school_of(request)
    found = get_object_or_404(stops_of(school), uuid=uuid)
    try:
        let_send(by=person_of(request), school=school, stop=found)
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, "Les envois reprennent.")
    return back_to(request, "school_messages")


def alert_url(event: Event) -> str:
    """Where *Nouveautés* and the mail lead."""
    asked = f"?{PARAMETER}={event.school.uuid}" if event.school else ""
    return reverse("console:school_messages") + asked


def register() -> None:
    """To be called in `ready()`."""
    lead_to(ALERT, alert_url)


def _person(request: HttpRequest) -> User | None:
    """The one person whose sending is to stop; 404 for one out of scope."""
    asked = request.POST.get("personne", "")
    if not asked:
        return None
    return get_object_or_404(people_administered_by(person_of(request)), uuid=uuid_of(asked))


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "alert": alert,
        "sign": Sign(alert.sign).label,
        "at": moment_year(alert.at),
        "card": reverse("console:user", args=[alert.person.uuid]),
    }


def _line(stop: Stop, by: str, mine: set[Scope]) -> dict[str, Any]:
    scope = scope_of(stop)
    return {
        "stop": stop,
        "who": _who(stop),
        "where": WHERE[scope],
        "said": f"depuis le {moment_year(stop.at)}" + (f", par {by}" if by else ""),
        "above": "" if reaches_up_to(mine, scope) else f"arrêtés par {scope.said}",
    }


def _who(stop: Stop) -> str:
    if stop.person is not None:
        return f"{stop.person.full_name} n’écrit plus"
    return title(Profile(stop.profile)) if stop.profile else "Tout le monde"
