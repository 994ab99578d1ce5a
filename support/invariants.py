"""What must always be true of requests."""

from core import invariants

RULES = (
    (
        "support.veiled_parts_are_written",
        "Ce que lit un niveau à qui les noms sont cachés est écrit pour chaque partie de la demande.",
        """
        select m.id from support_ticketmessage m join support_ticket t on t.id = m.ticket_id
        where t.veiled_from is not null and m.at is not null and m.kind <> 'STEP'
          and m.text <> '' and m.veiled_text = ''
        """,
    ),
    (
        "support.requests_say_something",
        "Une demande porte ce qu’en dit son auteur.",
        """
        select t.id from support_ticket t
        where not exists (
          select from support_ticketmessage m
          where m.ticket_id = t.id and m.kind = 'SAID' and m.at is not null)
        """,
    ),
    (
        "support.ended_requests_wait_for_nobody",
        "Une demande qui attend quelqu’un n’est pas terminée.",
        "select id from support_ticket where state in ('NEW', 'TAKEN', 'WAITING') and ended_at is not null",
    ),
)


def register() -> None:
    """To be called in `ready()`."""
    for name, sentence, sql in RULES:
        invariants.register(name, sentence, sql)
