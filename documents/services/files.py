"""Files come in, and are replaced; their versions."""

from uuid import UUID

from accounts.models import User
from core import audit, clock
from core.storage.models import Blob, Upload
from core.storage.names import clean_name, parted, with_ending
from core.storage.services import hold, let_go
from documents.enums import FILE
from documents.errors import MayNotEdit, NoSuchDocument, NotAFile, VersionShown
from documents.models import File, FileVersion
from documents.querysets import seen
from documents.services import quota
from documents.services.naming import free_name, hold_folder
from sharing.errors import CannotAddThere, InTrash
from sharing.models import Resource
from sharing.querysets import role_on
from sharing.rules import Act, may
from sharing.services import resources


def require_room(*, by: User, folder: Resource | None, size: int) -> None:
    """Before the first byte of an upload: whether `by` may add to this folder, and has room.

    In the transaction that begins the upload, which is a reservation from then on: whoever wants the same
    last byte waits. Raises CannotAddThere, InTrash, QuotaExceeded.
    """
    if folder is not None:
        if folder.trashed_at is not None:
            raise InTrash()
        if not may(role_on(by, folder), Act.ADD):
            raise CannotAddThere()
    quota.require_room(by, size)


def add(
    *,
    by: User,
    blob: Blob,
    name: str,
    folder: Resource | None = None,
    upload: Upload | None = None,
    kept: bool = False,
) -> Resource:
    """A file of `by`'s, at their root or in a folder to which they contribute, charged to them. `upload`
    is the finished upload that it comes of; `kept`, that an application keeps it.

    Raises QuotaExceeded, CannotAddThere, InTrash, StorageGone.
    """
    with audit.acting(by=by):
        hold_folder(folder)
        quota.charge(by, blob.size, upload=upload)
        title = clean_name(name) if kept else free_name(name, owner=by, parent=folder)
        made = resources.create(owner=by, kind=FILE, title=title, parent=folder, by=by)
        file = File.objects.create(
            resource=made,
            blob=blob,
            size=blob.size,
            charged=blob.size,
            media_type=blob.media_type,
            kept=kept,
        )
        _version(file, 1, blob, name, by)
    return made


def take(upload: Upload) -> Resource:
    """The file of a finished upload, where it was sent; at its owner's root, where that folder takes
    nothing from them any more: what was sent is not lost. Raises QuotaExceeded, StorageGone."""
    person = User.objects.get(uuid=upload.owner)
    assert upload.blob is not None
    folder = _folder_of(person, upload.target.get("folder") or None)
    return add(by=person, blob=upload.blob, name=upload.name, folder=folder, upload=upload)


def replace(*, by: User, resource: Resource, blob: Blob, name: str) -> Resource:
    """A new version, shown from now on, under the same name (with the ending of what it is); the former ones
    are kept. The file's owner is charged, whoever sends it.

    Raises MayNotEdit, InTrash, NotAFile, QuotaExceeded, StorageGone.
    """
    with audit.acting(by=by):
        fresh, file = _editable(by, resource)
        if fresh.owner is not None:
            quota.charge(fresh.owner, blob.size, theirs=fresh.owner_id != by.pk)
        file.last += 1
        file.charged += blob.size
        _version(file, file.last, blob, name, by)
        _show(file, file.last, blob)
        ending = parted(name)[1]
        same = not ending or ending.lower() == parted(fresh.title)[1].lower()
        resources.touch(fresh, title="" if same else with_ending(fresh.title, ending))
        audit.record("file.replaced", subject=fresh.uuid, after={"version": file.last})
        fresh.refresh_from_db()
    return fresh


def restore_version(*, by: User, resource: Resource, number: int) -> Resource:
    """Shows another version again; nothing is charged, none is lost.

    Raises MayNotEdit, InTrash, NotAFile, NoSuchDocument (no such version).
    """
    with audit.acting(by=by):
        fresh, file = _editable(by, resource)
        found = file.versions.select_related("blob").filter(number=number).first()
        if found is None:
            raise NoSuchDocument()
        before = file.current
        _show(file, number, found.blob)
        resources.touch(fresh)
        audit.record(
            "file.version_shown", subject=fresh.uuid, before={"version": before}, after={"version": number}
        )
        fresh.refresh_from_db()
    return fresh


def erase_version(*, by: User, resource: Resource, number: int) -> int:
    """Deletes a former version for good; answers the bytes freed. Its owner alone.

    Raises NotTheOwner, VersionShown, NotAFile, NoSuchDocument.
    """
    with audit.acting(by=by):
        fresh = resources.hold_tree(resource)
        resources.require_owner(by, fresh)
        file = _file_of(fresh)
        found = file.versions.select_related("blob").filter(number=number).first()
        if found is None:
            raise NoSuchDocument()
        if number == file.current:
            raise VersionShown()
        if fresh.owner_id is not None:
            quota.settle({fresh.owner_id: -found.size})
        file.charged -= found.size
        file.save(update_fields=["charged"])
        let_go(found.blob)
        found.delete()
        audit.record("file.version_deleted", subject=fresh.uuid, before={"version": number})
    return found.size


def _editable(by: User, resource: Resource) -> tuple[Resource, File]:
    fresh = resources.hold_tree(resource)
    if fresh.trashed_at is not None:
        raise InTrash()
    if not may(role_on(by, fresh), Act.EDIT):
        raise MayNotEdit()
    return fresh, _file_of(fresh)


def _file_of(resource: Resource) -> File:
    found = File.objects.select_for_update(of=("self",)).filter(pk=resource.pk).first()
    if found is None:
        raise NotAFile()
    return found


def _version(file: File, number: int, blob: Blob, name: str, by: User) -> None:
    hold(blob)
    FileVersion.objects.create(
        file=file,
        number=number,
        blob=blob,
        name=name,
        size=blob.size,
        media_type=blob.media_type,
        by=by.uuid,
        at=clock.now(),
    )


def _show(file: File, number: int, blob: Blob) -> None:
    file.current, file.blob, file.size, file.media_type = number, blob, blob.size, blob.media_type
    file.save(update_fields=["current", "last", "charged", "blob", "size", "media_type"])


def _folder_of(person: User, uuid: str | None) -> Resource | None:
    if uuid is None:
        return None
    found = seen(person).filter(uuid=UUID(uuid), trashed_at__isnull=True).first()
    return found if found is not None and may(found.my_role, Act.ADD) else None  # type: ignore[attr-defined]
