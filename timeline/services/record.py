"""What happened is written once, in the transaction of what did it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from core import clock
from timeline.kinds import kinds
from timeline.models import Audience, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event to record: for these persons and groups (primary keys), about a resource, a school (keys) or
    another thing (`about`, a UUID). `by` is who did it, None for the system."""

    kind: str
    by: UUID | None = None
    persons: Iterable[int] = ()
    groups: Iterable[int] = ()
    resource: int | None = None
    school: int | None = None
    about: UUID | None = None
    data: dict[str, Any] = field(default_factory=dict)


def record(happening: Happening) -> Event | None:
    """Writes one event; None where it is for nobody. Raises LookupError for a kind that no room registered."""
    made = record_all([happening])
    return made[0] if made else None


@transaction.atomic(savepoint=False)
def record_all(happenings: Iterable[Happening]) -> Sequence[Event]:
    """Writes events, each with its audience; those for nobody are left out. Two statements."""
    now, events, told = clock.now(), [], []
    for each in happenings:
        if each.kind not in kinds:
            raise LookupError(f"no kind of event {each.kind}")
        persons, groups = sorted(set(each.persons)), sorted(set(each.groups))
        if not persons and not groups:
            continue
        event = Event(
            kind=each.kind,
            at=now,
            actor=each.by,
            resource_id=each.resource,
            school_id=each.school,
            about=each.about,
            data=each.data,
        )
        events.append(event)
        told += [Audience(event=event, person_id=person) for person in persons]
        told += [Audience(event=event, group_id=group) for group in groups]
    Event.objects.bulk_create(events)
    Audience.objects.bulk_create(told, batch_size=5_000)
    return events
