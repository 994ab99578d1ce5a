"""What the notice board tells in what is new: a notice that appears, one that waits to be read."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from home.models import Acknowledgement
from home.querysets import concerns_of, notices_visible_to
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
    rows = notices_visible_to(reach_of(person)).filter(uuid__in=about)
    # As it is called now: its school may have taken a name out of it.
    there = dict(rows.values_list("uuid", "title"))
    words = Acknowledgement.objects.filter(person=person, notice__uuid__in=list(there))
    done = set(words.values_list("notice__uuid", flat=True))
    return {
        event.pk: Standing(at=event.at, read=event.about in done, title=there[event.about])
        for event in events
        if event.about in there
    }


def _waiting(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Those whose notice this person has still to read, as the school asks for it and as their ties are now."""
    reach = reach_of(person)
    rows = notices_visible_to(reach).filter(uuid__in=[event.about for event in events])
    notices = {notice.uuid: notice for notice in rows}
    concerns = concerns_of(person, list(notices.values()), reach)
    found = {}
    for event in events:
        notice = notices.get(event.about) if event.about else None
        if notice is not None:
            concern = concerns[notice.pk]
            if concern.asked and concern.read_at is None:
                found[event.pk] = Standing(at=event.at, title=notice.title)
    return found


def _notice_words(telling: Telling) -> Told:
    event = telling.events[0]
    school = event.school.name if event.school else ""
    return Told(_title(telling), school, reverse("notices:notice", args=[event.about]))


def _title(telling: Telling) -> str:
    return telling.standings[telling.events[0].pk].title


def _reminder_words(telling: Telling) -> Told:
    event = telling.events[0]
    return Told(
        f"«\u00a0{_title(telling)}\u00a0» attend votre «\u00a0J’ai lu\u00a0»",
        event.school.name if event.school else "",
        reverse("notices:notice", args=[event.about]),
    )
