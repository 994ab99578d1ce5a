"""One request: its conversation, what is known of it, and what one does with it."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.requests import person_of
from core import clock
from core.errors import DomainError
from core.text import uuid_of
from documents.pieces import pieces_of
from support import lines
from support.enums import Category, Level, State, Urgency
from support.helping import Desk, desks_of, place_of
from support.models import Ticket
from support.querysets import canned_for, desk_of, messages_of
from support.rules import REOPENED_WITHIN, handles, helps, may_become, may_reopen, names_shown
from support.services import answer, canned, drafts, handle
from support.services.drafts import SPACE
from support.topics import topic_of, topics
from support.views.requests import back_to, helped_of, key_of, me_in, said, ticket_of, written
from ui import rich_text
from ui.parts import wants_part

_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TO_SAY = (
    (State.TAKEN, "Je m’en occupe"),
    (State.WAITING, "J’attends sa réponse"),
    (State.SOLVED, "C’est résolu"),
)


@require_safe
def index(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The request; its author has then seen what helpers did."""
    ticket = ticket_of(request, uuid)
    me, person = me_in(request), person_of(request)
    answer.look(by=person, ticket=ticket)
    desk = desk_of(ticket)
    helper, turn = helps(me, desk), handles(me, desk)
    said_so_far = messages_of(ticket, inside=helper)
    desks = desks_of(place_of(ticket), apart=[ticket.author_id])
    reopens = may_reopen(ticket.ended_at, clock.now())
    context: dict[str, Any] = {
        "ticket": ticket,
        "line": lines.line_of(me, ticket),
        "said": lines.conversation(me, ticket, said_so_far),
        "helper": helper,
        "turn": turn,
        "shown": names_shown(me, desk),
        "topic": topic_of(ticket.application),
        "page": page_shown(ticket, shown=names_shown(me, desk)),
        "way": _way(ticket, desks),
        "reopens": reopens,
        "reopened_within": REOPENED_WITHIN.days,
        "category": Category(ticket.category).label,
        "urgency": Urgency(ticket.urgency).label,
    }
    if turn:
        context |= _for_helper(ticket, desks)
    context |= _compose(request, ticket, writes=helper or reopens)
    return render(request, "support/ticket.html", context)


@require_POST
def reply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An answer, or a note; kept as one writes (`act=save`)."""
    ticket, person, act = ticket_of(request, uuid), person_of(request), request.POST.get("act", "")
    key, body = key_of(request), written(request)
    try:
        if act == "save":
            drafts.save(by=person, key=key, body=body)
            return HttpResponse(status=204) if wants_part(request) else back_to(request, ticket)
        if act == "insert":
            return _inserted(request, ticket, key, body)
        if ticket.author_id == person.pk:
            answer.say_more(by=person, ticket=ticket, body=body, key=key)
        elif act == "note":
            answer.note(by=person, ticket=ticket, body=body, key=key)
            messages.success(request, "Note ajoutée\u00a0: son auteur ne la verra pas.")
        else:
            to = request.POST.get("etat", "")
            state = State(to) if to in State.values else None
            answer.answer(by=person, ticket=ticket, body=body, to=state, key=key)
            messages.success(request, "Réponse envoyée.")
    except DomainError as error:
        _keep(person, key, body)
        return back_to(request, ticket, error)
    return redirect(f"{reverse('support:ticket', args=[uuid])}#dernier")


@require_POST
def state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where it stands, as whoever's turn it is says; its author, that it is settled."""
    ticket, to = ticket_of(request, uuid), request.POST.get("etat", "")
    try:
        if ticket.author_id == person_of(request).pk:
            answer.end(by=person_of(request), ticket=ticket)
            messages.success(request, "Demande close. Un message de votre part la rouvrira pendant un mois.")
        elif to in State.values:
            answer.change_state(by=person_of(request), ticket=ticket, to=State(to))
    except DomainError as error:
        return back_to(request, ticket, error)
    return back_to(request, ticket)


@require_POST
def assign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who follows it: oneself (`moi`), someone of its level, nobody."""
    ticket, asked = helped_of(request, uuid), request.POST.get("qui", "")
    person = person_of(request) if asked == "moi" else _helper(asked)
    if asked and person is None:
        raise Http404
    try:
        handle.assign(by=person_of(request), ticket=ticket, to=person)
    except DomainError as error:
        return back_to(request, ticket, error)
    return back_to(request, ticket)


@require_POST
def classify(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What it is about."""
    ticket = helped_of(request, uuid)
    category, urgency = request.POST.get("motif", ""), request.POST.get("urgence", "")
    try:
        handle.classify(
            by=person_of(request),
            ticket=ticket,
            category=Category(category) if category in Category.values else None,
            application=request.POST.get("sujet"),
            urgency=next((each for each in Urgency if str(each.value) == urgency), None),
        )
    except DomainError as error:
        return back_to(request, ticket, error)
    return back_to(request, ticket)


