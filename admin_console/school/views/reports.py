"""Messages reported in a school: the list, one with its evidence and what may be done about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import Profile
from accounts.models import User
from accounts.requests import person_of
from admin_console.access import standpoint
from admin_console.place import PARAMETER
from admin_console.school.sections import back_to, for_a_school, school_of, show_section
from admin_console.school.words import PROFILES
from core.errors import DomainError
from directory.querysets.administered import people_administered_by
from messaging.care import reports_in, reports_visible_to
from messaging.enums import Reason
from messaging.lines import NO_SUBJECT
from messaging.models import Report
from messaging.news import REPORTED, lead_to
from messaging.querysets import attachments_of
from messaging.services.reports import handle, opened
from timeline.models import Event
from ui.french import moment_year, unbroken

PAGE = 40


@require_safe
@for_a_school
def reports(request: HttpRequest) -> HttpResponse:
    """Those that wait first; of each, who reported what of whom, and why: nothing of the text."""
    rows = _reports(request).order_by("closed_at", "-at", "-pk")
    waiting = rows.filter(closed_at__isnull=True)
    done = Paginator(rows.filter(closed_at__isnull=False).order_by("-closed_at", "-pk"), PAGE)
    page = done.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "waiting": [_line(each) for each in waiting[:PAGE]],
        "handled": [_line(each) for each in page],
        "page": page,
    }
    return show_section(request, "reports", context, section="reports")


@require_safe
@for_a_school
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One report: the message as it was received. Whoever opens it is written in the log."""
    found = get_object_or_404(_reports(request), uuid=uuid)
    opened(by=person_of(request), report=found)
    author = found.message.author
    mine = author is not None and people_administered_by(person_of(request)).filter(pk=author.pk).exists()
    closed_by = User.everyone.filter(uuid=found.closed_by).first() if found.closed_by else None
    context = {
        "report": found,
        "line": _line(found),
        "message": found.message,
        "files": attachments_of([found.message])[found.message_id],
        "author_card": reverse("console:user", args=[author.uuid]) if mine and author else "",
        "closed_by": closed_by.full_name if closed_by else "",
    }
    return show_section(request, "report", context, section="reports")


@require_POST
@for_a_school
def handled(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Marked as handled, with a note."""
    found = get_object_or_404(_reports(request), uuid=uuid)
    try:
        handle(by=person_of(request), report=found, note=request.POST.get("note", ""))
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, "Le signalement est traité.")
    return back_to(request, "reports")


def report_url(event: Event) -> str:
    """Where *Nouveautés* leads."""
    asked = f"?{PARAMETER}={event.school.uuid}" if event.school else ""
    return reverse("console:report", args=[event.about]) + asked


def register() -> None:
    """To be called in `ready()`."""
    lead_to(REPORTED, report_url)


def _reports(request: HttpRequest) -> Any:
    return reports_in(reports_visible_to(person_of(request), standpoint(request)), school_of(request))


def _line(report: Report) -> dict[str, Any]:
    profile = PROFILES[Profile(report.reporter_profile)][0]
    return {
        "report": report,
        "url": reverse("console:report", args=[report.uuid]),
        "subject": report.message.subject or NO_SUBJECT,
        "author": report.message.author_name,
        "author_profile": PROFILES[Profile(report.message.author_profile)][0],
        "reporter": f"{report.reporter_name} ({profile})",
        "reason": Reason(report.reason).label,
        "at": moment_year(report.at),
    }
