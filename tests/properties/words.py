"""What an academy's people write to one another: each copy is its holder's until they delete it, whatever year it is."""

from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar, NamedTuple

from accounts.models import User
from directory.models import Group
from directory.querysets import members_of
from messaging.enums import Box, Line, State
from messaging.models import Copy, Message
from messaging.querysets import addresses_shown, copies_of
from messaging.reach import groups_to_write, people_to_write, standpoint_for_messages
from messaging.services import boxes, send, writing
from messaging.services.writing import Target
from tests.properties.academy import Academy, Gone, Memory, Rows, happens, holds, one, signed_in, some

WAYS = ("to groups", "by name", "with hidden copies", "answer", "answer all", "forward")
ACTS = ("read", "throw", "throw", "restore", "erase", "erase", "recall")


class Written(NamedTuple):
    key: int
    author: int | None
    state: str
    reached: int


class Held(NamedTuple):
    """A copy of a message, as whoever holds it has it."""

    message: int
    person: int
    box: str
    line: str
    thrown: bool


def _written() -> Rows:
    return {Written(*row) for row in Message.objects.values_list("pk", "author_id", "state", "reached")}


def _written_left(rows: Rows, gone: Gone) -> Rows:
    """What nobody holds any more is no more; the rest stays, under the name that its author bore."""
    held = set(Copy.objects.values_list("message_id", flat=True))
    return {
        row._replace(author=None if row.author in gone.people else row.author)
        for row in rows
        if row.key in held
    }


def _held() -> Rows:
    rows = Copy.objects.values_list("message_id", "person_id", "box", "line", "trashed_at")
    return {Held(*row[:4], thrown=row[4] is not None) for row in rows}


def _held_left(rows: Rows, gone: Gone) -> Rows:
    return {row for row in rows if row.person not in gone.people}


class Words(Academy):
    MEMORIES: ClassVar[Mapping[str, Memory]] = {
        "messages": Memory(_written, _written_left),
        "copies": Memory(_held, _held_left),
    }

    @happens(8)
    def someone_writes(self, chance: Random) -> None:
        """Who holds it is who was addressed that day, and stays so."""
        by, way = self.somebody(chance), chance.choice(WAYS)
        if by is None:
            return
        known = {row.key for row in self.memory["messages"]}
        message = self.done(
            f"a message: {way}",
            lambda: self._written_by(by, chance, way),
            messages=lambda row: row.key not in known,
            copies=lambda row: row.message not in known,
        )
        if message is not None and message.state == State.SENT:
            held = set(copies_received(message))
            assert held == addressed(message), "whoever was addressed holds it, and nobody else"

    def _written_by(self, by: User, chance: Random, way: str) -> Message | None:
        if way in {"answer", "answer all", "forward"}:
            copy = one(copies_of(by).filter(message__state=State.SENT).order_by("pk"), chance)
            if copy is None:
                return None
            if way == "forward":
                made = writing.forward(by=by, copy=copy)
                writing.save(by=by, message=made, targets=_targets(by, chance, "by name"))
            else:
                made = writing.answer(by=by, copy=copy, everybody=way == "answer all")
        else:
            body = f"<p>Mot {chance.randrange(1_000)}</p>"
            made = writing.begin(by=by, subject=way, body=body, targets=_targets(by, chance, way))
        return send.send(by=by, message=made)

    @happens(7)
    def someone_puts_their_copies_away(self, chance: Random) -> None:
        """One's own alone: others hold theirs."""
        act = chance.choice(ACTS)
        copy = one(_theirs(act), chance)
        if copy is None:
            return
        by = signed_in(copy.person)
        if act == "recall":
            self.done(
                f"a message: {act}",
                lambda: send.recall(by=by, message=copy.message),
                copies=lambda row: row.message == copy.message_id and row.box == Box.RECEIVED,
            )
            return
        does = {"read": boxes.read, "throw": boxes.throw, "restore": boxes.restore, "erase": boxes.erase}[act]
        self.done(
            f"a copy: {act}",
            lambda: does(by=by, copies=[copy]),
            copies=lambda row: (row.person, row.message) == (by.pk, copy.message_id),
            messages=lambda row: row.key == copy.message_id and act in {"throw", "erase"},
        )
        if act == "erase":
            others = {row for row in self.memory["copies"] if row.message == copy.message_id}
            assert bool(others) == Message.objects.filter(pk=copy.message_id).exists()

    @holds
    def hidden_copies_are_known_to_their_author_alone(self) -> None:
        chance = Random(self.steps)
        copies = Copy.objects.filter(message__addresses__line=Line.HIDDEN).distinct()
        for copy in some(copies.select_related("person", "message"), chance):
            if copy.person_id != copy.message.author_id:
                shown = addresses_shown(copy.person, [copy.message])[copy.message_id]
                hidden = {each.person_id for each in shown if each.line == Line.HIDDEN}
                assert hidden <= {copy.person_id}


def copies_received(message: Message) -> list[int]:
    return list(Copy.objects.filter(message=message, box=Box.RECEIVED).values_list("person_id", flat=True))


def addressed(message: Message) -> set[int]:
    """Whom a message that has just gone was written to: those named, and who is in its groups but its author."""
    rows = list(message.addresses.filter(refused=False).values_list("person_id", "group_id"))
    named = {person for person, _ in rows if person is not None}
    groups = Group.objects.filter(pk__in=[group for _, group in rows if group is not None])
    return named | set(members_of(groups).exclude(pk=message.author_id).values_list("pk", flat=True))


def _targets(by: User, chance: Random, way: str) -> list[Target]:
    me = standpoint_for_messages(by)
    people = some(people_to_write(me), chance)
    if way == "by name":
        return [Target(Line.TO, person=each) for each in people]
    groups = some(groups_to_write(me).select_related("school", "school_class"), chance)
    found = [Target(Line.TO, group=each) for each in groups]
    if way == "with hidden copies":
        found += [Target(Line.HIDDEN, person=each) for each in people]
    return found


def _theirs(act: str) -> Any:
    rows = Copy.objects.filter(person__in=User.objects.present()).select_related("person", "message")
    if act in {"restore", "erase"}:
        return rows.filter(trashed_at__isnull=False).order_by("pk")
    if act == "recall":
        return rows.filter(box=Box.SENT).order_by("pk")
    return rows.filter(trashed_at__isnull=True).order_by("pk")
