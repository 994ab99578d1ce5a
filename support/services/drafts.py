"""What someone is writing: a request, or an answer. Kept as they write, theirs alone, forgotten where they leave it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from core import audit, clock
from documents.errors import NoSuchDocument
from documents.querysets import seen
from documents.services import keeping
from support.enums import Kind
from support.models import Ticket, TicketMessage
from support.querysets import drafts_of
from support.rules import DRAFT_KEPT, may_ask
from ui import rich_text

SPACE = "support"  # the key of `documents.spaces` under which files are joined
TITLE = "Demande en préparation"
LONGEST = 50_000


def draft_of(by: User, key: UUID) -> TicketMessage | None:
    """What someone is writing under a key that their page chose."""
    return drafts_of(by).filter(uuid=key).select_related("ticket").first()


def begun_by(by: User) -> TicketMessage | None:
    """The last request that someone began and did not send. A query."""
    rows = drafts_of(by).filter(ticket__isnull=True).exclude(text="", data={})
    return rows.order_by("-changed_at", "-pk").first()


def draft_for(by: User, ticket: Ticket) -> TicketMessage:
    """Someone's answer to a request, begun where it is not: each has one."""
    found = drafts_of(by).filter(ticket=ticket).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return TicketMessage.objects.create(ticket=ticket, author=by, changed_at=clock.now())
    except IntegrityError:
        return drafts_of(by).get(ticket=ticket)


def begin(by: User, key: UUID) -> TicketMessage:
    """A request that is begun, under a key that the page chose. Raises NoSuchDocument where the key is taken, or
    where one does not ask."""
    if not may_ask(by.profile):
        raise NoSuchDocument()
    made, _ = TicketMessage.objects.get_or_create(
        uuid=key, defaults={"author": by, "changed_at": clock.now()}
    )
    if made.author_id != by.pk or made.at is not None or made.kind == Kind.STEP:
        raise NoSuchDocument()
    return made


def save(*, by: User, key: UUID, body: str, data: dict[str, Any] | None = None) -> TicketMessage:
    """Keeps what someone is writing; `data` holds what they chose beside. Raises NoSuchDocument."""
    with audit.acting(by=by):
        draft = begin(by, key)
        draft.body = rich_text.clean(body[:LONGEST])
        draft.text = rich_text.plain(draft.body)
        draft.changed_at = clock.now()
        if data is not None:
            draft.data = data
        draft.save(update_fields=["body", "text", "changed_at", "data"])
    return draft


def label_for(person: User, ticket: Ticket) -> str:
    """What a request is called beside the files that someone joined to it: a helper may not be shown its names."""
    return ticket.subject if ticket.author_id == person.pk else f"Demande {ticket.number}"


def join_documents(*, by: User, draft: TicketMessage, documents: Sequence[UUID]) -> None:
    """Files of the Espace documentaire, joined to what someone is writing. Raises NoSuchDocument, NotAManager,
    TooManyPieces, QuotaExceeded."""
    if not documents:
        return
    found = {each.uuid: each for each in seen(by).filter(uuid__in=documents)}
    if len(found) != len(set(documents)):
        raise NoSuchDocument()
    keeping.join_documents(by=by, space=SPACE, subject=draft.uuid, documents=list(found.values()))


def discard(*, by: User, key: UUID) -> None:
    """Forgets it; files joined to it stay its author's."""
    with audit.acting(by=by):
        gone = list(drafts_of(by).filter(uuid=key).values_list("uuid", flat=True))
        keeping.release(space=SPACE, subjects=gone)
        TicketMessage.objects.filter(uuid__in=gone).delete()


def forget_drafts(*, older: timedelta = DRAFT_KEPT) -> int:
    """Each night: what nobody went on with for a week. Answers how many."""
    with audit.acting(by=None):
        old = TicketMessage.objects.filter(at__isnull=True, changed_at__lt=clock.now() - older)
        gone = list(old.values_list("uuid", flat=True))
        keeping.release(space=SPACE, subjects=gone)
        TicketMessage.objects.filter(uuid__in=gone).delete()
    return len(gone)
