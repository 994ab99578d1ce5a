"""Writing: a draft from its first word, an answer, a message passed on; saved as one writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from accounts import assurance
from accounts.models import User
from core import audit, clock
from core.storage.models import Blob, Upload
from directory.models import Favourite, Group
from directory.rules import Standpoint
from directory.services.favourites import resolve
from documents.attachable import managed_files
from documents.services import files
from messaging.enums import Box, Line, State
from messaging.errors import AlreadySent, NoReply, NoSuchMessage, NotSent, OutOfReach
from messaging.models import SUBJECT_LENGTH, Address, Attachment, Copy, Message, Signature
from messaging.querysets import addresses_shown
from messaging.reach import reached_groups, reached_people, standpoint_for_messages
from messaging.services.joining import (
    adopt_pictures,
    join,
    require_joinable,
    settle_pictures,
    take_off,
)
from sharing.models import Resource
from ui import rich_text
from ui.french import listed, moment_year

RE, FW = "Re : ", "Tr : "


@dataclass(frozen=True, slots=True)
class Target:
    """Someone, or a group, on a line of a message."""

    line: Line
    person: User | None = None
    group: Group | None = None


def begin(*, by: User, subject: str = "", body: str | None = None, targets: Sequence[Target] = ()) -> Message:
    """A draft; signed, where no body is given. Raises LowAssurance, OutOfReach."""
    return _begin(by, subject=subject, body=signed(by) if body is None else body, targets=targets)


def begun(*, by: User, key: UUID) -> Message:
    """The draft that a page began under this key: whatever comes of it first, or together (its text, a picture,
    a file), begins one. Raises LowAssurance, NoSuchMessage (another's key)."""
    assurance.require_full()
    found = Message.objects.filter(uuid=key).first()
    if found is None:
        try:
            with transaction.atomic():
                return _begin(by, subject="", body="", targets=(), uuid=key)
        except IntegrityError:
            # Begun meanwhile by what came together.
            found = Message.objects.filter(uuid=key).first()
    if found is None or found.author_id != by.pk:
        raise NoSuchMessage()
    return found


def save(
    *,
    by: User,
    message: Message,
    subject: str | None = None,
    body: str | None = None,
    targets: Sequence[Target] | None = None,
    no_reply: bool | None = None,
    urgent: bool | None = None,
    me: Standpoint | None = None,
) -> Message:
    """Keeps what is written so far; what is None stays. `me`: where `by` stands, where this request read it. Raises NoSuchMessage, AlreadySent, OutOfReach
    (`names`): the text is kept even so, the recipients of before too."""
    with audit.acting(by=by):
        fresh = own_draft(by, message)
        if subject is not None:
            fresh.subject = subject.strip()[:SUBJECT_LENGTH]
        if body is not None:
            fresh.body = rich_text.clean(body)
            fresh.text = rich_text.plain(fresh.body)
        if no_reply is not None:
            fresh.no_reply = no_reply
        if urgent is not None:
            fresh.urgent = urgent
        fresh.changed_at = clock.now()
        fresh.save()
        Copy.objects.filter(message=fresh, person=by).update(at=fresh.changed_at)
    if targets is not None:
        with audit.acting(by=by):
            address(by, fresh, targets, me)
    return fresh


def answer(*, by: User, copy: Copy, everybody: bool = False) -> Message:
    """An answer to its author or, for `everybody`, to all those it was openly written to, as far as one
    reaches them. Raises LowAssurance, NotSent, NoReply."""
    message = copy.message
    if message.state != State.SENT:
        raise NotSent()
    if message.no_reply and message.author_id != by.pk:
        raise NoReply()
    targets = _answered(by, message, everybody=everybody)
    subject = message.subject if message.subject.startswith(RE) else f"{RE}{message.subject}"
    return _begin(by, subject=subject, body=signed(by), targets=targets, answers=message)


def forward(*, by: User, copy: Copy) -> Message:
    """A draft that quotes a message, with its files and pictures. Raises LowAssurance, NotSent,
    QuotaExceeded."""
    message = copy.message
    if message.state != State.SENT:
        raise NotSent()
    with audit.acting(by=by):
        names = listed([each.label for each in addresses_shown(by, [message])[message.pk]])
        at = moment_year(message.sent_at) if message.sent_at else ""
        said = f"{message.author_name}, à {names}, {at}\u00a0:"
        body = signed(by) + rich_text.quote(message.body, said=said)
        subject = message.subject if message.subject.startswith(FW) else f"{FW}{message.subject}"
        made = _begin(by, subject=subject, body=body, targets=())
        joined = list(message.attachments.filter(inline=False).select_related("blob"))
        join(by, made, [(each.blob, each.name) for each in joined])
        adopt_pictures(by, made)
    return made


def attach(*, by: User, message: Message, blob: Blob, name: str, inline: bool = False) -> Attachment:
    """Joins a file to a draft, or a picture for its text (`inline`); its author is charged for it. Raises
    NoSuchMessage, AlreadySent, NotAPicture, TooManyAttachments, QuotaExceeded, StorageGone."""
    with audit.acting(by=by):
        return join(by, own_draft(by, message), [(blob, name)], inline=inline)[0]


def require_room(*, by: User, message: Message, size: int) -> None:
    """Before the first byte of a file: whether it may be joined. Raises NoSuchMessage, AlreadySent,
    TooManyAttachments, QuotaExceeded."""
    with audit.acting(by=by):
        require_joinable(by, own_draft(by, message), count=1, size=size)


def take(upload: Upload) -> Attachment:
    """A finished upload, joined to the draft for which it was sent. Raises what `attach` raises."""
    person = User.objects.get(uuid=upload.owner)
    message = Message.objects.filter(uuid=upload.target["message"], author=person).first()
    if message is None or upload.blob is None:
        raise NoSuchMessage()
    return attach(by=person, message=message, blob=upload.blob, name=upload.name)


def attach_documents(*, by: User, message: Message, documents: Sequence[Resource]) -> list[Attachment]:
    """Joins copies of files of the Espace documentaire to a draft. To give it to others is to share it: one
    manages each of them.

    Raises NoSuchMessage, AlreadySent, NoSuchDocument, NotAManager, TooManyAttachments, QuotaExceeded,
    StorageGone.
    """
    with audit.acting(by=by):
        fresh = own_draft(by, message)
        chosen = managed_files(by, documents)
        return join(by, fresh, [(each.file.blob, each.title) for each in chosen])


def keep(*, by: User, attachment: Attachment) -> Resource:
    """A copy of a file received, in one's own documents. Raises QuotaExceeded, StorageGone."""
    return files.add(by=by, blob=attachment.blob, name=attachment.name)


def detach(*, by: User, message: Message, attachment: Attachment) -> None:
    """Takes a file off a draft. Raises NoSuchMessage, AlreadySent."""
    with audit.acting(by=by):
        fresh = own_draft(by, message)
        take_off(by, fresh, list(fresh.attachments.filter(pk=attachment.pk)))


def settle(*, by: User, message: Message) -> None:
    """Once the text is whole: pictures that it shows no more go, those of other messages are of this one too.
    Not while one writes: what was taken off may come back. Raises NoSuchMessage, AlreadySent,
    TooManyAttachments, QuotaExceeded, StorageGone."""
    with audit.acting(by=by):
        settle_pictures(by, own_draft(by, message))


def sign(*, by: User, body: str, on: bool = True) -> Signature:
    """What one's messages end with. Raises LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        made, _ = Signature.objects.update_or_create(
            person=by, defaults={"body": rich_text.clean(body), "on": on}
        )
    return made


def own_draft(by: User, message: Message) -> Message:
    """A draft of theirs, held. Raises LowAssurance, NoSuchMessage, AlreadySent."""
    assurance.require_full()
    fresh = Message.objects.select_for_update(of=("self",)).filter(pk=message.pk, author=by).first()
    if fresh is None:
        raise NoSuchMessage()
    if fresh.state not in {State.DRAFT, State.PLANNED}:
        raise AlreadySent()
    return fresh


def address(
    by: User, message: Message, targets: Iterable[Target], standing: Standpoint | None = None
) -> None:
    """Writes down to whom a draft goes, each once, the first line that names them. In a transaction.

    Raises OutOfReach (`names`).
    """
    people: dict[int, Target] = {}
    groups: dict[int, Target] = {}
    for each in targets:
        if each.person is not None:
            people.setdefault(each.person.pk, each)
        elif each.group is not None:
            groups.setdefault(each.group.pk, each)
    me = standpoint_for_messages(by, standing)
    near, usable = reached_people(me, people, message.answers), reached_groups(me, groups)
    out = [each.person.full_name for key, each in people.items() if each.person and key not in near]
    out += [each.group.label for key, each in groups.items() if each.group and key not in usable]
    if out:
        raise OutOfReach(names=out)
    rows = [
        Address(message=message, line=each.line, person=each.person, label=each.person.full_name)
        for each in people.values()
        if each.person is not None
    ]
    rows += [
        Address(message=message, line=each.line, group_id=key, label=usable[key].label)
        for key, each in groups.items()
    ]
    message.addresses.all().delete()
    Address.objects.bulk_create(rows, batch_size=1_000)
    message.addressed = ", ".join(each.label for each in rows if each.line != Line.HIDDEN)
    message.save(update_fields=["addressed"])


def of_favourite(*, by: User, favourite: Favourite, line: Line) -> list[Target]:
    """Whom a favourite names now: its persons, its manual groups, the members of its scolarity groups.

    Raises what resolving a favourite raises.
    """
    found = resolve(by=by, favourite=favourite)
    return [
        *(Target(line, group=group) for group in found.groups),
        *(Target(line, person=person) for person in found.persons),
    ]


def _begin(
    by: User,
    *,
    subject: str,
    body: str,
    targets: Sequence[Target],
    answers: Message | None = None,
    uuid: UUID | None = None,
) -> Message:
    assurance.require_full()
    now = clock.now()
    uuid = uuid or uuid4()
    clean = rich_text.clean(body)
    with audit.acting(by=by):
        made = Message.objects.create(
            uuid=uuid,
            thread=answers.thread if answers else uuid,
            answers=answers,
            author=by,
            author_name=by.full_name,
            author_profile=by.profile,
            subject=subject[:SUBJECT_LENGTH],
            body=clean,
            text=rich_text.plain(clean),
            changed_at=now,
        )
        Copy.objects.create(person=by, message=made, box=Box.DRAFTS, at=now, read_at=now)
        if targets:
            address(by, made, targets)
    return made


def _answered(by: User, message: Message, *, everybody: bool) -> list[Target]:
    """Whom an answer goes to; those out of reach are left out, who wrote it never is."""
    if message.author_id == by.pk:
        # One's own message, taken up: it goes to whom it went.
        everybody = True
    targets = []
    if message.author is not None and message.author_id != by.pk:
        targets.append(Target(Line.TO, person=message.author))
    if everybody:
        me = standpoint_for_messages(by)
        shown = [each for each in addresses_shown(by, [message])[message.pk] if each.line != Line.HIDDEN]
        near = reached_people(me, [each.person_id for each in shown if each.person_id])
        usable = reached_groups(me, [each.group_id for each in shown if each.group_id])
        for each in shown:
            if each.person is not None and each.person_id in near and each.person_id != by.pk:
                targets.append(Target(Line(each.line), person=each.person))
            elif each.group_id in usable:
                targets.append(Target(Line(each.line), group=usable[each.group_id]))
    return targets


def signed(by: User) -> str:
    """What a new message of theirs ends with. A query."""
    signature = Signature.objects.filter(person=by, on=True).first()
    return f"<p></p>{signature.body}" if signature and signature.body else ""
