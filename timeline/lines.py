"""What is new, in lines that a person reads: like events of one day and one person told together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from timeline.kinds import Kind, Telling, Told, kind_of
from timeline.models import Event
from timeline.querysets import News
from ui.french import counted

SYSTEM = "Cartable"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what happened, when it last came, by whom; `events` are those that it tells, the newest
    first."""

    kind: Kind
    told: Told
    who: str
    actor: User | None
    events: Sequence[Event]
    unread: bool
    at: datetime

    @property
    def newest(self) -> Event:
        return self.events[0]


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of one day."""

    day: date
    lines: Sequence[Line]


def lines_of(news: Sequence[News], *, pupil: bool, apart: bool = False) -> list[Line]:
    """Lines, the newest first; `apart` makes one of each event. One query, for the names."""
    actors = {each.event.actor for each in news if each.event.actor}
    people = {person.uuid: person for person in User.everyone.filter(uuid__in=actors)} if actors else {}
    together: dict[tuple[object, ...], list[News]] = {}
    for each in news:
        kind = kind_of(each.event)
        if kind is not None:
            together.setdefault((each.event.pk,) if apart else _likeness(kind, each), []).append(each)
    return [_line(each, people, pupil) for each in together.values()]


def days_of(lines: Sequence[Line]) -> list[Day]:
    """Lines by day, in the time zone of the place; what waited for the morning is of the morning."""
    inorder = sorted(lines, key=lambda line: line.at, reverse=True)
    return [
        Day(day, list(those))
        for day, those in groupby(inorder, key=lambda line: timezone.localtime(line.at).date())
    ]


def _likeness(kind: Kind, news: News) -> tuple[object, ...]:
    event = news.event
    if not kind.grouped:
        return (event.pk,)
    return (kind.key, event.actor, event.school_id, timezone.localtime(news.at).date(), news.unread)


def _line(news: Sequence[News], people: dict[UUID, User], pupil: bool) -> Line:
    events = [each.event for each in news]
    kind = kind_of(events[0])
    assert kind is not None
    actor = people.get(events[0].actor) if events[0].actor else None
    who = actor.full_name if actor else ("Quelqu’un" if events[0].actor else SYSTEM)
    standings = {each.event.pk: each.standing for each in news if each.standing}
    told = kind.words(Telling(events, who, pupil, standings))
    unread, at = any(each.unread for each in news), max(each.at for each in news)
    return Line(kind, told, who, actor, events, unread, at)


def number_words(count: int) -> str:
    """What the bell says to whoever does not see it."""
    return counted(count, "nouveauté non lue", "nouveautés non lues")
