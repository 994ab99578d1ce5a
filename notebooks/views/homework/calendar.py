"""The calendar of a pupil's homework: its addresses, for whom they are, and what a calendar reads there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.errors import DomainError
from core.text import uuid_of
from notebooks import homework_calendar as calendars
from notebooks.homework_reading import Homework
from notebooks.models import HomeworkCalendar
from notebooks.services import homework_calendars
from notebooks.views.homework.week import children_in
from notebooks.views.requests import is_pupil, person_of, say_no


@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """One's own addresses: of each child, or of oneself; made, renewed (`renouveler`)."""
    me = person_of(request)
    pupils = [me] if is_pupil(request) else children_in(request)
    if not pupils:
        raise Http404
    if request.method == "POST":
        asked = uuid_of(request.POST.get("eleve", ""))
        chosen = next((each for each in pupils if each.uuid == asked), None)
        if chosen is None:
            raise Http404
        anew = "renouveler" in request.POST
        act = homework_calendars.renew_calendar if anew else homework_calendars.open_calendar
        try:
            act(by=me, pupil=chosen)
        except DomainError as error:
            say_no(request, error)
        else:
            messages.success(
                request,
                "Nouvelle adresse\u00a0: l’ancienne ne donne plus rien." if anew else "Adresse créée.",
            )
        return redirect("notebooks:homework_calendar")
    rows = HomeworkCalendar.objects.filter(holder=me, pupil__in=pupils)
    known = {each.pupil_id: each for each in rows}
    lines = [(each, _address(request, known.get(each.pk))) for each in pupils]
    return render(request, "notebooks/homework/calendar.html", {"lines": lines})


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar reads at a secret address, without signing in: as rights are now."""
    found = homework_calendars.read_calendar(token)
    if found is None:
        raise Http404
    pupil, works = found
    events = [_event(request, pupil, work) for work in works]
    answer = HttpResponse(
        calendars.written(events, name=f"Devoirs de {pupil.first_name}"),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["Content-Disposition"] = 'inline; filename="devoirs.ics"'
    return answer


def _address(request: HttpRequest, calendar: HomeworkCalendar | None) -> str:
    if calendar is None:
        return ""
    token = homework_calendars.token_of(calendar)
    return request.build_absolute_uri(reverse("notebooks:homework_feed", args=[token]))


def _event(request: HttpRequest, pupil: User, work: Homework) -> calendars.Event:
    entry = work.entry
    title = f"{entry.subject}\u00a0: {work.name}" if entry.subject else work.name
    length = f"Temps prévu\u00a0: {work.length}" if work.length else ""
    return calendars.Event(
        key=entry.uuid,
        day=entry.due_on,
        title=f"{'✓ ' if work.done else ''}{title}",
        text="\n".join(filter(None, [entry.text, length])),
        changed_at=entry.changed_at,
        url=request.build_absolute_uri(reverse("notebooks:homework_entry", args=[entry.uuid])),
    )
