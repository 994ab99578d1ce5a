"""A message goes: rules are asked again, each recipient gets a copy, once, whatever dies in the middle.

One transaction: a worker that dies leaves nothing, and the job sent again does it whole.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from core import audit, clock, sql
from core.progress import SILENT, Progress
from directory.rules import TEAM
from documents.services import quota
from messaging.enums import Box, Line, State
from messaging.models import Copy, Message
from messaging.reach import Through, let_through, standpoint_for_messages
from messaging.written import tell
from schools.querysets import hours_in_use, quiet_hours_of
from schools.rules import quiet_ends

RANKS = {Line.TO: 1, Line.COPY: 2, Line.HIDDEN: 3}


def deliver(message: Message, *, progress: Progress = SILENT) -> int:
    """Gives a message that is `SENDING` to whom it reaches now; answers how many. Done once: a second call
    answers what the first did.

    Recipients whom rules let through no more are marked; where none is left it has reached nobody, and its
    author reads so in *Envoyés*.
    """
    with audit.acting(by=message.author):
        held = Message.objects.select_for_update(of=("self",)).select_related("author", "answers")
        fresh = held.get(pk=message.pk)
        if fresh.state != State.SENDING or fresh.author is None:
            return fresh.reached
        progress.step("Destinataires")
        through = let_through(standpoint_for_messages(fresh.author), fresh)
        now = clock.now()
        progress.step("Distribution")
        give(fresh, through, now)
        Copy.objects.filter(message=fresh, person=fresh.author, box=Box.SENT).update(at=now)
        progress.step("Envoyé")
    return fresh.reached


def give(message: Message, through: Through, now: datetime) -> None:
    """The copies of a message to whom rules let it through, told in what is new; it is `SENT`. In the transaction
    that holds it and asked the rules; its author's own copy is the caller's to date."""
    author = message.author
    assert author is not None
    people, groups = _lines(through)
    reached = [
        row["person_id"]
        for row in sql.rows(
            "messaging",
            "deliver",
            message=message.pk,
            author=author.pk,
            now=now,
            people=list(people),
            people_ranks=[RANKS[line] for line in people.values()],
            groups=list(groups),
            group_ranks=[RANKS[line] for line in groups.values()],
            team=author.profile in TEAM,
            **_quiet(now, urgent=message.urgent),
        )
    ]
    quota.hold_more(reached, message.weight)
    message.state, message.sent_at, message.reached = State.SENT, now, len(reached)
    message.save(update_fields=["state", "send_at", "sent_at", "reached", "handed_back", "changed_at"])
    if reached:
        tell(message, persons=people, groups=groups)


def _lines(through: Through) -> tuple[dict[int, Line], dict[int, Line]]:
    """Persons and groups let through, with their line; it is written down what became of each address."""
    people: dict[int, Line] = {}
    groups: dict[int, Line] = {}
    changed = []
    for each in through.addresses:
        before = each.refused, each.reached, each.label
        each.refused = not through.holds(each)
        if each.group_id is not None:
            each.reached = through.numbers.get(each.group_id, 0)
        if not each.refused and each.group_id is not None:
            each.label = through.groups[each.group_id].label
            groups[each.group_id] = Line(each.line)
        elif not each.refused and each.person_id is not None:
            people[each.person_id] = Line(each.line)
        if (each.refused, each.reached, each.label) != before:
            changed.append(each)
    if changed:
        sql.run(
            "messaging",
            "mark_addresses",
            keys=[each.pk for each in changed],
            refused=[each.refused for each in changed],
            reached=[each.reached for each in changed],
            labels=[each.label for each in changed],
        )
    return people, groups


def _quiet(now: datetime, *, urgent: bool) -> dict[str, Any]:
    """What schools chose of their quiet hours, with when these end, as `deliver` asks it; `quiet`: whether anybody
    may have to wait. A query; none for what is urgent, which waits for no hours."""
    in_use = {} if urgent else hours_in_use()
    until = [quiet_ends(hours, now) for hours in in_use.values()]
    return {
        "zones": [each.zone for each in in_use],
        "on": [each.on for each in in_use],
        "starts": [each.starts for each in in_use],
        "ends": [each.ends for each in in_use],
        "weekends": [each.weekends for each in in_use],
        "until": until,
        "quiet": any(end > now for end in until),
    }


def morning_of(schools: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When each of these schools is quiet no more: now, where it is not. A query."""
    hours = quiet_hours_of(schools)
    ends = {each: quiet_ends(each, now) for each in set(hours.values())}
    return {school: ends[each] for school, each in hours.items()}
