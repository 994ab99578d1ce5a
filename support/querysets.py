"""Which requests someone reads, and which wait for them; what stands in one. The only gate to a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from core.text import fold
from directory.querysets import standpoint_of
from directory.rules import Standpoint
from schools.models import School
from support.enums import ENDED, OPEN, Kind, Level, State
from support.models import CannedAnswer, Ticket, TicketMessage
from support.rules import Desk

# Both parameters: the type checker would take the default of one alias for another.
type Tickets = QuerySet[Ticket, Ticket]
type Messages = QuerySet[TicketMessage, TicketMessage]

TYPED = 80
WORDS = 6
COUNTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What one looks for among requests. `stand`: a state, or `open` (somebody has to help), `ended`;
    `assignee`: a person's key, 0 for nobody."""

    words: str = ""
    stand: str = ""
    category: str = ""
    application: str = ""
    urgency: int | None = None
    level: int | None = None
    school: UUID | None = None
    assignee: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def any(self) -> bool:
        """Whether something narrows the list, beside where requests stand."""
        return bool(
            self.words
            or self.category
            or self.application
            or self.urgency
            or self.level
            or self.school
            or self.assignee is not None
            or self.since
            or self.until
        )


def asked_by(person: User) -> Tickets:
    """What someone asked; what moved last first."""
    return _with_places(Ticket.objects.filter(author=person))


def helped_by(me: Standpoint) -> Tickets:
    """What someone reads as a helper: of a level of theirs that has had it, but for what they asked themself."""
    return _with_places(Ticket.objects.filter(_within(me, "entry__lte", "reached__gte")).exclude(_own(me)))


def handled_by(me: Standpoint) -> Tickets:
    """What it is someone's turn to handle."""
    return _with_places(Ticket.objects.filter(_within(me, "level", "level")).exclude(_own(me)))


def visible_to(person: User, me: Standpoint | None = None) -> Tickets:
    """What someone reads: what they asked, and what they help with."""
    me = me or standpoint_of(person)
    within = _within(me, "entry__lte", "reached__gte")
    return _with_places(Ticket.objects.filter(Q(author=person) | within))


def waiting_for(me: Standpoint) -> Tickets:
    """What waits for a helper: it is their turn, somebody has to help, and nobody else follows it."""
    rows = handled_by(me).filter(state__in=OPEN)
    return rows.filter(Q(assignee__isnull=True) | Q(assignee=me.person))


def desk_of(ticket: Ticket) -> Desk:
    """What rules know of a request; its places selected with it."""
    school, district = ticket.school, ticket.district
    if school is not None:
        district_id: int | None = school.district_id
        academy: int | None = school.academy_id
    else:
        district_id = ticket.district_id
        academy = district.academy_id if district is not None else ticket.academy_id
    return Desk(
        author=ticket.author_id,
        school=ticket.school_id,
        district=district_id,
        academy=academy,
        entry=Level(ticket.entry),
        level=Level(ticket.level),
        reached=Level(ticket.reached),
        veiled_from=None if ticket.veiled_from is None else Level(ticket.veiled_from),
    )


def found(tickets: Tickets, filters: Filters, me: Standpoint) -> Tickets:
    """Those of these that fit, as this person may read them."""
    if filters.stand in State.values:
        tickets = tickets.filter(state=filters.stand)
    elif filters.stand == "open":
        tickets = tickets.filter(state__in=OPEN)
    elif filters.stand == "ended":
        tickets = tickets.filter(state__in=ENDED)
    exact: dict[str, Any] = {"category": filters.category, "application": filters.application}
    exact |= {"urgency": filters.urgency, "level": filters.level, "school__uuid": filters.school}
    tickets = tickets.filter(**{column: value for column, value in exact.items() if value})
    if filters.assignee is not None:
        nobody = Q(assignee__isnull=True)
        tickets = tickets.filter(nobody if not filters.assignee else Q(assignee=filters.assignee))
    if filters.since:
        tickets = tickets.filter(opened_at__date__gte=filters.since)
    if filters.until:
        tickets = tickets.filter(opened_at__date__lte=filters.until)
    return saying(tickets, filters.words, me) if filters.words.strip() else tickets


def saying(tickets: Tickets, typed: str, me: Standpoint) -> Tickets:
    """Those that bear this number, or in which every word is said as this person reads them: no note for its
    author, no name that is not shown to them."""
    query = _words(typed)
    if query is None:
        return tickets.none()
    mine = Q(author=me.person)
    own = TicketMessage.objects.filter(ticket=OuterRef("pk"), kind=Kind.SAID, at__isnull=False, words=query)
    inside = TicketMessage.objects.filter(ticket=OuterRef("pk"), at__isnull=False)
    named, veiled = Q(Exists(inside.filter(words=query))), Q(Exists(inside.filter(veiled_words=query)))
    fits = (mine & Q(Exists(own))) | (~mine & names_shown_to(me) & named)
    fits |= ~mine & ~names_shown_to(me) & veiled
    number = typed.strip().removeprefix("n°").strip()
    if number.isascii() and number.isdecimal() and len(number) < 16:
        fits |= Q(pk=int(number))
    return tickets.filter(fits)


