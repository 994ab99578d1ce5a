"""What other applications keep here: each content once for a person, with where it is used."""

from collections.abc import Sequence
from uuid import UUID

from accounts.models import User
from core import audit, clock
from core.storage.models import Blob, Upload
from core.storage.types import PHOTOS, SHOWN_IN_TEXT
from documents import spaces
from documents.attachable import managed_files
from documents.enums import FILE
from documents.errors import NoSuchDocument, NotAPicture, TooManyPieces
from documents.models import File, Use
from documents.rules import MOST_PIECES
from documents.services import files, quota
from sharing.models import Resource
from ui import rich_text

PLACE = "/pieces/fichier/"  # pieces:content; `ui.rich_text` knows it


def keep(
    *,
    by: User,
    blob: Blob,
    name: str,
    space: str,
    subject: UUID,
    label: str,
    inline: bool = False,
    caption: str = "",
    upload: Upload | None = None,
) -> Resource:
    """A file of `by`'s for an application's thing; the one that they keep already, where its content is the
    same: then nothing more is charged. `inline`: a picture of the thing's text; `upload`: the finished upload
    that it comes of. Raises QuotaExceeded, StorageGone, ValueError (an unknown space)."""
    if spaces.user_of(space) is None:
        raise ValueError(f"no space user {space} is registered")
    with audit.acting(by=by):
        quota.held(by)
        there = File.objects.filter(
            kept=True, blob=blob, resource__owner=by, resource__trashed_at__isnull=True
        )
        found = there.select_related("resource").order_by("pk").first()
        resource = (
            found.resource if found else files.add(by=by, blob=blob, name=name, upload=upload, kept=True)
        )
        use(file=resource, space=space, subject=subject, label=label, inline=inline, caption=caption)
    return resource


def use(
    *, file: Resource, space: str, subject: UUID, label: str, inline: bool = False, caption: str = ""
) -> None:
    """One more place that uses a file; told twice, it is one."""
    made = Use(
        file_id=file.pk,
        space=space,
        subject=subject,
        label=label[:255],
        at=clock.now(),
        inline=inline,
        caption=caption[:300],
    )
    Use.objects.bulk_create([made], ignore_conflicts=True)


def require_joinable(*, by: User, space: str, subject: UUID, count: int = 1, size: int = 0) -> str:
    """Whether `by` may join so many files to a thing, of so many bytes in all; answers what it is called.

    Raises NoSuchDocument, TooManyPieces, QuotaExceeded, and what its application refuses.
    """
    label = _writes(by, space, subject)
    if Use.objects.filter(space=space, subject=subject).count() + count > MOST_PIECES:
        raise TooManyPieces(most=MOST_PIECES)
    quota.require_room(by, size)
    return label


def join(
    *,
    by: User,
    space: str,
    subject: UUID,
    blob: Blob,
    name: str,
    inline: bool = False,
    upload: Upload | None = None,
) -> Resource:
    """A content, joined to a thing that `by` may write.

    Raises NoSuchDocument, NotAPicture, TooManyPieces, QuotaExceeded, StorageGone, and what its application
    refuses.
    """
    with audit.acting(by=by):
        label = require_joinable(by=by, space=space, subject=subject)
        _accept(by, space, subject, blob, inline=inline)
        return keep(
            by=by,
            blob=blob,
            name=name,
            space=space,
            subject=subject,
            label=label,
            inline=inline,
            upload=upload,
        )


def join_documents(*, by: User, space: str, subject: UUID, documents: Sequence[Resource]) -> list[Resource]:
    """Files of the Espace documentaire, joined as they are now: copies of the writer's own, since whoever reads
    the thing will read them. All, or none.

    Raises NoSuchDocument, NotAManager, TooManyPieces, QuotaExceeded, and what the application refuses.
    """
    with audit.acting(by=by):
        label = require_joinable(by=by, space=space, subject=subject, count=len(documents))
        made = []
        for document in managed_files(by, documents):
            blob = document.file.blob
            _accept(by, space, subject, blob, inline=False)
            made.append(
                keep(by=by, blob=blob, name=document.title, space=space, subject=subject, label=label)
            )
    return made


