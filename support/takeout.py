"""The help that one asked for, for one's archive: each request, as its author reads it."""

from accounts import takeout
from accounts.models import User
from accounts.takeout import Shelf
from accounts.takeout_pages import Lists, Passage, write_text
from documents.takeout import pieces_in, put_beside
from support.enums import Kind, State
from support.models import Ticket
from support.querysets import asked_by, messages_of
from support.services.drafts import SPACE
from ui.french import day_year, moment_year

REQUESTS = "Mes demandes"


def register() -> None:
    """To be called in `ready()`."""
    takeout.register(
        takeout.Part(
            key="support",
            order=70,
            folder="Assistance",
            title="Mes demandes d’aide",
            hint="Ce que j’ai demandé, et ce qui m’a été répondu.",
            gather=gather,
        )
    )


def gather(shelf: Shelf, person: User) -> None:
    """The last first; three queries a request, of which one makes few."""
    lists = Lists(shelf, one="demande")
    for ticket in asked_by(person).order_by("-changed_at", "-pk").iterator(chunk_size=100):
        _write(shelf, lists, ticket)
    lists.close()


def _write(shelf: Shelf, lists: Lists, ticket: Ticket) -> None:
    said = [each for each in messages_of(ticket, inside=False) if each.kind == Kind.SAID]
    pieces = pieces_in(SPACE, [each.uuid for each in said])
    name = takeout.dated(ticket.opened_at, ticket.subject)
    page = shelf.place(REQUESTS, f"{name[:80]}.html")
    passages = []
    for each in said:
        pictures, files = put_beside(shelf, page, pieces[each.uuid], REQUESTS, "Fichiers", name[:60])
        body = takeout.shown(each.body, page, pictures)
        who = takeout.joined([each.author_name, moment_year(each.at) if each.at else ""])
        passages.append(Passage(sub=who, body=body, files=files))
    state = State(ticket.state).label
    write_text(
        shelf,
        page,
        title=ticket.subject,
        pairs=[("Demande", ticket.number), ("État", state), ("Faite", moment_year(ticket.opened_at))],
        passages=passages,
        at=ticket.opened_at,
        up=lists.place_of(REQUESTS),
    )
    lists.add(REQUESTS, ticket.subject, page, takeout.joined([state, day_year(ticket.opened_at)]))
