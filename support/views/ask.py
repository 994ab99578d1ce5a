"""Asking for help: a form that knows the page one came from, files, and who will read it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import person_of
from core.errors import DomainError
from core.text import uuid_of
from documents.pieces import pieces_of
from schools.models import School
from support.browsers import in_words
from support.enums import Category, Level, Urgency
from support.help.reader import reader_of
from support.help.search import about
from support.helping import desks_of, place_for, schools_of
from support.models import TicketMessage
from support.services import drafts
from support.services.ask import Asked, ask
from support.services.drafts import SPACE
from support.topics import open_topics, topic_at
from support.views.requests import for_askers, key_of, me_in, page_told, said, written
from ui import rich_text
from ui.parts import wants_part

SUGGESTED = 3


@for_askers
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The form; sent, it is a request. Kept as one writes (`act=save`), thrown away (`act=throw`)."""
    if request.method != "POST":
        return _form(request)
    act, key = request.POST.get("act", "save"), key_of(request)
    if act == "throw":
        drafts.discard(by=person_of(request), key=key)
        return redirect("support:mine")
    if act == "send":
        return _send(request, key)
    try:
        drafts.save(by=person_of(request), key=key, body=written(request), data=_chosen(request))
    except DomainError as error:
        raise Http404 from error
    return HttpResponse(status=204) if wants_part(request) else redirect(_address(key))


@for_askers
@require_http_methods(["GET", "HEAD"])
def recipients(request: HttpRequest) -> HttpResponse:
    """Who reads a request of the school chosen."""
    return render(request, "support/ask.html#recipients", _recipients(request))


def _send(request: HttpRequest, key: UUID) -> HttpResponse:
    chosen = _chosen(request)
    asked = Asked(
        subject=chosen["subject"],
        body=written(request),
        category=_category(chosen["category"]),
        application=chosen["application"],
        urgency=_urgency(chosen["urgency"]),
        school=_school(request),
        page=chosen["page"],
        browser=in_words(request.headers.get("User-Agent", "")),
    )
    try:
        ticket = ask(by=person_of(request), key=key, asked=asked)
    except DomainError as error:
        if error.status == 404:
            raise Http404 from error
        return _form(request, problem=said(request, error))
    messages.success(request, f"Votre demande {ticket.number} est partie {Level(ticket.level).to}.")
    return redirect("support:ticket", uuid=ticket.uuid)


def _form(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    me, person = me_in(request), person_of(request)
    draft = _draft(request)
    if problem:
        chosen, body = _chosen(request), rich_text.clean(written(request))
    else:
        chosen, body = _begun(request, draft), draft.body if draft else ""
    key = draft.uuid if draft else uuid_of(request.POST.get("cle", "")) or uuid4()
    page = chosen["page"]
    here = topic_at(page) if page else None
    schools = list(schools_of(me))
    context = {
        "key": key,
        "space": SPACE,
        "chosen": chosen,
        "body": body,
        "plain": rich_text.typed(body),
        "pictures": reverse("pieces:picture", args=[SPACE, key]),
        "pieces": pieces_of(SPACE, [key])[key],
        "topics": open_topics(request, administrators=me.administers_something),
        "categories": [(each.value, each.label) for each in Category],
        "urgencies": [(each.value, each.label) for each in Urgency],
        "schools": schools,
        "page": page,
        "here": here,
        "browser": in_words(request.headers.get("User-Agent", "")),
        "suggested": about(reader_of(request), here.key)[:SUGGESTED] if here and here.key else [],
        "problem": problem,
        "begun": None if draft or problem else drafts.begun_by(person),
        "name": person.full_name,
        **_recipients(request),
    }
    return render(request, "support/ask.html", context, status=422 if problem else 200)


def _draft(request: HttpRequest) -> TicketMessage | None:
    key = uuid_of(request.POST.get("cle") or request.GET.get("cle") or "")
    return drafts.draft_of(person_of(request), key) if key else None


def _begun(request: HttpRequest, draft: TicketMessage | None) -> dict[str, Any]:
    """What was chosen already; else what the address and the page one came from say."""
    if draft is not None and draft.data:
        return _empty() | dict(draft.data)
    page = page_told(request)
    category = request.GET.get("motif", "")
    return _empty() | {
        "page": page,
        "application": request.GET.get("sujet", "") or (topic_at(page).key if page else ""),
        "category": category if category in Category.values else "",
    }


def _empty() -> dict[str, Any]:
    return {
        "subject": "",
        "category": "",
        "application": "",
        "urgency": str(Urgency.NORMAL.value),
        "school": "",
        "page": "",
    }


def _chosen(request: HttpRequest) -> dict[str, Any]:
    return {
        "subject": request.POST.get("objet", "")[:150],
        "category": request.POST.get("motif", "")[:10],
        "application": request.POST.get("sujet", "")[:40],
        "urgency": request.POST.get("urgence", "")[:2],
        "school": request.POST.get("ecole", "")[:40],
        "page": page_told(request) if request.POST.get("depuis") else "",
    }


def _category(value: str) -> Category:
    return Category(value) if value in Category.values else Category.OTHER


def _urgency(value: str) -> Urgency:
    known = {str(each.value): each for each in Urgency}
    return known.get(value, Urgency.NORMAL)


def _school(request: HttpRequest) -> School | None:
    """The school chosen, of theirs; else their first."""
    asked = uuid_of(request.POST.get("ecole") or request.GET.get("ecole") or "")
    mine = schools_of(me_in(request))
    return (mine.filter(uuid=asked).first() if asked else None) or mine.first()


def _recipients(request: HttpRequest) -> dict[str, Any]:
    """Who reads a request of the school chosen, and why it is not the school first where it is not."""
    person, me, school = person_of(request), me_in(request), _school(request)
    desks = desks_of(place_for(person, me, school), apart=[person.pk])
    direct = ""
    if school is not None and desks and desks[0].level != Level.SCHOOL:
        alone = school.pk in me.administered_schools
        why = (
            "Vous êtes seul à administrer l’ENT de votre école"
            if alone
            else f"Personne n’administre l’ENT de {school.name}"
        )
        direct = f"{why}\u00a0: votre demande va directement {desks[0].level.to}."
    return {"desks": desks, "direct": direct}


def _address(key: UUID) -> str:
    return f"{reverse('support:ask')}?cle={key}"
