"""A cahier mémo: begun, dressed anew, given a picture of one's own."""

from collections.abc import Sequence

from accounts.models import User
from core import audit
from core.storage.models import Blob
from core.storage.types import PHOTOS, shown_inline
from documents.services import keeping
from notebooks.memo_enums import MEMO_BOOK, SPACE, Cover, Drawing
from notebooks.memo_errors import MemoTitleMissing, NotACover
from notebooks.models import MemoBlock, MemoBook
from notebooks.models.memo import TITLE_LENGTH, WORDS_LENGTH
from notebooks.services.memo_hold import hold_book
from sharing.enums import Role
from sharing.models import Resource
from sharing.services import resources


def begin(
    *,
    by: User,
    title: str,
    cover: Cover = Cover.VIOLET,
    drawing: Drawing = Drawing.STAR,
    words: str = "",
) -> Resource:
    """A new book, its maker's. Raises MemoTitleMissing."""
    with audit.acting(by=by):
        made = resources.create(owner=by, kind=MEMO_BOOK, title=titled(title), by=by)
        MemoBook.objects.create(
            resource=made, cover=cover, drawing=drawing, words=words.strip()[:WORDS_LENGTH]
        )
    return made


def dress(
    *,
    by: User,
    book: Resource,
    title: str | None = None,
    cover: Cover | None = None,
    drawing: Drawing | None = None,
    words: str | None = None,
) -> Resource:
    """Another title, cover or word on it; what is None stays. Raises MemoTitleMissing, NoSuchMemo, InTrash,
    MemoNotOpenToYou."""
    with audit.acting(by=by):
        fresh = hold_book(by, book, Role.MANAGE)
        row = MemoBook.objects.get(pk=fresh.pk)
        row.cover = cover or row.cover
        row.drawing = drawing or row.drawing
        row.words = row.words if words is None else words.strip()[:WORDS_LENGTH]
        row.save(update_fields=["cover", "drawing", "words"])
        wanted = fresh.title if title is None else titled(title)
        if wanted == fresh.title:
            return resources.touch(fresh)
        fresh = resources.rename(by=by, resource=fresh, title=wanted)
        _tell_label(fresh)
    return fresh


def set_picture(*, by: User, book: Resource, blob: Blob, name: str) -> None:
    """A picture of one's own on the cover, in place of another. Raises NotACover, QuotaExceeded, NoSuchMemo,
    InTrash, MemoNotOpenToYou."""
    if blob.media_type not in PHOTOS or not shown_inline(blob.media_type):
        raise NotACover()
    with audit.acting(by=by):
        fresh = hold_book(by, book, Role.MANAGE)
        keeping.release(space=SPACE, subjects=[fresh.uuid])
        keeping.keep(by=by, blob=blob, name=name, space=SPACE, subject=fresh.uuid, label=fresh.title)
        resources.touch(fresh)
        audit.record("memo.cover_set", subject=fresh.uuid)


def drop_picture(*, by: User, book: Resource) -> None:
    """The drawing again. Raises NoSuchMemo, InTrash, MemoNotOpenToYou."""
    with audit.acting(by=by):
        fresh = hold_book(by, book, Role.MANAGE)
        if keeping.release(space=SPACE, subjects=[fresh.uuid]):
            resources.touch(fresh)
            audit.record("memo.cover_dropped", subject=fresh.uuid)


def erase_books(ids: Sequence[int]) -> None:
    """The rows of these books, for good; what was kept for them stays their keepers'."""
    uuids = list(Resource.objects.filter(pk__in=ids).values_list("uuid", flat=True))
    blocks = MemoBlock.objects.filter(page__book__in=ids)
    keeping.release(space=SPACE, subjects=[*uuids, *blocks.values_list("uuid", flat=True)])
    MemoBook.objects.filter(pk__in=ids).delete()


def titled(title: str) -> str:
    """A title as it is kept. Raises MemoTitleMissing."""
    kept = " ".join(title.split())[:TITLE_LENGTH]
    if not kept:
        raise MemoTitleMissing()
    return kept


def _tell_label(book: Resource) -> None:
    """Its files are seen under its new name."""
    blocks = MemoBlock.objects.filter(page__book=book.pk).values_list("uuid", flat=True)
    for subject in [book.uuid, *blocks]:
        keeping.rename_uses(space=SPACE, subject=subject, label=book.title)
