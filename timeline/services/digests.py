"""Mails of what is new: gathered at each pace, sent when no school of the person is quiet.

What is gathered is rows; each mail goes with the deletion of its rows, so that a worker's death sends
nothing twice and loses nothing.
"""

import logging
from collections.abc import Iterable, Sequence
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.db import transaction

from accounts.models import User
from core import clock, sql
from directory.querysets import standpoint_of
from directory.querysets.applications import applications_closed_to
from schools.querysets import quiet_hours_of
from schools.rules import quiet
from sharing.querysets import reach_from
from timeline import mails
from timeline.enums import MailPace
from timeline.kinds import kinds
from timeline.models import Event, Gathering, WaitingMail
from timeline.querysets import news_among, seen_among
from timeline.services.preferences import choices_of

BATCH = 200
PERMANENT = 500  # from this answer of a mail server on, there is no use in trying again
log = logging.getLogger(__name__)


class Peace:
    """Which schools are quiet at this instant, each asked once."""

    def __init__(self) -> None:
        self._now = clock.now()
        self._known: dict[int, bool] = {}

    def keeps(self, schools: Iterable[int]) -> bool:
        """Whether every one of someone's schools is quiet; those who have none are told at once."""
        asked = set(schools)
        if missing := asked - self._known.keys():
            hours = quiet_hours_of(missing)
            self._known |= {school: quiet(each, self._now) for school, each in hours.items()}
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
        gated=[kind.key for kind in kinds if kind.gate is not None],
    )
    Gathering.objects.filter(pace=pace).update(until=last)
    return found


def send_waiting() -> int:
    """Sends what waits to those whom no school leaves in peace now; answers how many mails. Where the mail
    server fails, what did not go waits for the next time."""
    sent, last, peace = 0, 0, Peace()
    while True:
        waiting = WaitingMail.objects.filter(person__gt=last).order_by("person_id")
        people = list(waiting.values_list("person_id", flat=True).distinct()[:BATCH])
        if not people:
            return sent
        for person in User.objects.filter(pk__in=people).order_by("pk"):
            try:
                sent += _send_to(person, peace)
            except (SMTPRecipientsRefused, SMTPDataError) as refused:
                # One mail that is not taken keeps nobody else's back.
                _refused(person, refused)
        WaitingMail.objects.filter(person__in=people, person__merged_into__isnull=False).delete()
        last = people[-1]


def _refused(person: User, refused: SMTPRecipientsRefused | SMTPDataError) -> None:
    """An address that is no good is not tried again and again; what is refused for now waits for the next time."""
    log.warning("the mail of %s was refused: %s", person.uuid, type(refused).__name__)
    if isinstance(refused, SMTPRecipientsRefused):
        codes = [code for code, _ in refused.recipients.values()]
        if all(code >= PERMANENT for code in codes):
            WaitingMail.objects.filter(person=person).delete()


@transaction.atomic
def _send_to(person: User, peace: Peace) -> int:
    """One mail with all that waits for a person, but for what they read or may not know any more, and what is of
    an application closed to them; what has not come to them yet goes on waiting."""
    rows = WaitingMail.objects.select_for_update(of=("self",)).filter(person=person)
    keys = list(rows.values_list("event_id", flat=True))
    me = standpoint_of(person)
    if not keys or peace.keeps(me.schools | me.child_schools):
        return 0
    events = Event.objects.filter(pk__in=keys).select_related("resource", "school").order_by("-pk")
    seen = seen_among(person, reach_from(person, me), list(events))
    done = set(keys) - {event.pk for event in seen.later}
    WaitingMail.objects.filter(person=person, event__in=done).delete()
    told = [news for news in news_among(person, seen) if news.unread]
    if told:
        shut = applications_closed_to(me)
        open_ = {kind.key for kind in kinds if kind.app not in shut}
        told = [news for news in told if news.event.kind in open_]
    return mails.send_news(person, told, texts=_texts(person, [news.event for news in told]))


def _texts(person: User, events: Sequence[Event]) -> dict[int, str]:
    """What mails quote, by event, of the kinds that a person asked it for. A query, and one a kind."""
    asked = {choice.kind.key: choice.kind.text for choice in choices_of(person) if choice.text}
    texts: dict[int, str] = {}
    for key, text in asked.items():
        those = [event for event in events if event.kind == key]
        texts |= text(person, those) if text is not None and those else {}
    return texts
