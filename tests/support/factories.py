"""Requests for tests: made and answered by the services, so that what is tested is what happens."""

from typing import Any
from uuid import uuid4

from django.test import Client

from accounts.models import User
from core import invariants
from directory.enums import Scope
from schools.models import School
from support.enums import Category, State, Urgency
from support.models import Ticket, TicketMessage
from support.services import answer, ask
from support.services.ask import Asked
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AdministratorFactory


def asked(
    by: User,
    *,
    subject: str = "Je ne vois plus le blog",
    body: str = "<p>La page est vide.</p>",
    school: School | None = None,
    category: Category = Category.BUG,
    urgency: Urgency = Urgency.NORMAL,
    application: str = "documents",
    page: str = "/documents/",
) -> Ticket:
    return ask.ask(
        by=by,
        key=uuid4(),
        asked=Asked(
            subject=subject,
            body=body,
            category=category,
            application=application,
            urgency=urgency,
            school=school,
            page=page,
            browser="Firefox 143 sous Windows",
        ),
    )


def answered(
    by: User, ticket: Ticket, *, body: str = "<p>Bonjour.</p>", to: State | None = None
) -> TicketMessage:
    return answer.answer(by=by, ticket=ticket, body=body, to=to)


def administrator(scope: Scope, **place: Any) -> User:
    """An adult who administers a place and belongs to none."""
    person = PersonFactory(staff=True, activated=True)
    AdministratorFactory(
        person=person, scope=scope, **{"school": None, "district": None, "academy": None, **place}
    )
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("school__district", "author", "assignee").get(pk=ticket.pk)


def broken() -> list[str]:
    return [each.invariant.name for each in invariants.run_all()]
