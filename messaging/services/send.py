"""Sending: what is asked before a message goes; at once, by a job, or at an instant to come; called back."""

from datetime import datetime, timedelta
from typing import Any

from accounts import assurance
from accounts.models import User
from core import audit, clock
from core.jobs import job
from core.models import Job
from core.progress import Progress
from directory.models import Group
from directory.querysets.groups import numbers_of_members
from directory.rules import Standpoint
from documents.errors import QuotaExceeded
from documents.services import quota
from messaging.care import is_reviewed
from messaging.enums import Box, Sign, State
from messaging.errors import (
    EverybodyRead,
    NobodyAddressed,
    NoSuchMessage,
    NothingSaid,
    NotSent,
    NotWaiting,
    OutOfReach,
    SendingInThePast,
    SendingStopped,
    TooLate,
    TooManyAttachments,
    TooManyMessages,
)
from messaging.models import Copy, Message
from messaging.querysets import reached_since, reaches_since, stops_for
from messaging.reach import (
    Through,
    counted,
    let_through,
    standpoint_for_messages,
    written_to_others,
)
from messaging.rules import AT_ONCE, left_in_hour, may_recall
from messaging.services import alerts
from messaging.services.deliver import deliver, give
from messaging.services.joining import settle_pictures
from messaging.services.writing import own_draft

FURTHEST = timedelta(days=366)
# What keeps back a message that was planned.
NOT_NOW = (
    SendingStopped,
    TooManyMessages,
    OutOfReach,
    NobodyAddressed,
    NothingSaid,
    QuotaExceeded,
    TooManyAttachments,
)
FORGOTTEN_AFTER = timedelta(minutes=5)
HOUR = timedelta(hours=1)


@job("messaging.send", label="Envoi d’un message")
def send_by_job(progress: Progress, *, message: int) -> dict[str, Any]:
    """Delivers a message to many; started by `send` alone."""
    found = Message.objects.get(pk=message)
    return {"reached": deliver(found, progress=progress)}


def send(
    *,
    by: User,
    message: Message,
    at: datetime | None = None,
    me: Standpoint | None = None,
    through: Through | None = None,
) -> Message:
    """Sends a draft: to few at once, to many by a job, or `at` an instant to come. What a pupil writes waits
    to be read where their class, or their school, asked for it. `me`: where `by` stands, where this request read it;
    `through`: what `write` answered of the draft in this same transaction, which holds it.

    Raises LowAssurance, NoSuchMessage, AlreadySent, NobodyAddressed, NothingSaid, OutOfReach (`names`),
    SendingStopped, TooManyMessages, SendingInThePast, QuotaExceeded (for pictures); the draft stays as it is.
    """
    try:
        return _send(by, message, at, me, through)
    except TooManyMessages:
        # Told apart from the send, which is undone.
        alerts.alert(person=by, sign=Sign.LIMIT, reached=reached_since(by, clock.now() - HOUR))
        raise


def _send(
    by: User, message: Message, at: datetime | None, me: Standpoint | None, known: Through | None
) -> Message:
    now = clock.now()
    if at is not None and not now < at <= now + FURTHEST:
        raise SendingInThePast()
    with audit.acting(by=by):
        fresh = own_draft(by, message) if known is None else message
        settle_pictures(by, fresh)
        fresh.author = by
        through = _require_sendable(by, fresh, me, known)
        fresh.changed_at = now
        if at is not None:
            fresh.state, fresh.send_at, fresh.handed_back = State.PLANNED, at, ""
            fresh.save(update_fields=["state", "send_at", "handed_back", "changed_at"])
        elif is_reviewed(by) and written_to_others(by, through):
            fresh.state, fresh.send_at, fresh.handed_back = State.HELD, None, ""
            fresh.save(update_fields=["state", "send_at", "handed_back", "changed_at"])
            Copy.objects.filter(message=fresh, box=Box.DRAFTS).update(box=Box.SENT, at=now)
        else:
            _go(fresh, through, now)
    return fresh


def go_on(*, by: User, message: Message) -> Message:
    """A message that waited to be read goes, in the name of whoever wrote it; `by` is who says so. Rules are
    asked as they are now.

    Raises NotWaiting, and what `send` raises of the message; it waits on.
    """
    with audit.acting(by=by):
        fresh = held_message(message)
        author = fresh.author
        if author is None:
            raise NotWaiting()
        now = clock.now()
        through = _require_sendable(author, fresh)
        fresh.changed_at = now
        _go(fresh, through, now)
    return fresh


