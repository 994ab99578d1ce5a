"""A picture whose faces were blurred by hand in the page: it is the blurred one that comes here, and it takes the
place of the first, which goes for good where nothing else uses it."""

from typing import Any
from uuid import UUID

from accounts.models import User
from blog.enums import BLOG
from blog.errors import NotInThisState
from blog.models import Post
from blog.rules import may_edit
from blog.services.posts import held, label_of
from core import audit, clock
from core.storage.models import Blob
from core.storage.services import receive
from core.storage.types import PHOTOS
from documents.errors import NoSuchDocument, NotAPicture
from documents.kinds import erase_rows
from documents.models import File, Use
from documents.services import keeping
from sharing.models import Resource
from sharing.services import resources


def add(*, by: User, post: Post, file: Any, name: str) -> Resource:
    """A blurred picture, joined to a post; the first one never came here.

    Raises NoSuchPost, NotInThisState, NotAPicture, TooManyPieces, QuotaExceeded, and what `receive` raises.
    """
    received = receive(file=file, name=name)
    with audit.acting(by=by):
        fresh = _written(by, post)
        _require_picture(received.blob)
        return keeping.join(by=by, space=BLOG, subject=fresh.uuid, blob=received.blob, name=received.name)


def replace(*, by: User, post: Post, piece: UUID, file: Any) -> Resource:
    """A blurred picture in the place of one that the post bears, with what is said of it, in its text too.

    Raises NoSuchPost, NotInThisState, NoSuchDocument, NotAPicture, QuotaExceeded, and what `receive` raises.
    """
    use = picture_of(post, piece)
    received = receive(file=file, name=use.file.resource.title)
    with audit.acting(by=by):
        fresh = _written(by, post)
        _require_picture(received.blob)
        former = use.file
        if received.blob.pk == former.blob_id:
            return former.resource
        keeping.detach(by=by, space=BLOG, subject=fresh.uuid, file=piece)
        made = keeping.keep(
            by=by,
            blob=received.blob,
            name=received.name,
            space=BLOG,
            subject=fresh.uuid,
            label=label_of(fresh),
            inline=use.inline,
            caption=use.caption,
        )
        body = keeping.with_pictures_of(fresh.body, {piece: made.uuid})
        if body != fresh.body:
            fresh.body, fresh.changed_at = body, clock.now()
            fresh.save(update_fields=["body", "changed_at"])
        _forget(by, former)
        audit.record("blog.picture_blurred", subject=fresh.uuid, after={"name": made.title})
    return made


def picture_of(post: Post, piece: UUID) -> Use:
    """A picture that a post bears. Raises NoSuchDocument."""
    uses = Use.objects.filter(
        space=BLOG, subject=post.uuid, file__resource__uuid=piece, file__media_type__in=PHOTOS
    )
    found = uses.select_related("file__resource", "file__blob").first()
    if found is None:
        raise NoSuchDocument()
    return found


def _forget(by: User, file: File) -> None:
    """One's own kept file that nothing uses any more: it shows whom one hides."""
    if file.resource.owner_id != by.pk or not file.kept or Use.objects.filter(file=file).exists():
        return
    erase_rows([file.pk])
    resources.forget([file.pk])


def _written(by: User, post: Post) -> Post:
    fresh, standing = held(by, post)
    if not may_edit(standing):
        raise NotInThisState()
    return fresh


def _require_picture(blob: Blob) -> None:
    if blob.media_type not in PHOTOS:
        raise NotAPicture()
