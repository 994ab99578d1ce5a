"""A request is made: it goes to the nearest level where somebody helps, and they are told."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from accounts.models import User
from core import audit, clock
from directory.querysets import standpoint_of
from documents.errors import NoSuchDocument
from schools.models import School
from support import news
from support.enums import Category, Level, Step, Urgency
from support.errors import NoSuchTicket, NotForPupils, NothingAsked, TooManyTickets
from support.helping import desks_of, first_level, place_for, schools_of
from support.models import BROWSER_LENGTH, PAGE_LENGTH, SUBJECT_LENGTH, Ticket
from support.rules import MOST_A_DAY, may_ask
from support.services.conversation import add, tell_step
from support.services.drafts import begin
from support.topics import topics
from ui import rich_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What whoever asks says, and what travels along: the page that they were on, their browser."""

    subject: str
    body: str
    category: Category
    application: str = ""
    urgency: Urgency = Urgency.NORMAL
    school: School | None = None
    page: str = ""
    browser: str = ""


def ask(*, by: User, key: UUID, asked: Asked) -> Ticket:
    """Makes a request of what was being written under `key`, with the files joined to it.

    Of several schools it is of the one chosen, else of the first. Raises NotForPupils, NothingAsked,
    TooManyTickets, NoSuchTicket (a school that is not theirs, a key taken).
    """
    if not may_ask(by.profile):
        raise NotForPupils()
    subject = " ".join(asked.subject.split())[:SUBJECT_LENGTH]
    if not subject or not _says_something(asked.body):
        raise NothingAsked()
    with audit.acting(by=by):
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        _require_few(by)
        try:
            draft = begin(by, key)
        except NoSuchDocument as error:
            raise NoSuchTicket() from error
        ticket = _made(by, asked, subject)
        tell_step(by=by, ticket=ticket, step=Step.OPENED, level=ticket.level)
        add(by=by, ticket=ticket, draft=draft, body=asked.body, first=True)
        _record(ticket)
        news.tell_helpers(news.OPENED, ticket, by=by)
    return ticket


def _made(by: User, asked: Asked, subject: str) -> Ticket:
    me, now = standpoint_of(by), clock.now()
    mine = list(schools_of(me))
    if asked.school is not None and asked.school not in mine:
        raise NoSuchTicket()
    school = asked.school or (mine[0] if mine else None)
    place = place_for(by, me, next((each for each in mine if each == school), None))
    level = first_level(desks_of(place, apart=[by.pk]))
    return Ticket.objects.create(
        author=by,
        author_name=by.full_name,
        author_profile=by.profile,
        school=place.school,
        district=place.district,
        academy=place.academy,
        entry=level,
        level=level,
        reached=level,
        category=asked.category,
        application=asked.application if asked.application in {each.key for each in topics()} else "",
        urgency=asked.urgency,
        subject=subject,
        page=asked.page[:PAGE_LENGTH],
        browser=asked.browser[:BROWSER_LENGTH],
        opened_at=now,
        changed_at=now,
        seen_at=now,
    )


def _require_few(by: User) -> None:
    since = clock.now() - timedelta(days=1)
    if Ticket.objects.filter(author=by, opened_at__gte=since).count() >= MOST_A_DAY:
        raise TooManyTickets(most=MOST_A_DAY)


def _says_something(body: str) -> bool:
    return bool(rich_text.plain(rich_text.clean(body)).strip()) or "<img" in body


def _record(ticket: Ticket) -> None:
    """In the school's log where the school has the request; else in the platform's alone."""
    of_school = ticket.entry == Level.SCHOOL and ticket.school is not None
    audit.record(
        "ticket.opened",
        school=ticket.school.uuid if of_school and ticket.school else None,
        after={"ticket": str(ticket.uuid), "level": Level(ticket.level).name},
    )
