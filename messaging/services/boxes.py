"""What one does with one's own copies: read, put away, throw away, take back, delete for good. Nobody else's
changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts import assurance
from accounts.models import User
from core import audit, clock
from core.storage.services import let_go_all
from documents.services import quota
from messaging.enums import Box, State
from messaging.errors import AlreadySent, FolderExists
from messaging.models import Attachment, Copy, Folder, Message, Report
from messaging.querysets import Copies, copies_of, trash, weight

FOLDER_NAME = 60


@dataclass(frozen=True, slots=True)
class Erased:
    """How many messages are gone from someone's boxes, and what that freed, in bytes."""

    count: int
    freed: int


def read(*, by: User, copies: Sequence[Copy], unread: bool = False) -> int:
    """Marks what was received as read, or not. Answers how many changed."""
    rows = _own(by, copies).filter(box=Box.RECEIVED, read_at__isnull=not unread)
    return rows.update(read_at=None if unread else clock.now())


def move(*, by: User, copies: Sequence[Copy], folder: Folder | None) -> int:
    """Into a folder of one's own, or back to its box."""
    if folder is not None and folder.person_id != by.pk:
        raise ValueError("a folder of somebody else")
    rows = _own(by, copies).exclude(box=Box.DRAFTS).filter(trashed_at__isnull=True)
    return rows.update(folder=folder)


def throw(*, by: User, copies: Sequence[Copy]) -> int:
    """*Effacer*: to the trash; no space is freed. What is on its way goes on."""
    with audit.acting(by=by):
        rows = _own(by, copies).filter(trashed_at__isnull=True)
        # What waits to be read is taken back.
        waiting = Message.objects.filter(pk__in=rows.values("message"), author=by, state=State.HELD)
        keys = list(waiting.values_list("pk", flat=True))
        Copy.objects.filter(person=by, message__in=keys, box=Box.SENT).update(box=Box.DRAFTS, folder=None)
        Message.objects.filter(pk__in=keys).update(state=State.DRAFT)
        planned = Message.objects.filter(pk__in=rows.values("message"), author=by, state=State.PLANNED)
        planned.update(state=State.DRAFT, send_at=None)
        return rows.update(trashed_at=clock.now())


def restore(*, by: User, copies: Sequence[Copy]) -> int:
    """Out of the trash, to where they were."""
    return _own(by, copies).filter(trashed_at__isnull=False).update(trashed_at=None)


def erase(*, by: User, copies: Sequence[Copy]) -> Erased:
    """*Supprimer définitivement* what is in the trash: the second step, which alone frees space. A message
    that nobody holds any more is no more. Raises LowAssurance, AlreadySent."""
    assurance.require_full()
    with audit.acting(by=by):
        return _erase(by, [copy.pk for copy in copies])


def empty_trash(*, by: User) -> Erased:
    """`erase` for all that one threw away. Raises LowAssurance, AlreadySent."""
    assurance.require_full()
    with audit.acting(by=by):
        return _erase(by, list(trash(by).values_list("pk", flat=True)))


def forget_messages(messages: Sequence[int]) -> None:
    """Deletes, of these messages, those that nobody holds any more, and lets their contents go; those that
    were reported stay as long as their reports. In a transaction."""
    held = Copy.objects.filter(message__in=messages).values("message")
    reported = Report.objects.filter(message__in=messages).values("message")
    gone = Message.objects.filter(pk__in=messages).exclude(pk__in=held).exclude(pk__in=reported)
    keys = list(gone.exclude(state=State.SENDING).order_by("pk").values_list("pk", flat=True))
    if not keys:
        return
    joined = Attachment.objects.filter(message__in=keys)
    blobs = list(joined.values_list("blob_id", flat=True))
    joined.delete()
    Message.objects.filter(pk__in=keys).delete()
    let_go_all(blobs)


def make_folder(*, by: User, name: str) -> Folder:
    """Raises FolderExists; ValueError for no name."""
    return _named(Folder(person=by), name)


def rename_folder(*, by: User, folder: Folder, name: str) -> Folder:
    """Raises FolderExists; ValueError for no name, or another's folder."""
    if folder.person_id != by.pk:
        raise ValueError("a folder of somebody else")
    return _named(folder, name)


def delete_folder(*, by: User, folder: Folder) -> None:
    """The folder alone: what it holds is in its box again."""
    if folder.person_id != by.pk:
        raise ValueError("a folder of somebody else")
    with audit.acting(by=by):
        folder.delete()


def _named(folder: Folder, name: str) -> Folder:
    folder.name = " ".join(name.split())[:FOLDER_NAME]
    if not folder.name:
        raise ValueError("a folder has a name")
    try:
        with transaction.atomic():
            folder.save()
    except IntegrityError as error:
        raise FolderExists() from error
    return folder


def _own(by: User, copies: Sequence[Copy]) -> Copies:
    return copies_of(by).filter(pk__in=[copy.pk for copy in copies])


def _erase(by: User, keys: Sequence[int]) -> Erased:
    rows = Copy.objects.select_for_update(of=("self",)).filter(
        person=by, pk__in=keys, trashed_at__isnull=False
    )
    if rows.filter(message__state=State.SENDING, message__author=by).exists():
        raise AlreadySent("Ce message est en train de partir.", remedy="Attendez qu’il soit distribué.")
    held = list(rows.order_by("pk").values_list("pk", "message_id"))
    mine = Copy.objects.filter(pk__in=[pk for pk, _ in held])
    freed = weight(mine)
    mine.delete()
    quota.hold_more([by.pk], -freed)
    forget_messages([message for _, message in held])
    return Erased(len(held), freed)