def held_message(message: Message) -> Message:
    """A message that waits to be read, held. Raises NotWaiting."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("author")
    fresh = rows.filter(pk=message.pk, state=State.HELD).first()
    if fresh is None:
        raise NotWaiting()
    return fresh


def _go(fresh: Message, through: Through, now: datetime) -> None:
    # What waits for a worker counts in the hour too: it is counted anew when it has gone.
    fresh.state, fresh.send_at, fresh.reached = State.SENDING, None, through.reached
    fresh.handed_back = ""
    Copy.objects.filter(message=fresh, box=Box.DRAFTS).update(box=Box.SENT, at=now)
    if through.reached > AT_ONCE:
        fresh.save(update_fields=["state", "send_at", "reached", "handed_back", "changed_at"])
        send_by_job.start(by=None, message=fresh.pk)
    else:
        give(fresh, through, now)


def unplan(*, by: User, message: Message) -> Message:
    """A message planned is a draft again. Raises NoSuchMessage, AlreadySent."""
    with audit.acting(by=by):
        fresh = own_draft(by, message)
        fresh.state, fresh.send_at = State.DRAFT, None
        fresh.save(update_fields=["state", "send_at"])
    return fresh


def send_planned() -> int:
    """Sends what was planned for now; what may go no more is a draft again. Answers how many went.

    Each in its own transaction, so that one does not keep another back; run twice at once, each goes once.
    """
    due = Message.objects.filter(state=State.PLANNED, send_at__lte=clock.now()).order_by("send_at", "pk")
    gone = 0
    for message in list(due.select_related("author")):
        author = message.author
        if author is None:
            continue
        try:
            send(by=author, message=message)
        except NOT_NOW:
            unplan(by=author, message=message)
        except NoSuchMessage:
            continue
        else:
            gone += 1
    return gone


def deliver_forgotten() -> int:
    """Delivers what is on its way for too long: its worker died. Answers how many messages."""
    late = Message.objects.filter(state=State.SENDING, changed_at__lt=clock.now() - FORGOTTEN_AFTER)
    found = list(late.order_by("pk")[:100])
    for message in found:
        deliver(message)
    return len(found)


def recall(*, by: User, message: Message) -> int:
    """Calls a message back from all who did not read it, within an hour; answers from how many.

    Raises LowAssurance, NoSuchMessage, NotSent, TooLate, EverybodyRead.
    """
    assurance.require_full()
    with audit.acting(by=by):
        fresh = Message.objects.select_for_update(of=("self",)).filter(pk=message.pk, author=by).first()
        if fresh is None:
            raise NoSuchMessage()
        if fresh.state != State.SENT or fresh.sent_at is None:
            raise NotSent()
        if not may_recall(fresh.sent_at, clock.now()):
            raise TooLate()
        unread = Copy.objects.filter(message=fresh, box=Box.RECEIVED, read_at__isnull=True)
        people = dict(unread.select_for_update().values_list("pk", "person_id"))
        if not people:
            raise EverybodyRead()
        Copy.objects.filter(pk__in=people).delete()
        quota.hold_more(list(people.values()), -fresh.weight)
        fresh.recalled_at = clock.now()
        fresh.save(update_fields=["recalled_at"])
    return len(people)


def reach_of_draft(message: Message) -> int:
    """How many people a message would reach, whoever is named twice counted twice. Two queries."""
    keys = list(message.addresses.values_list("group_id", flat=True))
    groups = Group.objects.filter(pk__in=[key for key in keys if key is not None])
    return keys.count(None) + sum(numbers_of_members(groups).values())


def job_of(message: Message) -> Job | None:
    """The job that delivers a message, for its progress."""
    jobs = Job.objects.filter(name="messaging.send", arguments__message=message.pk)
    return jobs.order_by("-pk").first()


def _require_sendable(
    by: User, message: Message, standing: Standpoint | None = None, known: Through | None = None
) -> Through:
    """Whom it reaches, where nothing keeps it back."""
    if not (message.subject or message.text.strip() or message.attachments.exists()):
        raise NothingSaid()
    me = standpoint_for_messages(by, standing)
    through = let_through(me, message) if known is None else counted(known)
    if not through.addresses:
        raise NobodyAddressed()
    if stops_for(me).exists():
        raise SendingStopped()
    out = [each.label for each in through.addresses if not through.holds(each)]
    if out:
        raise OutOfReach(names=out)
    lately = reaches_since(by, clock.now() - HOUR)
    if through.reached > left_in_hour(me, sum(lately)):
        raise TooManyMessages()
    alerts.look(me=me, person=by, message=message, lately=[*lately, through.reached])
    return through
