"""Cahiers mémo as someone sees them: books, their pages, the blocks of a page. The only gates to them."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from core.text import fold
from documents.pieces import Piece, pieces_of
from documents.querysets import named
from notebooks.memo_enums import MEMO_BOOK, SPACE
from notebooks.memo_rules import may_arrange
from notebooks.models import MemoBlock, MemoPage
from sharing.models import Resource
from sharing.querysets import shared_with, visible_to
from sharing.rules import Reach

type Books = QuerySet[Resource, Any]
type Pages = QuerySet[MemoPage, MemoPage]
WORDS = 6  # of a search


def books_seen(person: User, reach: Reach | None = None) -> Books:
    """The books that someone may see, each with `my_role`; those that they threw away too."""
    return visible_to(person, reach).filter(kind=MEMO_BOOK).select_related("memo_book", "owner")


def books_of(person: User, reach: Reach | None = None) -> Books:
    """One's own, the last changed first; annotated `filled_pages`."""
    found = books_seen(person, reach).filter(owner=person, trashed_at__isnull=True)
    return _counted(found).order_by("-changed_at", "-pk")


def books_shared(person: User, reach: Reach | None = None) -> Books:
    """Those shared with someone, the last shared first; annotated as `shared_with`, and `filled_pages`."""
    found = shared_with(person, reach).filter(kind=MEMO_BOOK).select_related("memo_book", "owner")
    return _counted(found)


def pages_in(book: Resource, person: User, role: int | None) -> Pages:
    """The pages of a book that someone sees, in order: those that say nothing yet are their author's, and
    those of whoever manages it."""
    pages = MemoPage.objects.filter(book=book.pk, removed_at__isnull=True)
    if not may_arrange(role):
        pages = pages.filter(Q(filled=True) | Q(author=person))
    return pages.select_related("author").order_by("position", "pk")


def pages_to_read(book: Resource) -> Pages:
    """The pages of a book that say something, in order: what one reads, prints and copies."""
    pages = MemoPage.objects.filter(book=book.pk, removed_at__isnull=True, filled=True)
    return pages.select_related("author").order_by("position", "pk")


def pages_removed(book: Resource, person: User, role: int | None) -> Pages:
    """What was taken out of a book, for who may put it back: all, for who manages it; else one's own."""
    pages = MemoPage.objects.filter(book=book.pk, removed_at__isnull=False)
    if not may_arrange(role):
        pages = pages.filter(author=person)
    return pages.select_related("author").order_by("-removed_at", "-pk")


def page_seen(person: User, uuid: UUID, reach: Reach | None = None) -> tuple[MemoPage, Resource] | None:
    """A page and its book, with `my_role`, as someone sees them now. A page that was removed is seen by who may
    put it back. Two queries."""
    page = MemoPage.objects.filter(uuid=uuid).select_related("author").first()
    if page is None:
        return None
    book = books_seen(person, reach).filter(pk=page.book_id).first()
    if book is None:
        return None
    manages = may_arrange(book.my_role)
    hidden = page.removed_at is not None or not page.filled
    if hidden and not manages and page.author_id != person.pk:
        return None
    return page, book


def block_seen(
    person: User, uuid: UUID, reach: Reach | None = None
) -> tuple[MemoBlock, MemoPage, Resource] | None:
    """A block, its page and its book, as someone sees them now; removed ones too. Three queries."""
    block = MemoBlock.objects.filter(uuid=uuid).select_related("page").first()
    found = page_seen(person, block.page.uuid, reach) if block is not None else None
    if block is None or found is None:
        return None
    return block, *found


def blocks_of(pages: Iterable[MemoPage]) -> dict[int, list[MemoBlock]]:
    """The blocks of pages, in order, by the page's key. One query."""
    found: dict[int, list[MemoBlock]] = {page.pk: [] for page in pages}
    rows = MemoBlock.objects.filter(page__in=list(found), removed_at__isnull=True)
    for block in rows.order_by("position", "pk") if found else ():
        found[block.page_id].append(block)
    return found


def files_of(blocks: Iterable[MemoBlock]) -> dict[UUID, Piece]:
    """The file of each block that has one which is still there, by the block's UUID: the last kept for it.
    One query."""
    found = pieces_of(SPACE, [block.uuid for block in blocks])
    return {subject: pieces[-1] for subject, pieces in found.items() if pieces}


def covers_of(books: Sequence[Resource]) -> dict[UUID, Piece]:
    """The picture of each cover that has one of its own, by the book's UUID. One query."""
    found = pieces_of(SPACE, [book.uuid for book in books])
    return {subject: pieces[-1] for subject, pieces in found.items() if pieces}


def books_found(person: User, typed: str, reach: Reach | None = None) -> Books:
    """Books in sight whose title, or a page of which, holds each word typed; none where nothing was typed."""
    seen = books_seen(person, reach).filter(trashed_at__isnull=True)
    words = fold(typed[:80]).split()[:WORDS]
    if not words:
        return seen.none()
    pages = MemoPage.objects.filter(book__in=seen.values("pk"), removed_at__isnull=True, filled=True)
    for word in words:
        pages = pages.filter(said__contains=word)
    titled = named(seen, typed).values("pk")
    return seen.filter(Q(pk__in=titled) | Q(pk__in=pages.values("book_id"))).order_by("-changed_at", "-pk")


def pages_found(person: User, typed: str, reach: Reach | None = None) -> Pages:
    """The pages of books in sight that hold each word typed, the last changed first; none where nothing was
    typed."""
    words = fold(typed[:80]).split()[:WORDS]
    seen = books_seen(person, reach).filter(trashed_at__isnull=True)
    pages = MemoPage.objects.filter(book__in=seen.values("pk"), removed_at__isnull=True, filled=True)
    for word in words:
        pages = pages.filter(said__contains=word)
    found = pages if words else pages.none()
    return found.select_related("book__resource").order_by("-changed_at", "-pk")


def _counted(books: Books) -> Books:
    filled = Q(memo_book__pages__filled=True, memo_book__pages__removed_at__isnull=True)
    return books.annotate(filled_pages=Count("memo_book__pages", filter=filled, distinct=True))
