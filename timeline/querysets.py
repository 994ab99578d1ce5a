"""What is new for someone, read through their groups and their rights as they are now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from core import clock
from sharing.querysets import visible_to
from sharing.rules import Reach
from timeline.kinds import Standing, kinds
from timeline.models import Audience, Event, Preference, Reader, ReadEvent

#: How many rounds a page takes at most where rights were lost on much of what it would tell; each looks twice
#: as far as the one before.
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class News:
    """An event as someone sees it; `standing` is what its room says of it, where the kind has a gate."""

    event: Event
    unread: bool
    standing: Standing | None = None

    @property
    def at(self) -> datetime:
        """When it came to them."""
        return self.standing.at if self.standing else self.event.at


@dataclass(frozen=True, slots=True)
class Seen:
    """Of some events, those that someone may know now; those that come to them later; what gates said."""

    now: list[Event]
    later: list[Event]
    standings: Mapping[int, Standing]


def news_of(
    person: User,
    reach: Reach,
    *,
    count: int,
    before: int | None = None,
    apps: Iterable[str] | None = None,
    shut: Iterable[str] = (),
    aside: bool = False,
) -> list[News]:
    """The first `count` events for a person, the newest first, older than the event `before`.

    Left out: their own acts, what is about a resource that they do not see, kinds that they want nothing of
    in the page, applications of `shut`, with `apps` all others, with `aside` what its room counts itself. Four
    queries, one more a kind with a gate, more only where rights were lost on much of it.
    """
    wanted = _kinds_for(person, apps, frozenset(shut), aside=aside)
    found: list[Event] = []
    standings: dict[int, Standing] = {}
    for turn in range(ROUNDS):
        told = Audience.objects.filter(event__kind__in=wanted).exclude(event__actor=person.uuid)
        keys, last = _last_keys(reach, told, before=before, most=3 * count << turn)
        events = Event.objects.filter(pk__in=keys)
        rows = list(events.select_related("resource", "school").order_by("-pk"))
        seen = seen_among(person, reach, rows)
        found += seen.now
        standings |= seen.standings
        if len(found) >= count or last is None:
            break
        before = last
    return news_among(person, Seen(found[:count], [], standings))


def news_about(person: User, reach: Reach, event: Event) -> News | None:
    """One event, where it is this person's to know; None otherwise."""
    audience = Audience.objects.filter(_mine(reach), event=event)
    if not reach.present or not audience.exists():
        return None
    found = news_among(person, seen_among(person, reach, [event]))
    return found[0] if found else None


def news_among(person: User, seen: Seen) -> list[News]:
    """What someone may know now, each with whether they read it. Two queries at most.

    What came after they read everything is new to them, however long ago it happened; what they opened in
    its room is read.
    """
    mark = Reader.objects.filter(person=person).first() or Reader(person=person)
    fresh = set()
    for event in seen.now:
        standing = seen.standings.get(event.pk)
        late = standing is not None and mark.read_at is not None and standing.at > mark.read_at
        if (event.pk > mark.read_until or late) and not (standing and standing.read):
            fresh.add(event.pk)
    if fresh:
        read = ReadEvent.objects.filter(person=person, event__in=fresh).values_list("event_id", flat=True)
        fresh -= set(read)
    return [News(event, event.pk in fresh, seen.standings.get(event.pk)) for event in seen.now]


def read_until(person: User) -> int:
    return Reader.objects.filter(person=person).values_list("read_until", flat=True).first() or 0


def unread_count(person: User, reach: Reach, *, most: int = 99, shut: Iterable[str] = ()) -> int:
    """How many events someone has not read, counted up to `most`; but for those that their room counts."""
    return sum(news.unread for news in news_of(person, reach, count=most, shut=shut, aside=True))


def preferences_of(people: Iterable[int]) -> dict[tuple[int, str], Preference]:
    """What people chose, by person and kind, where it is not the default. One query."""
    rows = Preference.objects.filter(person__in=list(people))
    return {(each.person_id, each.kind): each for each in rows}


def _kinds_for(
    person: User, apps: Iterable[str] | None, shut: frozenset[str], *, aside: bool = False
) -> list[str]:
    chosen = dict(Preference.objects.filter(person=person).values_list("kind", "page"))
    asked = None if apps is None else frozenset(apps)
    return [
        kind.key
        for kind in kinds
        if chosen.get(kind.key, kind.page)
        and person.profile in kind.profiles
        and kind.app not in shut
        and (asked is None or kind.app in asked)
        and not (aside and kind.apart)
    ]


def _last_keys(
    reach: Reach, told: QuerySet[Audience], *, before: int | None, most: int
) -> tuple[set[int], int | None]:
    """Keys of the last events told (`told`) to someone or to their groups; and the key before which a list
    that was cut may hold more, None where nothing was cut."""
    if not reach.present:
        return set(), None
    arms = [Q(person_id=reach.person), *(Q(group_id=group) for group in sorted(reach.groups))]
    older = Q() if before is None else Q(event_id__lt=before)
    parts: list[QuerySet[Any, Any]] = [
        told.filter(which & older).order_by("-event_id").values_list("event_id", flat=True)[:most]
        for which in arms
    ]
    keys = list(parts[0].union(*parts[1:], all=True)) if parts[1:] else list(parts[0])
    chosen = sorted(set(keys), reverse=True)
    # Each arm gave its last ones: of all of them, the first `most` are whole.
    if len(chosen) < most:
        return set(chosen), None
    return set(chosen[:most]), chosen[most - 1]


def _mine(reach: Reach) -> Q:
    return Q(person_id=reach.person) | Q(group_id__in=list(reach.groups))


def seen_among(person: User, reach: Reach, events: list[Event]) -> Seen:
    """Events without those about a resource that someone does not see, or that lies in the trash, and without
    those that the gate of their kind keeps from them; what it lets through later apart."""
    asked = {event.resource_id for event in events if event.resource_id is not None}
    if asked:
        visible = visible_to(person, reach).filter(pk__in=asked, trashed_at__isnull=True)
        seen = set(visible.order_by().values_list("pk", flat=True))
        events = [event for event in events if event.resource_id is None or event.resource_id in seen]
    standings: dict[int, Standing] = {}
    kept: set[int] = set()
    for kind in kinds:
        if kind.gate is not None and (those := [event for event in events if event.kind == kind.key]):
            kept |= {event.pk for event in those}
            standings |= kind.gate(person, those)
    instant = clock.now()
    known = [event for event in events if event.pk not in kept or event.pk in standings]
    waits = {key for key, standing in standings.items() if standing.at > instant}
    return Seen(
        [event for event in known if event.pk not in waits],
        [event for event in known if event.pk in waits],
        standings,
    )
