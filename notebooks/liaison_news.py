"""What the carnet de liaison tells in what is new: a word that came, one that waits for a signature."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from notebooks.liaison_querysets import copies_of, waiting
from timeline.kinds import Kind, Standing, Telling, Told, register
from timeline.models import Event
from ui.french import day_short, listed

WORD = "liaison.word"
REMINDER = "liaison.reminder"


def register_kinds() -> None:
    """To be called in `ready()`."""
    for key, order, label, words, gate in (
        (WORD, 7, "Les mots du carnet de liaison", _word_words, _held),
        (REMINDER, 8, "Les mots qui attendent ma signature", _reminder_words, _waiting),
    ):
        register(
            Kind(
                key=key,
                order=order,
                app="notebooks",
                app_label="Cahiers",
                label=label,
                icon="heart-handshake",
                cover="blue",
                words=words,
                profiles=frozenset({Profile.RELATIVE}),
                grouped=False,
                gate=gate,
                # They stand on top of the home page already.
                apart=True,
            )
        )


def _held(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Words that this person holds a copy of; read, where they opened each. A query."""
    return _standings(person, events, only_waiting=False)


def _waiting(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Words that still wait for this person. A query."""
    return _standings(person, events, only_waiting=True)


def _standings(person: User, events: Sequence[Event], *, only_waiting: bool) -> Mapping[int, Standing]:
    rows = copies_of(person).filter(word__uuid__in=[event.about for event in events])
    if only_waiting:
        rows = waiting(rows)
    held: dict[UUID, list[tuple[str, bool]]] = {}
    for copy in rows.order_by("pupil_name", "pk"):
        name = copy.pupil.first_name if copy.pupil else copy.pupil_name
        words = f"{copy.word.title}\n{name}\n{day_short(copy.word.due_on) if copy.word.due_on else ''}"
        held.setdefault(copy.word.uuid, []).append((words, copy.read_at is not None))
    found = {}
    for event in events:
        if event.about in held:
            copies = held[event.about]
            title, _, due = copies[0][0].split("\n")
            names = listed([words.split("\n")[1] for words, _ in copies])
            until = f" · avant le {due}" if due else ""
            found[event.pk] = Standing(
                at=event.at,
                read=not only_waiting and all(read for _, read in copies),
                title=f"{title}\n{names}{until}",
            )
    return found


def _word_words(telling: Telling) -> Told:
    title, sub = _title(telling)
    return Told(f"Mot à signer\u00a0: {title}", sub, _url(telling))


def _reminder_words(telling: Telling) -> Told:
    title, sub = _title(telling)
    return Told(f"«\u00a0{title}\u00a0» attend votre signature", sub, _url(telling))


def _title(telling: Telling) -> tuple[str, str]:
    title, _, sub = telling.standings[telling.events[0].pk].title.partition("\n")
    return title, sub


def _url(telling: Telling) -> str:
    return reverse("notebooks:liaison_open", args=[telling.events[0].about])