def names_shown_to(me: Standpoint) -> Q:
    """Requests in which someone reads the names of families: the twin of `rules.names_shown`."""
    return Q(author=me.person) | Q(veiled_from__isnull=True) | _within(me, "entry__lte", "veiled_from__gt")


def page(tickets: Tickets, *, count: int, after: tuple[datetime, int] | None = None) -> list[Ticket]:
    """So many of these, what moved last first, from after one's (`changed_at`, key) on. One query."""
    if after is not None:
        at, key = after
        tickets = tickets.filter(Q(changed_at__lt=at) | Q(changed_at=at, pk__lt=key))
    return list(tickets.select_related("author", "assignee").order_by("-changed_at", "-pk")[:count])


def messages_of(ticket: Ticket, *, inside: bool) -> list[TicketMessage]:
    """A conversation, the first first; `inside`, with what helpers say to each other. One query."""
    rows = ticket.messages.filter(at__isnull=False).select_related("author")
    if not inside:
        rows = rows.exclude(kind=Kind.NOTE)
    return list(rows.defer("words", "veiled_words", "heading", "veiled_heading").order_by("at", "pk"))


def instant_of(told: str) -> datetime | None:
    """An instant as addresses and cursors say it, with its zone; None for what is none."""
    try:
        instant = datetime.fromisoformat(told)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None


def canned_for(ticket: Ticket) -> QuerySet[CannedAnswer, CannedAnswer]:
    """What may be used to answer a request: its school's, its district's, its academy's, the platform's."""
    desk = desk_of(ticket)
    over = Q(school__isnull=True, district__isnull=True, academy__isnull=True)
    for name in ("school", "district", "academy"):
        key = getattr(desk, name)
        if key is not None:
            over |= Q(**{name: key})
    return _answers(CannedAnswer.objects.filter(over))


def canned_written_by(me: Standpoint) -> QuerySet[CannedAnswer, CannedAnswer]:
    """Those of the places that someone administers themself."""
    own = Q(school__in=me.administered_schools) | Q(district__in=me.administered_districts)
    own |= Q(academy__in=me.administered_academies)
    if me.platform:
        own |= Q(school__isnull=True, district__isnull=True, academy__isnull=True)
    return _answers(CannedAnswer.objects.filter(own))


def canned_lent_to(me: Standpoint) -> QuerySet[CannedAnswer, CannedAnswer]:
    """Those that wider places keep for someone's schools and districts, to read and to use."""
    schools = School.objects.filter(pk__in=me.administered_schools)
    over = Q(district__in=schools.values("district_id")) | Q(academy__in=schools.values("academy_id"))
    over |= Q(academy__district__in=me.administered_districts)
    over |= Q(school__isnull=True, district__isnull=True, academy__isnull=True)
    rows = CannedAnswer.objects.filter(over) if me.administers_something else CannedAnswer.objects.none()
    return _answers(rows.exclude(pk__in=canned_written_by(me).order_by().values("pk")).distinct())


def drafts_of(person: User) -> Messages:
    """What someone is writing."""
    return TicketMessage.objects.filter(author=person, at__isnull=True)


def schools_among(me: Standpoint, uuids: Iterable[UUID]) -> QuerySet[School, School]:
    """Schools that one may filter by: those of requests that one helps with."""
    return School.objects.filter(uuid__in=list(uuids), pk__in=helped_by(me).order_by().values("school"))


def _answers(rows: QuerySet[CannedAnswer, CannedAnswer]) -> QuerySet[CannedAnswer, CannedAnswer]:
    return rows.select_related("school", "district", "academy").order_by("title", "pk")


def _with_places(rows: Tickets) -> Tickets:
    """With what `desk_of` asks for."""
    return rows.select_related("school__district", "district", "academy").order_by("-changed_at", "-pk")


def _own(me: Standpoint) -> Q:
    return Q(author__isnull=False, author=me.person)


def _within(me: Standpoint, low: str, high: str) -> Q:
    """Requests of which a level that someone helps at lies between two columns: `low` and `high` are lookups of
    a level, `entry__lte` and `reached__gte`."""
    held = {
        Level.SCHOOL: Q(school__in=me.administered_schools) if me.administered_schools else None,
        Level.DISTRICT: Q(school__district__in=me.administered_districts)
        | Q(district__in=me.administered_districts)
        if me.administered_districts
        else None,
        Level.ACADEMY: Q(school__academy__in=me.administered_academies)
        | Q(district__academy__in=me.administered_academies)
        | Q(academy__in=me.administered_academies)
        if me.administered_academies
        else None,
        Level.PLATFORM: Q() if me.platform else None,
    }
    within = Q(pk__in=[])
    for level, places in held.items():
        if places is not None:
            within |= places & Q(**{low: level, high: level})
    return within


def _words(typed: str) -> SearchQuery | None:
    """Every word, as it is or as a beginning; folded as the index is."""
    words = fold(typed).split()[:WORDS]
    if not words:
        return None
    return SearchQuery(" & ".join(f"{word}:*" for word in words), config="french", search_type="raw")
