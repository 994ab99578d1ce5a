"""Each night: what is solved closes, what ended long ago goes, with what was being written and left."""

from core import audit, clock
from documents.services import keeping
from support.enums import State
from support.models import Ticket, TicketMessage
from support.rules import CLOSED_AFTER, KEPT
from support.services.drafts import SPACE, forget_drafts

BATCH = 500


def close_solved() -> int:
    """What was solved a while ago, and that nobody took up again, is closed; it has ended when it was solved.
    Answers how many."""
    with audit.acting(by=None):
        old = Ticket.objects.filter(state=State.SOLVED, ended_at__lt=clock.now() - CLOSED_AFTER)
        return old.update(state=State.CLOSED)


def forget_tickets() -> int:
    """Requests that ended two years ago go; files joined to them stay their owners'. Answers how many."""
    forget_drafts()
    gone = 0
    while True:
        with audit.acting(by=None):
            old = Ticket.objects.filter(ended_at__lt=clock.now() - KEPT).order_by("pk")
            keys = list(old.values_list("pk", flat=True)[:BATCH])
            if not keys:
                return gone
            parts = TicketMessage.objects.filter(ticket__in=keys)
            keeping.release(space=SPACE, subjects=list(parts.values_list("uuid", flat=True)))
            parts.delete()
            gone += Ticket.objects.filter(pk__in=keys).delete()[0]
