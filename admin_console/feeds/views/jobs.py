"""A job followed by whoever started it, until its end."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.feeds import live
from admin_console.feeds.telling import REMEDIES
from admin_console.showing import show_in_console
from core.models import JobState
from feeds.querysets import own_job, run_of_job, runs_visible_to


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far a job is; at its end its report, or why it did not succeed. 404 for someone else's."""
    person = person_of(request)
    job = get_object_or_404(own_job(person, uuid))
    htmx = request.htmx  # type: ignore[attr-defined]
    if not job.finished:
        following = live.of_job(job)
        if htmx:
            return render(request, "admin_console/feeds/_live.html", {"live": following})
        return show_in_console(request, "feeds/job", {"job": job, "live": following}, tab="feeds")
    run = run_of_job(runs_visible_to(person), job)
    if job.state == JobState.DONE and run is not None:
        report = reverse("console:run", args=[run.uuid])
        return HttpResponse(headers={"HX-Redirect": report}) if htmx else redirect(report)
    if htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    problem = job.problem or {}
    sent = job.name == "feeds.import_upload"
    context = {
        "job": job,
        "live": None,
        "run": run,
        "problem": problem.get("title", ""),
        "remedy": REMEDIES.get(problem.get("type", ""), problem.get("detail", "")),
        "send_again": reverse("console:send") + (f"?ecole={job.school}" if job.school else "")
        if sent
        else "",
    }
    return show_in_console(request, "feeds/job", context, tab="feeds")
