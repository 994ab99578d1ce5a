"""What the notice board tells in what is new: a notice that appears, one that waits to be read."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from home.models import Acknowledgement
from home.querysets import notices_visible_to
from sharing.querysets import reach_of
from timeline.kinds import Kind, Standing, Telling, Told, register
from timeline.models import Event

NOTICE = "home.notice"
REMINDER = "home.reminder"


def register_kinds() -> None:
    """To be called in `ready()`."""
    register(
        Kind(
            key=NOTICE,
            order=5,
            app="home",
            app_label="Actualités",
            label="Les actualités de l’école",
            icon="speakerphone",
            cover="coral",
            words=_notice_words,
            grouped=False,
            gate=_standing,
            # It stands on top of the home page already.
            apart=True,
        )
    )
    register(
        Kind(
            key=REMINDER,
            order=6,
            app="home",
            app_label="Actualités",
            label="Les actualités qui attendent ma lecture",
            icon="speakerphone",
            cover="coral",
            words=_reminder_words,
            profiles=frozenset({Profile.RELATIVE}),
            grouped=False,
            gate=_waiting,
        )
    )


def _standing(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Those whose notice stands for this person now; read, where they said so. Four queries."""
    about = [event.about for event in events]
    there = set(notices_visible_to(reach_of(person)).filter(uuid__in=about).values_list("uuid", flat=True))
    words = Acknowledgement.objects.filter(person=person, notice__uuid__in=there)
    done = set(words.values_list("notice__uuid", flat=True))
    return {
        event.pk: Standing(at=event.at, read=event.about in done) for event in events if event.about in there
    }


def _waiting(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Those whose notice this person has still to read."""
    return {key: each for key, each in _standing(person, events).items() if not each.read}


def _notice_words(telling: Telling) -> Told:
    event = telling.events[0]
    school = event.school.name if event.school else ""
    return Told(event.data["title"], school, reverse("notices:notice", args=[event.about]))


def _reminder_words(telling: Telling) -> Told:
    event = telling.events[0]
    return Told(
        f"«\u00a0{event.data['title']}\u00a0» attend votre «\u00a0J’ai lu\u00a0»",
        event.school.name if event.school else "",
        reverse("notices:notice", args=[event.about]),
    )
