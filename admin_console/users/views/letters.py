"""Courriers: whose letters, how many and for whom a code; then the file, or the mails."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts import sessions
from accounts.requests import person_of
from admin_console.access import administrators_only
from admin_console.feeds import live
from admin_console.place import place_of, speak_of
from admin_console.showing import show_in_console
from admin_console.users.letters import CHOSEN, PEOPLE, LettersPage, letters_page
from core.errors import DomainError
from core.models import JobState
from core.storage.serve import disposition
from directory import letters_job
from directory.letters import tallies
from directory.querysets import schools_administered_by
from directory.services.letters import letters_of, mail_letters
from schools.models import School
from ui.french import counted
from ui.parts import wants_part

TAB = "users"


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@administrators_only
def letters(request: HttpRequest) -> HttpResponse:
    """What would be printed, class by class; posted, for the accounts chosen in the list (nothing is written)."""
    page = _page(request)
    school = page.place.school
    if school is None:
        return show_in_console(request, "users/letters_school", {}, tab=TAB)
    chosen = letters_of(by=person_of(request), school=school, asked=page.asked)
    told = tallies(chosen.letters)
    named = {letter.person.uuid for letter in chosen.letters} | {each.uuid for each in chosen.kept_back}
    context = {
        "page": page,
        "menus": [] if page.people else page.menus(school),
        "tallies": told,
        "number": len(chosen.letters),
        "new": sum(len(tally.new) for tally in told),
        "mailable": sum(tally.mailable for tally in told),
        "kept_back": chosen.kept_back,
        "without": sum(uuid not in named for uuid in page.people),
    }
    return show_in_console(request, "users/letters", context, tab=TAB)


@require_POST
@administrators_only
def start(request: HttpRequest) -> HttpResponse:
    """Starts the drawing; followed to its file."""
    page = _page(request)
    school = _school(page)
    layout = request.POST.get("layout", "")
    if layout not in letters_job.LAYOUTS:
        raise Http404
    renew = request.POST.get("renew") == "1"
    try:
        sessions.require_full_assurance(request)
        job = letters_job.start(
            by=person_of(request), school=school, asked=page.asked, layout=layout, renew=renew
        )
    except DomainError as problem:
        messages.error(request, str(problem))
        return redirect(page.url())
    return redirect("console:letters_job", uuid=job.uuid)


@require_POST
@administrators_only
def mail(request: HttpRequest) -> HttpResponse:
    """Writes to those who never signed in and whose address is known."""
    page = _page(request)
    try:
        sessions.require_full_assurance(request)
        sent = mail_letters(by=person_of(request), school=_school(page), asked=page.asked)
    except DomainError as problem:
        messages.error(request, str(problem))
    else:
        if sent:
            messages.success(request, f"{counted(sent, 'message part', 'messages partent')} maintenant.")
        else:
            messages.info(request, "Aucun message à envoyer : ces personnes en ont reçu un aujourd’hui.")
    return redirect(page.url())


@require_safe
@vary_on_headers("HX-Request")
@administrators_only
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far the drawing is, then its file, for whoever asked."""
    person = person_of(request)
    job = get_object_or_404(letters_job.jobs_of(person), uuid=uuid)
    school = get_object_or_404(schools_administered_by(person), uuid=job.school)
    place = speak_of(request, school)
    following = None
    if not job.finished:
        following = live.of_job(job, url=reverse("console:letters_job", args=[uuid]))
        if wants_part(request):
            context: dict[str, Any] = {"live": following}
            return show_in_console(request, "users/letters_live", context, tab=TAB)
    elif wants_part(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "job": job,
        "live": following,
        "ready": letters_job.file_of(person, uuid) is not None,
        "done": job.state == JobState.DONE,
        "count": (job.result or {}).get("letters", 0),
        "problem": job.problem or {},
        "back": LettersPage(place).url(),
    }
    return show_in_console(request, "users/letters_job", context, tab=TAB)


@never_cache
@require_safe
@administrators_only
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The PDF, for whoever asked and for some hours; no cache keeps the codes that it holds."""
    found = letters_job.file_of(person_of(request), uuid)
    if found is None:
        raise Http404
    drawn, name = found
    headers = {"Content-Disposition": disposition(name, inline=False)}
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)


def _page(request: HttpRequest) -> LettersPage:
    """Filters come by the address, people chosen by either."""
    given = request.POST if request.method == "POST" else request.GET
    people = [
        *request.GET.getlist(PEOPLE),
        *request.POST.getlist(PEOPLE),
        *request.POST.getlist(CHOSEN),
    ]
    return letters_page(place_of(request), given, people)


def _school(page: LettersPage) -> School:
    if page.place.school is None:
        raise Http404
    return page.place.school
