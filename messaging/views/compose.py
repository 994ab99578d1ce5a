"""Writing a message: one form, kept as a draft at each act, so that nothing typed is ever lost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.views.decorators.http import require_http_methods, require_safe

from core import audit, clock
from core.errors import DomainError
from core.storage.services import receive
from core.text import uuid_of
from directory.annuaire.viewer import viewer_of
from messaging import picker
from messaging.care import is_reviewed
from messaging.enums import Box, Line, State
from messaging.lines import LINES
from messaging.models import Copy, Message
from messaging.reach import Through
from messaging.services import boxes, send, writing
from messaging.services.deliver import morning_of
from messaging.services.writing import Target
from messaging.views.drafts import draft_begun, draft_of, files_of
from messaging.views.requests import is_pupil, person_of, said
from ui import rich_text
from ui.french import counted, moment, unbroken
from ui.parts import wants_part

SENDS = {"send", "plan"}  # they settle the pictures themselves


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new message, or a draft taken up (`brouillon`)."""
    if request.method == "POST":
        return _act(request)
    draft = draft_of(person_of(request), request.GET.get("brouillon", ""))
    values = request.GET.getlist("a") if draft is None else []
    return _show(request, draft, added=[f"{Line.TO}|{value}" for value in values])


@require_safe
def recipients(request: HttpRequest) -> HttpResponse:
    """Whom one may add, as one types."""
    chosen = [value.partition("|")[2] for value in request.GET.getlist("dest")]
    offer = picker.offer(viewer_of(request), request.GET.get("q", ""), chosen)
    return render(request, "messaging/compose.html#offer", {"offer": offer})


def _act(request: HttpRequest) -> HttpResponse:
    """What is written is kept and, asked to, sent: in one transaction, unless files come with it, whose bytes
    are no part of one. What a step refuses undoes that step alone."""
    if request.POST.get("act") in SENDS and not request.FILES:
        with audit.acting(by=person_of(request)):
            return _done(request)
    return _done(request)


def _done(request: HttpRequest) -> HttpResponse:
    me, post = person_of(request), request.POST
    act = post.get("act", "save")
    begun = draft_begun(me, post)
    try:
        draft, through, problem = _save(request, begun)
    except DomainError as error:
        return _show(request, begun, problem=error)
    if act == "documents" and problem is None:
        return redirect("messaging:documents", uuid=draft.uuid)
    if act == "throw":
        boxes.throw(by=me, copies=list(Copy.objects.filter(message=draft, person=me)))
        messages.success(request, "Brouillon mis à la corbeille.")
        return redirect("messaging:drafts")
    if act in SENDS and problem is None:
        try:
            at = _instant(post.get("quand", "")) if act == "plan" else None
            sent = send.send(
                by=me,
                message=draft,
                at=at,
                me=viewer_of(request).standpoint,
                through=through,
            )
        except DomainError as error:
            draft.refresh_from_db()
            return _show(request, draft, problem=error)
        messages.success(request, _sent_words(request, sent))
        return redirect("messaging:index")
    if act == "unplan":
        send.unplan(by=me, message=draft)
        draft.refresh_from_db()
    if wants_part(request) and act == "save":
        return _saved(request, draft, problem)
    return _show(request, draft, problem=problem)


def _save(request: HttpRequest, begun: Message | None) -> tuple[Message, Through | None, DomainError | None]:
    """Keeps all that the form holds; answers the draft as it is now, whom it reaches where the same transaction is
    to send it, and what of it could not be kept."""
    me, post, standpoint = person_of(request), request.POST, viewer_of(request).standpoint
    problem: DomainError | None = None
    targets: Sequence[Target] | None = None
    try:
        targets = picker.targets_of(me, _values(request))
    except DomainError as error:
        problem = error
    kept = writing.write(
        by=me,
        message=begun,
        key=uuid_of(post.get("nouveau", "")),
        subject=post.get("objet", ""),
        body=_body(request, begun),
        no_reply="sans-reponse" in post,
        urgent="urgent" in post and standpoint.administers_something,
        targets=targets,
        me=standpoint,
    )
    draft, problem = kept.message, kept.refusal or problem
    gone = uuid_of(post.get("detacher", ""))
    if post.get("act") in SENDS and not request.FILES and not gone:
        return draft, kept.through, problem
    for file in request.FILES.getlist("fichier"):
        try:
            received = receive(file=file, name=str(file.name))
            writing.attach(by=me, message=draft, blob=received.blob, name=received.name)
        except DomainError as error:
            problem = error
    if not wants_part(request) and post.get("act") not in SENDS:
        # The page comes anew: nothing taken off the text is a Ctrl+Z away.
        try:
            writing.settle(by=me, message=draft)
        except DomainError as error:
            problem = error
    if gone:
        for each in draft.attachments.filter(uuid=gone):
            writing.detach(by=me, message=draft, attachment=each)
    draft.refresh_from_db()
    return draft, None, problem


