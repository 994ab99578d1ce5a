"""Two decisions, each on a page that says what will happen before it does."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.feeds import telling
from admin_console.feeds.views.run import run_of
from admin_console.showing import show_in_console
from core.errors import DomainError
from feeds.enums import RunState
from feeds.models import FeedRun
from feeds.rules import waits
from feeds.services import decide
from feeds.services.send import kept_job
from feeds.services.undo_run import check_undo
from feeds.services.uploads import NoLongerKept


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def apply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Apply a run that waits, accepting the departures that it tells, or a dry run's files for good."""
    run = run_of(request, uuid)
    accept = telling.needs_acceptance(run)
    error: DomainError | None = None
    if request.method == "POST":
        try:
            job = decide.start_apply(by=person_of(request), run=run, accept_departures=accept)
        except decide.NotYourRun:
            raise Http404 from None
        except DomainError as said:
            error = said
        else:
            return redirect("console:job", uuid=job.uuid)
    dry = run.state == RunState.DRY
    context = {
        **telling.head(run),
        "dry": dry,
        "accept": accept,
        "counts": telling.counts(run),
        "actions": telling.ACTIONS,
        "held": telling.held(run),
        "refusal": telling.refusal(run),
        "why_not": str(error) if error else _why_not_apply(run),
    }
    return show_in_console(
        request, "feeds/apply", context, tab="feeds", status=error.status if error else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back what a run did; the page says what it will not touch."""
    run = run_of(request, uuid)
    error: DomainError | None = None
    try:
        check_undo(run)
        if request.method == "POST":
            job = decide.start_undo(by=person_of(request), run=run)
            return redirect("console:job", uuid=job.uuid)
    except decide.NotYourRun:
        raise Http404 from None
    except DomainError as said:
        error = said
    context = {
        **telling.head(run),
        "counts": telling.counts(run),
        "actions": telling.ACTIONS,
        "why_not": str(error) if error else "",
    }
    status = error.status if error and request.method == "POST" else 200
    return show_in_console(request, "feeds/undo", context, tab="feeds", status=status)


def _why_not_apply(run: FeedRun) -> str:
    if run.state == RunState.DRY:
        return "" if kept_job(run) is not None else str(NoLongerKept())
    return "" if waits(run) else "Cette alimentation n’attend aucune décision."
