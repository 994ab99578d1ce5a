"""Messages in words: a line of a box, a message of a conversation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from accounts.models import User
from core import clock
from messaging.care import reported_by
from messaging.enums import Box, Line, State
from messaging.models import Address, Attachment, Copy, Message
from messaging.querysets import addresses_shown, attachments_of
from ui.french import counted, listed, moment, when

NO_SUBJECT = "(sans objet)"
LINES = {Line.TO: "À", Line.COPY: "Copie", Line.HIDDEN: "Copie cachée"}
EXCERPT = 120
NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxLine:
    """A line of a box: `who` it is from, or for; `note` where it is on its way, or planned."""

    copy: Copy
    url: str
    who: str
    subject: str
    excerpt: str
    at: str
    unread: bool
    attached: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of a conversation, as one reader may know it; `openly`, whom it was written to for all
    to see."""

    copy: Copy
    message: Message
    mine: bool
    who: str
    at: str
    to: list[tuple[str, str]]
    openly: list[str]
    files: list[Attachment] = field(default_factory=list)
    note: str = ""
    reported: bool = False

    @property
    def may_report(self) -> bool:
        """Whether the reader may report it: others wrote it to them, and they did not yet."""
        return self.copy.box == Box.RECEIVED and not self.mine and not self.reported


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits for somebody to read it before it goes."""

    message: Message
    subject: str
    at: str


def waiting_lines(messages: Iterable[Message]) -> list[Waiting]:
    """In their order."""
    now = clock.now()
    return [Waiting(each, each.subject or NO_SUBJECT, when(each.changed_at, now=now)) for each in messages]


def box_lines(copies: Sequence[Copy], person: User) -> list[BoxLine]:
    """Lines of a box, in their order. No query: everything was read with them."""
    return [_box_line(copy, person) for copy in copies]


def conversation(copies: Sequence[Copy], person: User) -> list[Said]:
    """The messages of a conversation, the first first. Three queries."""
    messages = [copy.message for copy in copies]
    reported = reported_by(person, messages)
    shown, joined = addresses_shown(person, messages), attachments_of(messages)
    return [
        Said(
            copy=copy,
            message=copy.message,
            mine=copy.message.author_id == person.pk,
            who=copy.message.author_name,
            at=moment(copy.at),
            to=lines_of(shown[copy.message_id]),
            openly=[each.label for each in shown[copy.message_id] if each.line != Line.HIDDEN],
            files=[each for each in joined[copy.message_id] if not each.inline],
            note=note_of(copy.message),
            reported=copy.message_id in reported,
        )
        for copy in copies
    ]


def lines_of(addresses: Iterable[Address]) -> list[tuple[str, str]]:
    """« À », « Copie », « Copie cachée », each with its names."""
    found: dict[str, list[str]] = {}
    for each in addresses:
        found.setdefault(each.line, []).append(_name(each))
    return [(words, listed(found[line])) for line, words in LINES.items() if line in found]


def note_of(message: Message) -> str:
    """What is particular about where a message stands, for its author."""
    if message.state == State.PLANNED and message.send_at is not None:
        return f"partira {moment(message.send_at)}"
    if message.state == State.HELD:
        return "attend d’être relu"
    if message.state == State.SENDING:
        return "envoi en cours"
    if message.recalled_at is not None:
        return "rappelé"
    if message.state == State.SENT and not message.reached:
        return "n’a été distribué à personne"
    return ""


def _box_line(copy: Copy, person: User) -> BoxLine:
    message = copy.message
    draft = copy.box == Box.DRAFTS
    received = copy.box == Box.RECEIVED
    name = "messaging:write" if draft else "messaging:thread"
    url = reverse(name) + f"?brouillon={message.uuid}" if draft else reverse(name, args=[message.uuid])
    addressed = message.addressed or ("copies cachées" if not draft else "sans destinataire")
    return BoxLine(
        copy=copy,
        url=url,
        who=message.author_name if received else _short(addressed),
        subject=message.subject or NO_SUBJECT,
        excerpt=" ".join(message.text[: 2 * EXCERPT].split())[:EXCERPT],
        at=when(copy.at, now=clock.now(), short=True),
        unread=received and copy.read_at is None,
        attached=bool(getattr(copy, "has_attachment", False)),
        note="" if received else note_of(message),
    )


def _name(address: Address) -> str:
    group = address.group_id is not None and address.reached is not None
    words = f"{address.label} ({counted(address.reached or 0, 'personne')})" if group else address.label
    return f"{words} (non distribué)" if address.refused else words


def _short(addressed: str) -> str:
    names = addressed.split(", ")
    if len(names) <= NAMED:
        return listed(names)
    return f"{', '.join(names[:NAMED])} et {counted(len(names) - NAMED, 'autre')}"
