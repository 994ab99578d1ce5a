"""What is new for someone, read through their groups and their rights as they are now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from sharing.querysets import visible_to
from sharing.rules import Reach
from timeline.kinds import kinds
from timeline.models import Audience, Event, Preference, Reader, ReadEvent

#: How many rounds a page takes at most where rights were lost on much of what it would tell.
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class News:
    """An event as someone sees it."""

    event: Event
    unread: bool


def news_of(
    person: User,
    reach: Reach,
    *,
    count: int,
    before: int | None = None,
    apps: Iterable[str] | None = None,
    shut: Iterable[str] = (),
) -> list[News]:
    """The first `count` events for a person, the newest first, older than the event `before`.

    Left out: their own acts, what is about a resource that they do not see, kinds that they want nothing of
    in the page, applications of `shut`, and, with `apps`, all others. Five queries, more only where
    rights were lost on much of it.
    """
    wanted = _kinds_for(person, apps, frozenset(shut))
    found: list[Event] = []
    for _ in range(ROUNDS):
        keys, last = _last_keys(reach, before=before, most=3 * count)
        events = Event.objects.filter(pk__in=keys, kind__in=wanted).exclude(actor=person.uuid)
        rows = list(events.select_related("resource", "school").order_by("-pk"))
        found += seen_among(person, reach, rows)
        if len(found) >= count or last is None:
            break
        before = last
    unread = unread_among(person, [event.pk for event in found[:count]])
    return [News(event, event.pk in unread) for event in found[:count]]


def news_about(person: User, reach: Reach, event: Event) -> Event | None:
    """One event, where it is this person's to know; None otherwise."""
    audience = Audience.objects.filter(_mine(reach), event=event)
    if not reach.present or not audience.exists():
        return None
    seen = seen_among(person, reach, [event])
    return seen[0] if seen else None


def unread_among(person: User, keys: Sequence[int]) -> set[int]:
    """Which of these events someone has not read. Two queries at most."""
    until = read_until(person)
    fresh = {key for key in keys if key > until}
    if not fresh:
        return set()
    read = ReadEvent.objects.filter(person=person, event__in=fresh).values_list("event_id", flat=True)
    return fresh - set(read)


def read_until(person: User) -> int:
    return Reader.objects.filter(person=person).values_list("read_until", flat=True).first() or 0


def unread_count(person: User, reach: Reach, *, most: int = 99, shut: Iterable[str] = ()) -> int:
    """How many events someone has not read, counted up to `most`."""
    return sum(news.unread for news in news_of(person, reach, count=most, shut=shut))


def preferences_of(people: Iterable[int]) -> dict[tuple[int, str], Preference]:
    """What people chose, by person and kind, where it is not the default. One query."""
    rows = Preference.objects.filter(person__in=list(people))
    return {(each.person_id, each.kind): each for each in rows}


def _kinds_for(person: User, apps: Iterable[str] | None, shut: frozenset[str]) -> list[str]:
    hidden = set(Preference.objects.filter(person=person, page=False).values_list("kind", flat=True))
    shown = Preference.objects.filter(person=person, page=True).values_list("kind", flat=True)
    asked = None if apps is None else frozenset(apps)
    there = set(shown) | {kind.key for kind in kinds if kind.page}
    return [
        kind.key
        for kind in kinds
        if kind.key in there - hidden
        and person.profile in kind.profiles
        and kind.app not in shut
        and (asked is None or kind.app in asked)
    ]


def _last_keys(reach: Reach, *, before: int | None, most: int) -> tuple[set[int], int | None]:
    """Keys of the last events told to someone or to their groups; and the key before which a list that was
    cut may hold more, None where nothing was cut."""
    if not reach.present:
        return set(), None
    arms = [Q(person_id=reach.person), *(Q(group_id=group) for group in sorted(reach.groups))]
    older = Q() if before is None else Q(event_id__lt=before)
    parts: list[QuerySet[Any, Any]] = [
        Audience.objects.filter(which & older).order_by("-event_id").values_list("event_id", flat=True)[:most]
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


def seen_among(person: User, reach: Reach, events: list[Event]) -> list[Event]:
    """Events without those about a resource that someone does not see, or that lies in the trash."""
    asked = {event.resource_id for event in events if event.resource_id is not None}
    if not asked:
        return events
    visible = visible_to(person, reach).filter(pk__in=asked, trashed_at__isnull=True)
    seen = set(visible.order_by().values_list("pk", flat=True))
    return [event for event in events if event.resource_id is None or event.resource_id in seen]
