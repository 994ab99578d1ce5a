"""What becomes of requests when an account is erased, or absorbed by another of theirs. What was asked and answered
stays for who helped, without the name of who is no more."""

from collections.abc import Sequence

from django.db.models import OuterRef, Subquery

from accounts import fates
from documents.services import keeping
from support.models import Ticket, TicketMessage
from support.services.drafts import SPACE


def erase(people: Sequence[int]) -> None:
    """What they were writing goes; what they said stays, under no name."""
    drafts = TicketMessage.objects.filter(author__in=people, at__isnull=True)
    keeping.release(space=SPACE, subjects=list(drafts.values_list("uuid", flat=True)))
    drafts.delete()
    TicketMessage.objects.filter(author__in=people).update(author=None, author_name="")
    asked = Ticket.objects.filter(author__in=people)
    subject = asked.filter(pk=OuterRef("ticket"))
    first = TicketMessage.objects.filter(ticket__in=asked.values("pk")).exclude(heading="")
    first.update(
        heading=Subquery(subject.values("subject")), veiled_heading=Subquery(subject.values("veiled_subject"))
    )
    asked.update(author=None, author_name="")
    Ticket.objects.filter(assignee__in=people).update(assignee=None)


MERGES = {
    "support.Ticket.author": fates.moves("support.Ticket.author"),
    "support.Ticket.assignee": fates.moves("support.Ticket.assignee"),
    "support.TicketMessage.author": fates.moves(
        "support.TicketMessage.author", once=["ticket_id"], while_="at"
    ),
}


def register() -> None:
    """To be called in `ready()`."""
    fates.register("support", covers=list(MERGES), erase=erase, merges=MERGES)
