"""A conversation, its files, and what one does with a message of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.errors import DomainError
from core.storage.serve import serve
from core.storage.types import shown_inline
from messaging import care, querysets
from messaging.enums import Box, State
from messaging.lines import NO_SUBJECT, conversation
from messaging.models import Copy
from messaging.rules import may_recall
from messaging.services import boxes, send, writing
from messaging.views.requests import back_with, copy_of, person_of
from ui.french import agree, counted, listed


@require_safe
def thread(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one holds of the conversation of a message; opened, it is read."""
    me, copy = person_of(request), copy_of(request, uuid)
    copies = querysets.thread_of(me, copy)
    boxes.read(by=me, copies=copies)
    said = conversation(copies, me)
    people = dict.fromkeys(each.who for each in said if not each.mine)
    last = said[-1] if said else None
    context = {
        "copy": copy,
        "subject": copy.message.subject or NO_SUBJECT,
        "said": said,
        "with": listed(list(people)) if people else "",
        "count": len(said),
        "answered": _answered(copies),
        "recallable": _recallable(copy, me.pk),
        "readers": querysets.readers_of(copy.message) if copy.message.author_id == me.pk else None,
        "several": last is not None and len(last.openly) > 1,
        "job": send.job_of(copy.message) if copy.message.state == State.SENDING else None,
    }
    return render(request, "messaging/thread.html", context)


@require_safe
def printed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The conversation alone, to print."""
    me, copy = person_of(request), copy_of(request, uuid)
    said = conversation(querysets.thread_of(me, copy), me)
    return render(
        request, "messaging/print.html", {"said": said, "subject": copy.message.subject or NO_SUBJECT}
    )


@require_POST
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft that answers, to its author or to all."""
    copy = copy_of(request, uuid)
    try:
        made = writing.answer(by=person_of(request), copy=copy, everybody="tous" in request.POST)
    except DomainError as error:
        return back_with(request, error)
    return redirect(f"{reverse('messaging:write')}?brouillon={made.uuid}")


@require_POST
def forward(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft that passes it on, with its files."""
    copy = copy_of(request, uuid)
    try:
        made = writing.forward(by=person_of(request), copy=copy)
    except DomainError as error:
        return back_with(request, error)
    return redirect(f"{reverse('messaging:write')}?brouillon={made.uuid}")


@require_POST
def recall(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Called back from all who did not read it."""
    copy = copy_of(request, uuid)
    if copy.message.author_id != person_of(request).pk:
        raise Http404
    try:
        count = send.recall(by=person_of(request), message=copy.message)
    except DomainError as error:
        return back_with(request, error)
    people = counted(count, "boite")
    messages.success(request, f"Message rappelé\u00a0: {agree(count, 'retiré', 'retiré')} de {people}.")
    return redirect("messaging:thread", uuid=uuid)


@require_safe
def attachment(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A file of a message that one holds, or that was reported to one, or waits for one to read it; a 404 to everybody else."""
    me = person_of(request)
    found = querysets.attachment_held(me, uuid) or care.attachment_reported(me, uuid)
    found = found or care.attachment_to_review(me, uuid)
    if found is None:
        raise Http404
    inline = "voir" in request.GET and shown_inline(found.blob.media_type)
    return serve(request, blob=found.blob, name=found.name, inline=inline or found.inline)


def _answered(copies: list[Copy]) -> Copy | None:
    """The message that an answer takes up: the last that one received, else one's own last."""
    received = [copy for copy in copies if copy.box == Box.RECEIVED]
    return (received or copies)[-1] if copies else None


def _recallable(copy: Copy, me: int) -> bool:
    message = copy.message
    return (
        message.author_id == me
        and message.state == State.SENT
        and message.sent_at is not None
        and message.recalled_at is None
        and may_recall(message.sent_at, clock.now())
    )