@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To another level: whether names are shown there is asked."""
    ticket, me = helped_of(request, uuid), me_in(request)
    if not handles(me, desk_of(ticket)):
        raise Http404
    problem, ways = "", handle.ways(ticket)
    to = next((each for each in ways if str(each.level.value) == request.POST.get("niveau", "")), None)
    names = request.POST.get("noms", "")
    if request.method == "POST":
        asked = to is not None and to.level > ticket.entry and names_shown(me, desk_of(ticket))
        if to is None:
            problem = "Choisissez un niveau."
        elif asked and names not in {"oui", "non"}:
            problem = "Dites si les noms peuvent être lus à ce niveau."
        else:
            try:
                handle.pass_on(by=person_of(request), ticket=ticket, to=to.level, names=names == "oui")
            except DomainError as error:
                problem = said(request, error)
            else:
                messages.success(request, f"La demande est transmise {to.level.to}.")
                return redirect("support:ticket", uuid=uuid)
    context = {
        "ticket": ticket,
        "line": lines.line_of(me, ticket),
        "ways": ways,
        "chosen": to,
        "names": names,
        "shown": names_shown(me, desk_of(ticket)),
        "problem": problem,
    }
    return render(request, "support/pass_on.html", context, status=422 if problem else 200)


def _inserted(request: HttpRequest, ticket: Ticket, key: UUID, body: str) -> HttpResponse:
    """An answer kept ready (`modele`), after what one is writing."""
    me, asked = me_in(request), uuid_of(request.POST.get("modele", ""))
    if asked is not None and handles(me, desk_of(ticket)):
        chosen = get_object_or_404(canned_for(ticket), uuid=asked)
        body += canned.filled(chosen, ticket, names=names_shown(me, desk_of(ticket)))
    drafts.save(by=person_of(request), key=key, body=body)
    return redirect(f"{reverse('support:ticket', args=[ticket.uuid])}#repondre")


def _compose(request: HttpRequest, ticket: Ticket, *, writes: bool) -> dict[str, Any]:
    """What one is writing."""
    if not writes:
        return {"draft": None}
    draft = drafts.draft_for(person_of(request), ticket)
    return {
        "draft": draft,
        "space": SPACE,
        "body": draft.body,
        "plain": rich_text.typed(draft.body),
        "pieces": pieces_of(SPACE, [draft.uuid])[draft.uuid],
        "pictures": reverse("pieces:picture", args=[SPACE, draft.uuid]),
    }


def _for_helper(ticket: Ticket, desks: list[Desk]) -> dict[str, Any]:
    here = next((each.people for each in desks if each.level == ticket.level), [])
    return {
        "helpers": here,
        "canned": list(canned_for(ticket)[:100]),
        "states": [(each.value, words) for each, words in TO_SAY],
        "next_states": [(each.value, words) for each, words in TO_SAY if may_become(ticket.state, each)],
        "categories": [(each.value, each.label) for each in Category],
        "urgencies": [(each.value, each.label) for each in Urgency],
        "topics": topics(),
        "passes": any(each.level >= ticket.entry and each.level != ticket.level for each in desks),
    }


def _way(ticket: Ticket, desks: list[Desk]) -> list[dict[str, Any]]:
    """The levels of a request, the first first: those that had it, the one that has it, those there may be."""
    levels = {each.level: each.people for each in desks if each.level >= ticket.entry}
    levels |= {Level(ticket.level): levels.get(Level(ticket.level), [])}
    return [
        {
            "level": level,
            "label": _desk_label(level),
            "people": levels[level][:3],
            "more": max(0, len(levels[level]) - 3),
            "state": "now" if level == ticket.level else "done" if level <= ticket.reached else "",
        }
        for level in sorted(levels)
    ]


def _desk_label(level: Level) -> str:
    """« École », « Circonscription (eRUN) »."""
    return "Circonscription (eRUN)" if level == Level.DISTRICT else level.label.capitalize()


def page_shown(ticket: Ticket, *, shown: bool) -> str:
    """The page that it tells; without the keys of people where names are hidden."""
    return ticket.page if shown else _KEY.sub("…", ticket.page)


def _helper(asked: str) -> User | None:
    found = uuid_of(asked)
    return User.objects.present().filter(uuid=found).first() if found else None


def _keep(person: User, key: UUID, body: str) -> None:
    """What was typed is not lost with a refusal."""
    try:
        drafts.save(by=person, key=key, body=body)
    except DomainError:
        return