def take(upload: Upload) -> Resource:
    """The file of a finished upload, joined to what it was sent for. Raises what `join` raises."""
    assert upload.blob is not None
    return join(
        by=User.objects.get(uuid=upload.owner),
        space=upload.target["space"],
        subject=UUID(upload.target["subject"]),
        blob=upload.blob,
        name=upload.name,
        upload=upload,
    )


def detach(*, by: User, space: str, subject: UUID, file: UUID) -> None:
    """Joined no more; the file stays its owner's. Raises NoSuchDocument, and what the application refuses."""
    with audit.acting(by=by):
        _writes(by, space, subject)
        gone, _ = Use.objects.filter(space=space, subject=subject, file__resource__uuid=file).delete()
        if not gone:
            raise NoSuchDocument()


def caption(*, by: User, space: str, subject: UUID, file: UUID, text: str) -> None:
    """What is said of a file joined. Raises NoSuchDocument, and what the application refuses."""
    with audit.acting(by=by):
        _writes(by, space, subject)
        found = Use.objects.filter(space=space, subject=subject, file__resource__uuid=file)
        if not found.update(caption=" ".join(text.split())[:300]):
            raise NoSuchDocument()


def settle_pictures(*, by: User, space: str, subject: UUID, html: str, label: str = "") -> None:
    """Once a text is saved: pictures that it shows no more are joined no more; one of `by`'s own that it shows
    from elsewhere (pasted) is joined too. In the caller's transaction, which asked whether `by` may write."""
    shown = rich_text.pictures_of(html, PLACE)
    pictures = Use.objects.filter(space=space, subject=subject, inline=True)
    pictures.exclude(file__resource__uuid__in=shown).delete()
    if not shown:
        return
    there = set(
        Use.objects.filter(space=space, subject=subject).values_list("file__resource__uuid", flat=True)
    )
    own = Resource.objects.filter(uuid__in=shown - there, owner=by, kind=FILE, trashed_at__isnull=True)
    for each in own.filter(file__media_type__in=PHOTOS):
        use(file=each, space=space, subject=subject, label=label, inline=True)


def copy_pieces(*, by: User, space: str, source: UUID, target: UUID, label: str) -> dict[UUID, UUID]:
    """The files of a thing, for another that copies it: `by`'s own from now on. Answers which is which, by the
    files' UUIDs, for the text that shows them (`with_pictures_of`). In the caller's transaction, which asked
    whether `by` may copy it. Raises QuotaExceeded, StorageGone."""
    uses = Use.objects.filter(space=space, subject=source, file__resource__trashed_at__isnull=True)
    made = {}
    for each in uses.select_related("file__blob", "file__resource").order_by("pk"):
        kept = keep(
            by=by,
            blob=each.file.blob,
            name=each.file.resource.title,
            space=space,
            subject=target,
            label=label,
            inline=each.inline,
            caption=each.caption,
        )
        made[each.file.resource.uuid] = kept.uuid
    return made


def with_pictures_of(html: str, copies: dict[UUID, UUID]) -> str:
    """A text whose pictures were copied, showing the copies."""
    for former, new in copies.items():
        html = html.replace(f"{PLACE}{former}/", f"{PLACE}{new}/")
    return html


def rename_uses(*, space: str, subject: UUID, label: str) -> None:
    """The thing is called otherwise now."""
    Use.objects.filter(space=space, subject=subject).update(label=label[:255])


def release(*, space: str, subjects: Sequence[UUID]) -> int:
    """These things are no more, or use nothing any more; the files stay their owners'. Answers how many uses
    ended."""
    return Use.objects.filter(space=space, subject__in=subjects).delete()[0]


def _writes(by: User, space: str, subject: UUID) -> str:
    user = spaces.user_of(space)
    if user is None or user.writes is None:
        raise NoSuchDocument()
    return user.writes(by, subject)


def _accept(by: User, space: str, subject: UUID, blob: Blob, *, inline: bool) -> None:
    if inline and blob.media_type not in SHOWN_IN_TEXT:
        raise NotAPicture()
    user = spaces.user_of(space)
    if user is not None and user.accepts is not None:
        user.accepts(by, subject, blob)
