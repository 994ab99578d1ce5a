"""What a draft bears: files joined to it, and the pictures that its text shows. Each function takes a draft held
in a transaction of its author's."""

from collections.abc import Collection, Sequence

from accounts.models import User
from core.storage.models import Blob
from core.storage.services import hold_all, let_go_all
from core.storage.types import SHOWN_IN_TEXT
from documents.services import quota
from messaging.errors import NotAPicture, TooManyAttachments
from messaging.models import Attachment, Message
from messaging.querysets import attachments_held
from messaging.rules import MOST_ATTACHMENTS
from ui.rich_text import pictures_of

PLACE = "/messagerie/piece/"  # messaging:attachment; `ui.rich_text` knows it


def join(
    by: User, message: Message, files: Sequence[tuple[Blob, str]], *, inline: bool = False
) -> list[Attachment]:
    """Joins contents under their names; the author is charged for them. `inline`: pictures for the text.

    Raises NotAPicture, TooManyAttachments, QuotaExceeded, StorageGone.
    """
    if not files:
        return []
    if inline and not all(blob.media_type in SHOWN_IN_TEXT for blob, _ in files):
        raise NotAPicture()
    size = sum(blob.size for blob, _ in files)
    require_joinable(by, message, count=len(files), size=size)
    made = [
        Attachment.objects.create(message=message, blob=blob, name=name[:255], size=blob.size, inline=inline)
        for blob, name in files
    ]
    message.weight += size
    message.save(update_fields=["weight"])
    quota.hold_more([by.pk], size)
    hold_all([blob.pk for blob, _ in files])
    return made


def require_joinable(by: User, message: Message, *, count: int, size: int) -> None:
    """Raises TooManyAttachments, QuotaExceeded."""
    if message.attachments.count() + count > MOST_ATTACHMENTS:
        raise TooManyAttachments(most=MOST_ATTACHMENTS)
    quota.require_room(by, size)


def take_off(by: User, message: Message, attachments: Collection[Attachment]) -> None:
    """They are joined no more, their author is charged no more."""
    if not attachments:
        return
    size = sum(each.size for each in attachments)
    Attachment.objects.filter(pk__in=[each.pk for each in attachments]).delete()
    message.weight -= size
    message.save(update_fields=["weight"])
    quota.hold_more([by.pk], -size)
    let_go_all([each.blob_id for each in attachments])


def settle_pictures(by: User, message: Message) -> None:
    """Each picture that the text shows is of this message, so that whoever receives it sees it: one of another
    message that the author holds (quoted, pasted) is joined to this one too. What the text shows no more goes.

    Raises TooManyAttachments, QuotaExceeded, StorageGone.
    """
    if not message.weight and "<img" not in message.body:
        return
    own = adopt_pictures(by, message)
    shown = pictures_of(message.body, PLACE)
    take_off(by, message, [each for each in own if each.inline and each.uuid not in shown])


def adopt_pictures(by: User, message: Message) -> list[Attachment]:
    """The first half of `settle_pictures`; answers what the message bore before."""
    own = list(message.attachments.all())
    others = pictures_of(message.body, PLACE) - {each.uuid for each in own}
    if not others:
        return own
    known = {each.blob_id: each for each in own if each.inline}
    found = {
        each.uuid: each for each in attachments_held(by, others) if each.blob.media_type in SHOWN_IN_TEXT
    }
    missing = {each.blob_id: (each.blob, each.name) for each in found.values() if each.blob_id not in known}
    known |= {each.blob_id: each for each in join(by, message, list(missing.values()), inline=True)}
    for uuid, each in found.items():
        message.body = message.body.replace(f"{PLACE}{uuid}/", f"{PLACE}{known[each.blob_id].uuid}/")
    message.save(update_fields=["body"])
    return own
