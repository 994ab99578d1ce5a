"""Files joined to things of other applications, as pages show them: pictures, sounds, films, what one downloads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from core.storage.models import ThumbnailState
from core.storage.thumbnails import LARGE, SMALL
from core.storage.types import shown_inline
from documents.looks import Look, look_of, preview_of
from documents.models import Use


@dataclass(frozen=True, slots=True)
class Piece:
    """A file joined to `subject`. `uuid` is the file's resource's; `preview` how a page shows it (`image`, `pdf`,
    `audio`, `video`, `text`, or ''); `inline`: the subject's text shows it already; `owner` the key of whoever
    it is charged to (None: a school's)."""

    uuid: UUID
    subject: UUID
    name: str
    size: int
    media_type: str
    look: Look
    preview: str
    inline: bool
    caption: str
    width: int | None
    height: int | None
    thumbnails: bool
    owner: int | None

    @property
    def content_url(self) -> str:
        return reverse("pieces:content", args=[self.uuid])

    @property
    def download_url(self) -> str:
        return reverse("pieces:download", args=[self.uuid])

    @property
    def thumb_url(self) -> str:
        """A small picture of it; '' where there is none, or not yet, and it is no picture itself."""
        return self._picture(SMALL)

    @property
    def large_url(self) -> str:
        """A picture for the page."""
        return self._picture(LARGE)

    def _picture(self, size: int) -> str:
        if self.thumbnails:
            return reverse("pieces:thumbnail", args=[self.uuid, size])
        return self.content_url if self.preview == "image" else ""


def pieces_of(space: str, subjects: Collection[UUID]) -> dict[UUID, list[Piece]]:
    """The files of these things, in the order in which they were joined; what its owner threw away is not there.
    One query; every subject has its list."""
    found: dict[UUID, list[Piece]] = {subject: [] for subject in subjects}
    uses = Use.objects.filter(space=space, subject__in=subjects, file__resource__trashed_at__isnull=True)
    for each in uses.select_related("file__resource", "file__blob").order_by("pk") if found else ():
        found[each.subject].append(_piece(each))
    return found


def apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Those that the text does not show."""
    return [each for each in pieces if not each.inline]


def _piece(use: Use) -> Piece:
    file, blob = use.file, use.file.blob
    return Piece(
        uuid=file.resource.uuid,
        subject=use.subject,
        name=file.resource.title,
        size=file.size,
        media_type=file.media_type,
        look=look_of(file.media_type),
        preview=preview_of(file.media_type, inline=shown_inline(file.media_type)),
        inline=use.inline,
        caption=use.caption,
        width=blob.width,
        height=blob.height,
        thumbnails=blob.thumbnail_state == ThumbnailState.MADE,
        owner=file.resource.owner_id,
    )