def _values(request: HttpRequest) -> list[str]:
    """The recipients that the form holds, with those added just now and without who was taken off."""
    post = request.POST
    line = post.get("ligne", Line.TO)
    added = [f"{line}|{key}" for key in post.getlist("ajout")]
    gone = set(post.getlist("retirer"))
    return [value for value in [*post.getlist("dest"), *added] if value.partition("|")[2] not in gone]


def _body(request: HttpRequest, draft: Message | None) -> str:
    """What the text is; from a plain field that was not touched, as it was: its titles and pictures stay."""
    text = request.POST.get("texte", "")
    if request.POST.get("format") == "html":
        return text
    body = draft.body if draft else ""
    same = text.replace("\r\n", "\n").strip() == rich_text.typed(body)
    return body if same else rich_text.of_plain(text)


def _show(
    request: HttpRequest,
    draft: Message | None,
    *,
    problem: DomainError | None = None,
    added: Sequence[str] = (),
) -> HttpResponse:
    me, viewer = person_of(request), viewer_of(request)
    chosen = picker.recipients_of(draft) if draft is not None else picker.recipients_named(me, added)
    values = [each.key for each in chosen]
    # Whoever was looked for is chosen: the next name is typed from nothing.
    typed = "" if "ajout" in request.POST else request.POST.get("q", "")
    if draft is not None:
        subject, body = draft.subject, draft.body
    elif request.method == "POST":  # refused before anything was kept: what was typed stays in the form
        subject, body = request.POST.get("objet", ""), _body(request, None)
    else:
        subject, body = "", writing.signed(me)
    context: dict[str, Any] = {
        "draft": draft,
        "chosen": [(label, [each for each in chosen if each.line == line]) for line, label in LINES.items()],
        # Proposed where it helps: nobody is chosen yet, or a name is being typed.
        "offer": picker.offer(viewer, typed, values) if typed or not values else picker.Offer("", []),
        "subject": subject,
        "body": body,
        "plain": rich_text.typed(body),
        "files": files_of(draft),
        "key": "" if draft else uuid4(),
        "pictures_url": reverse("messaging:picture"),
        "uploads_url": reverse("messaging:uploads"),
        "reach": send.reach_of_draft(draft) if draft else len(chosen),
        "problem": said(request, problem) if problem is not None else "",
        "line": request.POST.get("ligne", Line.TO),
        "lines": list(LINES.items()),
        # An answer written for one may go to a whole class: said before it does.
        "to_all": draft is not None
        and draft.answers_id is not None
        and any(each.kind == picker.GROUP for each in chosen),
        "planned": draft is not None and draft.state == State.PLANNED,
        "morning": _morning(request, draft),
        "reviewed": is_reviewed(me),
        "may_urge": viewer.standpoint.administers_something,
    }
    return render(request, "messaging/compose.html", context, status=422 if problem is not None else 200)


def _saved(request: HttpRequest, draft: Message, problem: DomainError | None) -> HttpResponse:
    """What the page shows as one writes: kept, at what hour; and the draft's key."""
    context = {"draft": draft, "problem": said(request, problem) if problem is not None else ""}
    answer = render(request, "messaging/compose.html#saved", context)
    answer["HX-Replace-Url"] = f"{reverse('messaging:write')}?brouillon={draft.uuid}"
    return answer


def _morning(request: HttpRequest, draft: Message | None) -> str:
    """« demain à 7 h 00 » where the author's schools are quiet now: what goes waits until then."""
    me = viewer_of(request).standpoint
    now = clock.now()
    ends = [end for end in morning_of(me.schools | me.child_schools, now).values() if end > now]
    return moment(min(ends)) if ends and (draft is None or not draft.urgent) else ""


def _sent_words(request: HttpRequest, message: Message) -> str:
    if message.state == State.PLANNED and message.send_at is not None:
        return unbroken(f"Message programmé : il partira {moment(message.send_at)}.")
    if message.state == State.HELD:
        return "Ton message attend\u00a0: ta maitresse ou ton maitre le lit avant qu’il parte."
    if message.state == State.SENDING:
        return "Message en cours d’envoi. Sa page dit où il en est."
    waiting = message.copies.filter(box=Box.RECEIVED, at__gt=clock.now()).order_by("at").first()
    people = counted(message.reached, "personne")
    if waiting is not None:
        return unbroken(
            f"Message envoyé à {people}. Il sera distribué {moment(waiting.at)} : c’est l’heure calme."
        )
    return f"Message envoyé à {people}." if not is_pupil(request) else "Ton message est parti."


def _instant(text: str) -> datetime:
    """The hour typed, in the site's time; long past where it is none, which is refused as such."""
    try:
        found = parse_datetime(text)
    except ValueError:  # written well, and no date: 31 February
        found = None
    if found is None:
        return datetime.fromtimestamp(0, tz=clock.now().tzinfo)
    return make_aware(found) if is_naive(found) else found
