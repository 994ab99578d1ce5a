"""What the cahier de textes tells in what is new: homework given, from the day that it is given on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notebooks.enums import Stage
from notebooks.models import HomeworkEntry
from sharing.kinds import kind_of
from timeline.kinds import Kind, Standing, Telling, Told, register
from timeline.models import Event
from ui.french import counted, day

GIVEN = "homework.given"


def register_kinds() -> None:
    """To be called in `ready()`."""
    register(
        Kind(
            key=GIVEN,
            order=30,
            app="notebooks",
            app_label="Cahiers",
            label="Les devoirs donnés",
            icon="notebook",
            cover="green",
            words=_words,
            gate=_standing,
            # A pupil’s tile and panel, a child’s line tell it already.
            apart=True,
        )
    )


def _standing(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Those that stand in their book, published, as they are called now; they come on the day that they are
    given on. Who sees the book is asked before. A query."""
    rows = HomeworkEntry.objects.filter(
        uuid__in=[event.about for event in events], stage=Stage.PUBLISHED, trashed_at__isnull=True
    )
    there = {entry.uuid: entry for entry in rows}
    return {
        event.pk: Standing(
            at=max(event.at, _morning(entry.given_on)),
            title=f"{entry.subject or entry.title or 'Devoir'} pour {day(entry.due_on)}",
        )
        for event in events
        if event.about and (entry := there.get(event.about)) is not None
    }


def _words(telling: Telling) -> Told:
    """« Mme Roy a donné 3 devoirs », and where: the book that they all stand in."""
    count = len(telling.events)
    first = telling.events[0]
    assert first.resource is not None
    titles = [telling.standings[each.pk].title for each in telling.events if each.pk in telling.standings]
    one = count == 1
    url = (
        reverse("notebooks:homework_entry", args=[first.about])
        if one
        else kind_of(first.resource).url(first.resource)
    )
    return Told(
        f"{telling.who} a donné {counted(count, 'devoir')}",
        titles[0] if one and titles else first.resource.title,
        url,
    )


def _morning(given: date) -> datetime:
    return timezone.make_aware(datetime.combine(given, time.min))
