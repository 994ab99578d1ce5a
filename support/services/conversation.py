"""What is added to a conversation: something said, a note, a step; with what higher levels read of it."""

from typing import Any

from accounts.models import User
from core import clock
from documents.services import keeping
from support.enums import Kind, Step
from support.models import SUBJECT_LENGTH, Ticket, TicketMessage
from support.services.drafts import SPACE, label_for
from support.veil import FAMILIES, names_of, veiled, veiled_html
from ui import rich_text


def add(
    *,
    by: User,
    ticket: Ticket,
    draft: TicketMessage,
    body: str,
    kind: Kind = Kind.SAID,
    first: bool = False,
) -> TicketMessage:
    """What was being written becomes a part of a conversation, the first one or another. In the caller's
    transaction."""
    draft.heading = f"{ticket.subject} {ticket.author_name}" if first else ""
    draft.ticket, draft.kind = ticket, kind
    draft.author_name, draft.author_profile = by.full_name, by.profile
    draft.body = rich_text.clean(body)
    draft.text = rich_text.plain(draft.body)
    draft.data = {}
    draft.at = draft.changed_at = clock.now()
    veil_parts(ticket, [draft])
    draft.save()
    keeping.settle_pictures(
        by=by, space=SPACE, subject=draft.uuid, html=draft.body, label=label_for(by, ticket)
    )
    keeping.rename_uses(space=SPACE, subject=draft.uuid, label=label_for(by, ticket))
    return draft


def tell_step(*, by: User | None, ticket: Ticket, step: Step, **data: Any) -> TicketMessage:
    """What happened, told in the conversation. In the caller's transaction."""
    now = clock.now()
    return TicketMessage.objects.create(
        ticket=ticket,
        kind=Kind.STEP,
        step=step,
        author=by,
        author_name=by.full_name if by else "",
        author_profile=by.profile if by else "",
        data=data,
        changed_at=now,
        at=now,
    )


def veil_parts(ticket: Ticket, parts: list[TicketMessage]) -> None:
    """Writes what helpers read of these to whom names are not shown; nothing where they are. Does not save."""
    if ticket.veiled_from is None:
        return
    names = names_of(ticket, [part.text for part in parts])
    for part in parts:
        part.veiled_body = veiled_html(part.body, names)
        part.veiled_text = veiled(part.text, names)


def veil_all(ticket: Ticket) -> None:
    """Writes it for the whole request, as it passes to whom names are not shown. In the caller's transaction."""
    parts = list(ticket.messages.filter(at__isnull=False).exclude(kind=Kind.STEP))
    names = names_of(ticket, [ticket.subject, *(part.text for part in parts)])
    ticket.veiled_subject = veiled(ticket.subject, names)[:SUBJECT_LENGTH]
    named = "" if ticket.author_profile in FAMILIES else ticket.author_name
    for part in parts:
        part.veiled_heading = f"{ticket.veiled_subject} {named}" if part.heading else ""
        part.veiled_body = veiled_html(part.body, names)
        part.veiled_text = veiled(part.text, names)
    TicketMessage.objects.bulk_update(parts, ["veiled_heading", "veiled_body", "veiled_text"])
