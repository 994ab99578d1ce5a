"""A copy of a cahier mémo: one's own, with its pages as they are read now, and files of one's own."""

from collections.abc import Sequence

from accounts.models import User
from core import audit, clock
from core.progress import SILENT, Progress
from documents.services import keeping
from notebooks.memo_enums import MEMO_BOOK, SPACE
from notebooks.memo_errors import NoSuchMemo
from notebooks.memo_reading import blocks_of, books_seen, files_of, pages_to_read
from notebooks.models import MemoBlock, MemoBook, MemoPage
from notebooks.models.memo import TITLE_LENGTH
from sharing.models import Resource
from sharing.services import resources


def copy_book(*, by: User, book: Resource, title: str = "", progress: Progress = SILENT) -> Resource:
    """Copies a book that `by` sees: the copy is theirs, shared with nobody; pages keep their authors' names.
    Raises NoSuchMemo, QuotaExceeded, StorageGone."""
    with audit.acting(by=by):
        seen = books_seen(by).filter(pk=book.pk, trashed_at__isnull=True).first()
        if seen is None:
            raise NoSuchMemo()
        wanted = " ".join(title.split()) or f"{seen.title} (copie)"
        made = resources.create(owner=by, kind=MEMO_BOOK, title=wanted[:TITLE_LENGTH], by=by)
        former = MemoBook.objects.get(pk=seen.pk)
        MemoBook.objects.create(resource=made, cover=former.cover, drawing=former.drawing, words=former.words)
        keeping.copy_pieces(by=by, space=SPACE, source=seen.uuid, target=made.uuid, label=made.title)
        _copy_pages(by, list(pages_to_read(seen)), made, progress)
        audit.record("memo.copied", subject=seen.uuid, after={"copy": str(made.uuid)})
    return made


def _copy_pages(by: User, pages: Sequence[MemoPage], book: Resource, progress: Progress) -> None:
    blocks = blocks_of(pages)
    files = files_of(block for found in blocks.values() for block in found)
    now = clock.now()
    copies = MemoPage.objects.bulk_create(
        MemoPage(
            book=MemoBook(pk=book.pk),
            author=page.author,
            title=page.title,
            position=place,
            said=page.said,
            filled=True,
            created_at=page.created_at,
            changed_at=now,
        )
        for place, page in enumerate(pages, start=1)
    )
    pairs = []
    for page, copy in zip(pages, copies, strict=True):
        for place, block in enumerate(blocks[page.pk], start=1):
            new = MemoBlock(
                page=copy,
                kind=block.kind,
                position=place,
                body=block.body,
                caption=block.caption,
                address=block.address,
                changed_at=now,
                changed_by=block.changed_by,
            )
            pairs.append((block, new))
    MemoBlock.objects.bulk_create(new for _, new in pairs)
    with_files = [(block, new) for block, new in pairs if block.uuid in files]
    progress.step("Copie des images, des sons et des vidéos", len(with_files))
    for block, new in with_files:
        keeping.copy_pieces(by=by, space=SPACE, source=block.uuid, target=new.uuid, label=book.title)
        progress.advance()
