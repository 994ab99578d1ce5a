"""New passwords forced on a population: chosen, foreseen with its numbers, done by a job that one follows."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.enums import Profile
from accounts.models import User
from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.feeds import live
from admin_console.place import place_of
from admin_console.school.sections import for_a_school, school_of, show_section
from admin_console.school.views.sending import WHERE
from admin_console.school.words import PROFILES, counted_people, title
from core.errors import DomainError
from directory import password_jobs
from directory.authority import scopes_of
from directory.enums import Scope
from directory.querysets.administered import people_administered_by
from directory.rules import reaches_up_to
from directory.services.forced_passwords import Population, foresee
from ui.french import listed, unbroken
from ui.parts import wants_part

NAMED = 500  # logins that one leaves out


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def passwords(request: HttpRequest) -> HttpResponse:
    """Whom; then the numbers and what they will do; then, said again, the job."""
    me, post = person_of(request), request.POST
    mine = scopes_of(me, [school_of(request)])
    typed = post.get("sauf", "")
    people, unknown = _apart(me, typed)
    asked = Population(
        school=school_of(request),
        scope=Scope(post["ou"]) if post.get("ou") in Scope.values else Scope.SCHOOL,
        profiles=frozenset(Profile(each) for each in post.getlist("profil") if each in Profile.values),
        apart=frozenset(each.uuid for each in people),
        spared="administrateurs" in post or request.method != "POST",
    )
    problem, numbers = "", None
    if request.method == "POST":
        problem = _problem(asked, unknown)
        try:
            if not problem and post.get("act") == "go":
                job = password_jobs.start(by=me, asked=asked)
                return redirect(reverse("console:passwords_job", args=[job.uuid]) + place_of(request).query)
            numbers = None if problem else foresee(by=me, asked=asked)
        except DomainError as error:
            problem = unbroken(str(error))
    context: dict[str, Any] = {
        "asked": asked,
        "profiles": [(each.value, title(each), each in asked.profiles) for each in PROFILES],
        "places": [
            (each.value, WHERE[each], each == asked.scope) for each in Scope if reaches_up_to(mine, each)
        ],
        "typed": typed,
        "apart": people,
        "problem": problem,
        "numbers": None
        if numbers is None
        else [(counted_people(each.profile, each.people), each) for each in numbers],
        "total": sum(each.people for each in numbers or ()),
        "where": WHERE[asked.scope],
    }
    return show_section(request, "passwords", context, section="passwords", status=422 if problem else 200)


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def followed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far it is; then on how many it was. 404 for someone else's."""
    job = get_object_or_404(password_jobs.jobs_of(person_of(request)), uuid=uuid)
    here = reverse("console:passwords_job", args=[job.uuid])
    if wants_part(request):
        if job.finished:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "admin_console/feeds/_live.html", {"live": live.of_job(job, url=here)})
    context = {
        "job": job,
        "live": None if job.finished else live.of_job(job, url=here),
        "done": (job.result or {}).get("done", 0),
        "problem": job.problem or {},
    }
    return show_section(request, "passwords_job", context, section="passwords")


def _apart(me: User, typed: str) -> tuple[list[User], list[str]]:
    """Those whose logins were typed, and the logins that are nobody's."""
    logins = list(dict.fromkeys(typed.replace(",", " ").split()))[:NAMED]
    if not logins:
        return [], []
    people = list(people_administered_by(me).filter(username__in=logins).order_by("sort_name", "pk"))
    known = {each.username for each in people}
    return people, [each for each in logins if each not in known]


def _problem(asked: Population, unknown: list[str]) -> str:
    if not asked.profiles:
        return "Choisissez au moins un profil."
    if unknown:
        return unbroken(f"Ces identifiants ne sont à personne : {listed(unknown)}.")
    return ""
