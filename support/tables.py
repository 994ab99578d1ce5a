"""Requests as a table, for a spreadsheet."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from accounts.models import User
from directory.rules import Standpoint
from support.enums import Category, Level, State, Urgency
from support.lines import HELPER_STATES, subject_for, who_asked
from support.querysets import Tickets
from support.topics import topic_of

HEAD = (
    "Numéro", "Ouverte le", "École ou service", "Demandée par", "Profil", "Objet", "Motif", "Application", "Urgence",
    "État", "Niveau", "Suivie par", "Première réponse (heures)", "Résolution (heures)", "Dernier mouvement",
)  # fmt: skip
BATCH = 500


def rows_of(tickets: Tickets, me: Standpoint) -> Iterator[Sequence[str]]:
    """A head, then a line a request, as this person may read it; read as it is sent."""
    yield HEAD
    profiles = dict(User._meta.get_field("profile").flatchoices)
    for ticket in tickets.iterator(chunk_size=BATCH):
        yield (
            str(ticket.pk),
            _at(ticket.opened_at),
            ticket.place_name,
            who_asked(me, ticket),
            str(profiles.get(ticket.author_profile, "")),
            subject_for(me, ticket),
            Category(ticket.category).label,
            topic_of(ticket.application).label,
            Urgency(ticket.urgency).label,
            HELPER_STATES[State(ticket.state)],
            Level(ticket.level).label,
            ticket.assignee.full_name if ticket.assignee is not None else "",
            _hours(ticket.opened_at, ticket.answered_at),
            _hours(ticket.opened_at, ticket.ended_at),
            _at(ticket.changed_at),
        )


def _at(instant: datetime) -> str:
    return timezone.localtime(instant).strftime("%d/%m/%Y %H:%M")


def _hours(since: datetime, until: datetime | None) -> str:
    if until is None:
        return ""
    return f"{(until - since).total_seconds() / 3600:.1f}".replace(".", ",")
