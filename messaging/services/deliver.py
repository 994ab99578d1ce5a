"""A message goes: rules are asked again, each recipient gets a copy, once, whatever dies in the middle.

One transaction: a worker that dies leaves nothing, and the job sent again does it whole.
"""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from core import audit, clock, sql
from core.progress import SILENT, Progress
from directory.querysets.groups import numbers_of_members
from directory.rules import TEAM
from documents.services import quota
from messaging.enums import Box, Line, State
from messaging.models import Address, Copy, Message
from messaging.reach import reached_groups, reached_people, standpoint_for_messages
from messaging.signals import delivered
from schools.models import School
from schools.querysets import settings_of_all
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
        people, groups = _let_through(fresh, fresh.author)
        now = clock.now()
        progress.step("Distribution")
        reached = [
            row["person_id"]
            for row in sql.rows(
                "messaging",
                "deliver",
                message=fresh.pk,
                author=fresh.author.pk,
                now=now,
                people=list(people),
                people_ranks=[RANKS[line] for line in people.values()],
                groups=list(groups),
                group_ranks=[RANKS[line] for line in groups.values()],
            )
        ]
        if not fresh.urgent:
            _wait_for_morning(fresh, fresh.author, now)
        quota.hold_more(reached, fresh.weight)
        fresh.state, fresh.sent_at, fresh.reached = State.SENT, now, len(reached)
        fresh.save(update_fields=["state", "sent_at", "reached"])
        Copy.objects.filter(message=fresh, person=fresh.author, box=Box.SENT).update(at=now)
        progress.step("Envoyé")
        delivered.send(Message, message=fresh)
    return len(reached)


def _let_through(message: Message, author: User) -> tuple[dict[int, Line], dict[int, Line]]:
    """Persons and groups whom the author still reaches, with their line; the others are marked."""
    me = standpoint_for_messages(author)
    addresses = list(message.addresses.all())
    persons = {each.person_id: Line(each.line) for each in addresses if each.person_id is not None}
    groups = {each.group_id: Line(each.line) for each in addresses if each.group_id is not None}
    near = reached_people(me, persons, message.answers)
    usable = reached_groups(me, groups)
    numbers = numbers_of_members(usable.values())
    for each in addresses:
        if each.group_id is not None:
            each.refused = each.group_id not in usable
            each.reached = numbers.get(each.group_id, 0)
            if each.group_id in usable:
                each.label = usable[each.group_id].label
        else:
            each.refused = each.person_id not in near
    Address.objects.bulk_update(addresses, ["refused", "reached", "label"], batch_size=1_000)
    return (
        {key: line for key, line in persons.items() if key in near},
        {key: line for key, line in groups.items() if key in usable},
    )


def _wait_for_morning(message: Message, author: User, now: datetime) -> None:
    schools = [row["school_id"] for row in sql.rows("messaging", "schools_of_holders", message=message.pk)]
    ends = morning_of(schools, now)
    if any(end > now for end in ends.values()):
        sql.run(
            "messaging",
            "wait_for_morning",
            message=message.pk,
            now=now,
            team=author.profile in TEAM,
            schools=list(ends),
            ends=list(ends.values()),
        )


def morning_of(schools: Iterable[int], now: datetime) -> dict[int, datetime]:
    """When each of these schools is quiet no more: now, where it is not. A query."""
    found = School.objects.filter(pk__in=list(schools)).select_related("academy")
    return {school.pk: quiet_ends(settings.quiet_hours, now) for school, settings in settings_of_all(found)}
