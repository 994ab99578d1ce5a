"""What a person may read now, as bytes: asked at each download, so that a right taken back stops the next."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from core.storage.models import Blob
from documents import spaces
from documents.enums import FILE
from documents.errors import NoSuchDocument
from documents.models import File, Use
from documents.querysets import seen
from sharing.rules import Act, Reach, may


@dataclass(frozen=True, slots=True)
class Content:
    """What `core.storage.serve` sends; `name` is the file's, whatever version."""

    blob: Blob
    name: str


def download(person: User, file: UUID, *, version: int | None = None, reach: Reach | None = None) -> Content:
    """The content of a file by its resource's UUID: to whom it is shared, or to whom an application that
    uses it opens its door. A former version opens to who may write alone. Raises NoSuchDocument."""
    found = seen(person, reach).filter(uuid=file, kind=FILE).select_related("file__blob").first()
    if found is None:
        return _through_doors(person, file, version)
    if version is None:
        return Content(found.file.blob, found.title)
    kept = found.file.versions.select_related("blob").filter(number=version).first()
    current = version == found.file.current
    role: int = found.my_role  # type: ignore[attr-defined]
    if kept is None or not (current or may(role, Act.REREAD)):
        raise NoSuchDocument()
    return Content(kept.blob, found.title if current else kept.name)


def piece(person: User, file: UUID) -> Content:
    """The content of a file that an application keeps: to whom it opens its door, and to the file's owner. Raises
    NoSuchDocument."""
    own = File.objects.filter(resource__uuid=file, resource__owner=person, kept=True)
    found = own.filter(resource__trashed_at__isnull=True).select_related("blob", "resource").first()
    if found is not None and person.pre_deleted_on is None:
        return Content(found.blob, found.resource.title)
    return _through_doors(person, file, None)


def _through_doors(person: User, uuid: UUID, version: int | None) -> Content:
    uses = Use.objects.filter(file__resource__uuid=uuid, file__resource__trashed_at__isnull=True)
    if version is None and person.pre_deleted_on is None:
        for use in uses.select_related("file__blob", "file__resource"):
            user = spaces.user_of(use.space)
            if user is not None and user.opens(person, use.subject):
                return Content(use.file.blob, use.file.resource.title)
    raise NoSuchDocument()
