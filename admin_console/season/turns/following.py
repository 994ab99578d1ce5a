"""A turn, its rehearsal or its undo, followed by whoever asked for it, until its end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person_of
from admin_console.access import administrators_only, standpoint
from admin_console.feeds import live
from admin_console.showing import show_in_console
from core.models import Job, JobState
from core.text import uuid_of
from feeds.querysets import own_job
from rollover.models import Rehearsal
from rollover.querysets import turnovers_visible_to
from ui.french import counted, unbroken

NAMES = ("rollover.roll", "rollover.rehearse", "rollover.undo")


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far it is; at its end the report of the school, or of the schools. 404 for someone else's."""
    job = get_object_or_404(own_job(person_of(request), uuid).filter(name__in=NAMES))
    htmx = request.htmx  # type: ignore[attr-defined]
    if not job.finished:
        following = live.of_job(job, url=reverse("console:turn_job", args=[job.uuid]))
        if htmx:
            return render(request, "admin_console/feeds/_live.html", {"live": following})
        return show_in_console(request, "season/turn_job", {"job": job, "live": following}, tab="overview")
    if htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if job.state == JobState.DONE:
        return _ended(request, job)
    problem = job.problem or {}
    context = {
        "job": job,
        "live": None,
        "problem": problem.get("title", ""),
        "remedy": problem.get("detail", ""),
    }
    return show_in_console(request, "season/turn_job", context, tab="overview")


def _ended(request: HttpRequest, job: Job) -> HttpResponse:
    """Said once, on the page that tells what came of it."""
    result = job.result or {}
    for note in result.get("notes", ()):
        messages.warning(request, unbroken(note))
    if job.name == "rollover.rehearse":
        made = Rehearsal.objects.filter(uuid__in=result.get("rehearsals", ())).select_related("school")
        told = f"La répétition est faite : {counted(len(made), 'école')}. Rien n’a changé."
        messages.success(request, unbroken(told))
        return (
            redirect("console:turn", uuid=made[0].school.uuid)
            if len(made) == 1
            else redirect("console:turns")
        )
    run = uuid_of(str(result.get("run", "")))
    found = list(turnovers_visible_to(standpoint(request)).filter(run=run)[:2]) if run else []
    said = "L’annulation est faite." if job.name == "rollover.undo" else "Le changement d’année est fait."
    messages.success(request, said)
    mine = [each for each in found if job.school is None or each.school.uuid == job.school]
    return redirect("console:turnover", uuid=mine[0].uuid) if len(mine) == 1 else redirect("console:turns")
