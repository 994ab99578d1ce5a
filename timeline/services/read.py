"""What someone has read of what is new."""

from django.db import transaction
from django.db.models.functions import Greatest

from accounts.models import User
from core import clock
from timeline.kinds import kind_of
from timeline.models import Event, Reader, ReadEvent
from timeline.querysets import read_until


def read(*, by: User, event: Event) -> None:
    """Marks one event as read; twice changes nothing."""
    kind = kind_of(event)
    # What came later than it happened may be new below the mark.
    if event.pk > read_until(by) or (kind is not None and kind.gate is not None):
        ReadEvent.objects.bulk_create([ReadEvent(person=by, event=event)], ignore_conflicts=True)


@transaction.atomic
def read_all(*, by: User, until: Event) -> None:
    """Marks everything as read up to an event, the last that the page showed: what came since stays new."""
    now = clock.now()
    reader, made = Reader.objects.get_or_create(person=by, defaults={"read_until": until.pk, "read_at": now})
    if not made:
        Reader.objects.filter(pk=reader.pk).update(read_until=Greatest("read_until", until.pk), read_at=now)
    ReadEvent.objects.filter(person=by, event__lte=until.pk).delete()
