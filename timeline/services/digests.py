"""Mails of what is new: gathered at each pace, sent when no school of the person is quiet.

What is gathered is rows; each mail goes with the deletion of its rows, so that a worker's death sends
nothing twice and loses nothing.
"""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from core import clock, sql
from directory.querysets import standpoint_of
from schools.models import School
from schools.querysets import settings_of
from schools.rules import quiet
from sharing.querysets import reach_from
from timeline import mails
from timeline.enums import MailPace
from timeline.kinds import kinds
from timeline.models import Event, Gathering, WaitingMail
from timeline.querysets import seen_among

BATCH = 200


class Peace:
    """Which schools are quiet at this instant, each asked once."""

    def __init__(self) -> None:
        self._now = clock.now()
        self._known: dict[int, bool] = {}

    def keeps(self, schools: Iterable[int]) -> bool:
        """Whether every one of someone's schools is quiet; those who have none are told at once."""
        asked = set(schools)
        missing = School.objects.filter(pk__in=asked - self._known.keys()).select_related("academy")
        for school in missing if asked - self._known.keys() else ():
            self._known[school.pk] = quiet(settings_of(school).quiet_hours, self._now)
        return bool(asked) and all(self._known.get(key, False) for key in asked)


@transaction.atomic
def gather(*, pace: MailPace) -> int:
    """Writes down whom a mail of this pace is to tell what; answers how many lines. The first gathering
    tells nothing of what was before it."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    Gathering.objects.get_or_create(pace=pace, defaults={"until": last})
    mark = Gathering.objects.select_for_update(of=("self",), no_key=True).get(pace=pace)
    found = sql.run(
        "timeline",
        "gather",
        pace=pace.value,
        after=mark.until,
        until=last,
        kinds=[kind.key for kind in kinds],
        paces=[kind.mail.value for kind in kinds],
    )
    Gathering.objects.filter(pace=pace).update(until=last)
    return found


def send_waiting() -> int:
    """Sends what waits to those whom no school leaves in peace now; answers how many mails."""
    sent, last, peace = 0, 0, Peace()
    while True:
        waiting = WaitingMail.objects.filter(person__gt=last).order_by("person_id")
        people = list(waiting.values_list("person_id", flat=True).distinct()[:BATCH])
        if not people:
            return sent
        for person in User.objects.filter(pk__in=people).order_by("pk"):
            sent += _send_to(person, peace)
        WaitingMail.objects.filter(person__in=people, person__merged_into__isnull=False).delete()
        last = people[-1]


@transaction.atomic
def _send_to(person: User, peace: Peace) -> int:
    """One mail with all that waits for a person, but for what they may not know any more."""
    rows = WaitingMail.objects.select_for_update(of=("self",)).filter(person=person)
    keys = list(rows.values_list("event_id", flat=True))
    me = standpoint_of(person)
    if not keys or peace.keeps(me.schools | me.child_schools):
        return 0
    events = Event.objects.filter(pk__in=keys).select_related("resource", "school").order_by("-pk")
    told = seen_among(person, reach_from(person, me), list(events))
    WaitingMail.objects.filter(person=person, event__in=keys).delete()
    return mails.send_news(person, told)
