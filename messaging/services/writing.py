"""Writing: a draft from its first word, an answer, a message passed on; saved as one writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError

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
from messaging.reach import Through, asked, reached_groups, reached_people, standpoint_for_messages
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


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it was kept, held until the transaction ends. `through`: whom its recipients reach, where they
    were given and are all within reach; `out`: the names of those who are not, for whom the recipients of before
    stayed."""

    message: Message
    through: Through | None = None
    out: Sequence[str] = ()

    @property
    def refusal(self) -> OutOfReach | None:
        """What to say of those out of reach, where there are any."""
        return OutOfReach(names=list(self.out)) if self.out else None


def begin(*, by: User, subject: str = "", body: str | None = None, targets: Sequence[Target] = ()) -> Message:
    """A draft; signed, where no body is given. Raises LowAssurance, OutOfReach."""
    return _begin(by, subject=subject, body=signed(by) if body is None else body, targets=targets)


def begun(*, by: User, key: UUID) -> Message:
    """The draft that a page began under this key: whatever comes of it first, or together (its text, a picture,
    a file), begins one. Raises LowAssurance, NoSuchMessage (another's key)."""
    assurance.require_full()
    return _under(by, key) or write(by=by, message=None, key=key).message


def save(
    *,
    by: User,
    message: Message,
    subject: str | None = None,
    body: str | None = None,
    targets: Sequence[Target] | None = None,
    no_reply: bool | None = None,
    urgent: bool | None = None,
) -> Message:
    """`write`, of a draft, for whoever takes a recipient out of reach for an error: raises OutOfReach (`names`)
    too. The text is kept even so, with the recipients of before."""
    kept = write(
        by=by,
        message=message,
        subject=subject,
        body=body,
        targets=targets,
        no_reply=no_reply,
        urgent=urgent,
    )
    if kept.refusal:
        raise kept.refusal
    return kept.message


def write(
    *,
    by: User,
    message: Message | None,
    key: UUID | None = None,
    subject: str | None = None,
    body: str | None = None,
    targets: Sequence[Target] | None = None,
    no_reply: bool | None = None,
    urgent: bool | None = None,
    me: Standpoint | None = None,
) -> Kept:
    """Keeps what is written so far, in a draft or, for None, in the one that the page began under `key`, begun
    here where nothing was yet. What is None stays. `me`: where `by` stands, where this request read it.

    Raises LowAssurance, NoSuchMessage (another's key too), AlreadySent.
    """

    def written(draft: Message | None) -> Kept:
        with audit.acting(by=by):
            fresh = _blank(by, key) if draft is None else own_draft(by, draft)
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
            return _kept(by, fresh, targets, me)

    assurance.require_full()
    if message is not None or key is None:
        return written(message)
    try:
        return written(_under(by, key))
    except IntegrityError:
        # Begun meanwhile by what came together.
        return written(_under(by, key))


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
    by: User, *, subject: str, body: str, targets: Sequence[Target], answers: Message | None = None
) -> Message:
    assurance.require_full()
    with audit.acting(by=by):
        made = _blank(by, answers=answers)
        made.subject, made.body = subject[:SUBJECT_LENGTH], rich_text.clean(body)
        made.text = rich_text.plain(made.body)
        kept = _kept(by, made, targets or None, None)
        if kept.refusal:
            raise kept.refusal
    return made


def _blank(by: User, key: UUID | None = None, answers: Message | None = None) -> Message:
    uuid = key or uuid4()
    return Message(
        uuid=uuid,
        thread=answers.thread if answers else uuid,
        answers=answers,
        author=by,
        author_name=by.full_name,
        author_profile=by.profile,
        changed_at=clock.now(),
    )


def _under(by: User, key: UUID) -> Message | None:
    """What a page of theirs began under this key. Raises NoSuchMessage (another's)."""
    found = Message.objects.filter(uuid=key).first()
    if found is not None and found.author_id != by.pk:
        raise NoSuchMessage()
    return found


def _kept(by: User, message: Message, targets: Sequence[Target] | None, me: Standpoint | None) -> Kept:
    """Writes a draft down, new or held, with its author's copy and, where they are given and all within reach,
    its recipients: each once, on the first line that names them. In a transaction."""
    through: Through | None = None
    out: list[str] = []
    if targets is not None:
        once = _once(targets)
        through = asked(standpoint_for_messages(by, me), [_address(each) for each in once], message.answers)
        out = [
            _name(target)
            for target, each in zip(once, through.addresses, strict=True)
            if not through.holds(each)
        ]
    if through is not None and not out:
        for each in through.addresses:
            if each.group_id is not None:
                each.label = through.groups[each.group_id].label
        message.addressed = ", ".join(each.label for each in through.addresses if each.line != Line.HIDDEN)
    new = message.pk is None
    message.save()
    if new:
        Copy.objects.create(
            person=by, message=message, box=Box.DRAFTS, at=message.changed_at, read_at=message.changed_at
        )
    else:
        Copy.objects.filter(message=message, person=by).update(at=message.changed_at)
    if through is None or out:
        return Kept(message, out=out)
    if not new:
        message.addresses.all().delete()
    for each in through.addresses:
        each.message = message
    Address.objects.bulk_create(through.addresses, batch_size=1_000)
    return Kept(message, through)


def _once(targets: Iterable[Target]) -> list[Target]:
    """Persons, then groups, each once, on the first line that names them."""
    people: dict[int, Target] = {}
    groups: dict[int, Target] = {}
    for each in targets:
        if each.person is not None:
            people.setdefault(each.person.pk, each)
        elif each.group is not None:
            groups.setdefault(each.group.pk, each)
    return [*people.values(), *groups.values()]


def _address(target: Target) -> Address:
    """Its group is named once it is known to be within reach: its school and class are read with it then."""
    if target.person is not None:
        return Address(line=target.line, person=target.person, label=target.person.full_name)
    return Address(line=target.line, group_id=target.group.pk if target.group else None)


def _name(target: Target) -> str:
    if target.person is not None:
        return target.person.full_name
    return target.group.label if target.group else ""


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
