"""Acts on the accounts chosen in the list: what one would do, then the job, then whom it left out."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.feeds import live
from admin_console.showing import show_in_console
from admin_console.users import bulk_words as words
from admin_console.users.listing import Asked, asked_of
from core.errors import DomainError
from core.text import uuid_of, uuids_of
from directory import bulk_jobs
from directory.enums import GroupKind
from directory.models import SchoolClass
from directory.querysets import classes_administered_by, groups_administered_by
from directory.querysets.accounts import classes_in
from directory.services.bulk_accounts import MOST, BulkAct, Order, choose, foresee
from ui.parts import wants_part

OFFERED = 300  # groups or classes in a menu


@dataclass(frozen=True, slots=True)
class Posted:
    """What the form of the list, or of the preview, brings."""

    asked: Asked
    act: BulkAct
    order: Order
    everything: bool
    uuids: list[UUID]

    def people(self, by: User) -> list[User]:
        """Those named; or, when everything was asked, what the filters list now. Raises TooManyAccounts."""
        named = None if self.everything else self.uuids[: MOST + 1]
        return choose(by=by, school=self.asked.school, filters=self.asked.filters, uuids=named)


@require_POST
@administrators_only
def preview(request: HttpRequest) -> HttpResponse:
    """On whom the act would be, and whom it would leave out; asks for what it needs first."""
    posted = _posted(request)
    if not posted.everything and not posted.uuids:
        return redirect(posted.asked.url())
    by = person_of(request)
    context: dict[str, Any] = {"back": posted.asked.url(), "act": posted.act, "posted": posted}
    context |= {"problem": "", "told": None, "targets": [], "words": words.of(posted.act), "sentence": ""}
    try:
        people = posted.people(by)
    except DomainError as problem:
        return show_in_console(
            request, "users/bulk", context | {"problem": str(problem)}, tab="users", status=problem.status
        )
    # Shown once, they are named: what comes meanwhile is not acted on.
    context["named"] = [str(person.uuid) for person in people]
    if posted.order.complete:
        told = foresee(by=by, order=posted.order, people=people)
        context |= {"told": told, "sentence": words.sentence(posted.order, told.count)}
    else:
        context["targets"] = _targets(request, posted)
    return show_in_console(request, "users/bulk", context, tab="users")


@require_POST
@administrators_only
def start(request: HttpRequest) -> HttpResponse:
    """Sends the act to the queue, and leads to its progress."""
    posted = _posted(request)
    by = person_of(request)
    if not posted.order.complete or not posted.uuids:
        return redirect(posted.asked.url())
    people = choose(by=by, school=None, filters=posted.asked.filters, uuids=posted.uuids[:MOST])
    job = bulk_jobs.start(by=by, order=posted.order, people=people)
    return redirect(reverse("console:users_act", args=[job.uuid]) + posted.asked.query())


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far the act is; then on how many it was, and whom it left out. 404 for someone else's."""
    job = get_object_or_404(bulk_jobs.jobs_of(person_of(request)), uuid=uuid)
    here = reverse("console:users_act", args=[job.uuid])
    if wants_part(request):
        if job.finished:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "admin_console/feeds/_live.html", {"live": live.of_job(job, url=here)})
    result = job.result or {}
    act = BulkAct(job.arguments["act"])
    context = {
        "job": job,
        "live": None if job.finished else live.of_job(job, url=here),
        "words": words.of(act),
        "done": words.done(act, result.get("done", 0)),
        "skipped": words.by_reason(result.get("skipped", [])),
        "back": asked_of(request).url(),
        "number": len(result.get("skipped", [])),
        "problem": job.problem or {},
    }
    return show_in_console(request, "users/bulk_followed", context, tab="users")


def _posted(request: HttpRequest) -> Posted:
    given = request.POST
    key = given.get("acte", "")
    if key not in BulkAct.values:
        raise Http404
    act = BulkAct(key)
    by = person_of(request)
    school_class = group = None
    target = uuid_of(given.get("cible"))
    if act == BulkAct.CLASS and target:
        classes = classes_administered_by(by).select_related("school")
        school_class = get_object_or_404(classes, uuid=target)
    if act == BulkAct.GROUP and target:
        group = get_object_or_404(_manual_groups(request), uuid=target)
    order = Order(
        act=act,
        school_class=school_class,
        group=group,
        reason=given.get("motif", "").strip()[:500],
        message=given.get("message", "").strip()[:500],
    )
    uuids = uuids_of(given.getlist("choisi"))
    return Posted(asked_of(request, given), act, order, given.get("tout") == "1", uuids)


def _manual_groups(request: HttpRequest) -> Any:
    groups = groups_administered_by(person_of(request)).filter(kind=GroupKind.MANUAL)
    return groups.select_related("school", "school_class")


def _targets(request: HttpRequest, posted: Posted) -> list[tuple[str, str]]:
    """The classes, or the manual groups, that one may add to."""
    school = posted.asked.school
    if posted.act == BulkAct.GROUP:
        groups = _manual_groups(request).order_by("school__name", "name", "pk")
        if school is not None:
            groups = groups.filter(school=school)
        return [(str(group.uuid), f"{group.name} ({group.school.name})") for group in groups[:OFFERED]]
    classes = classes_in(school) if school is not None else SchoolClass.objects.none()
    offered = classes.order_by("label", "pk")[:OFFERED]
    return [(str(each.uuid), each.label) for each in offered if school and each.year == school.class_year]
