"""Messages in *Nouveautés*: one event a message, for whom it was addressed to; whoever holds no copy
of it in their box now knows nothing of it, hidden copies are no more told there than elsewhere."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from accounts.models import User
from messaging.enums import Box
from messaging.lines import NO_SUBJECT
from messaging.models import Copy, Message
from timeline import kinds
from timeline.kinds import Kind, Standing, Telling, Told
from timeline.models import Event
from timeline.services.record import Happening, record
from ui.french import counted

WRITTEN = "messaging.written"
NAMED = 3


def tell(message: Message, *, persons: Iterable[int], groups: Iterable[int]) -> None:
    """In the transaction that delivers it. The subject is not written down: it goes with the message."""
    by = message.author.uuid if message.author else None
    record(Happening(kind=WRITTEN, by=by, persons=persons, groups=groups, about=message.uuid))


def standings(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """The messages that someone holds, in their box or a folder, or will in the morning. A query."""
    mine = Copy.objects.filter(
        person=person,
        box=Box.RECEIVED,
        trashed_at__isnull=True,
        message__uuid__in=[event.about for event in events],
    )
    held = {
        uuid: Standing(at, read_at is not None, subject)
        for uuid, at, read_at, subject in mine.values_list(
            "message__uuid", "at", "read_at", "message__subject"
        )
    }
    return {event.pk: held[event.about] for event in events if event.about in held}


def _texts(person: User, events: Sequence[Event]) -> Mapping[int, str]:
    """In plain words. A query."""
    asked = [event.about for event in events]
    said = dict(Message.objects.filter(uuid__in=asked).values_list("uuid", "text"))
    return {event.pk: said[event.about] for event in events if event.about in said}


def _words(telling: Telling) -> Told:
    titles = [telling.standings[event.pk].title or NO_SUBJECT for event in telling.events]
    whom = "t’a" if telling.pupil else "vous a"
    if len(titles) == 1:
        url = reverse("messaging:thread", args=[telling.events[0].about])
        return Told(f"{telling.who} {whom} écrit", titles[0], url)
    named = ", ".join(titles[:NAMED]) + ("…" if len(titles) > NAMED else "")
    return Told(
        f"{telling.who} {whom} écrit {counted(len(titles), 'message')}", named, reverse("messaging:index")
    )


def register() -> None:
    """To be called in `ready()`."""
    kinds.register(
        Kind(
            key=WRITTEN,
            order=5,
            app="messaging",
            app_label="Messagerie",
            label="Les messages que l’on m’écrit",
            icon="mail",
            cover="green",
            words=_words,
            gate=standings,
            text=_texts,
            # A message has a number already, beside « Messagerie », and a panel on the home page: counted by the
            # bell too it would be two things to look at for one. Its line is among the news, without a ring.
            apart=True,
        )
    )
