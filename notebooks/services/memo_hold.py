"""A cahier mémo while one writes in it: held, so that two who write at once wait for one another; then marked."""

from collections.abc import Sequence
from datetime import timedelta

from accounts.models import User
from core import clock
from core.text import fold
from notebooks.memo_errors import MemoNotOpenToYou, MemoPageNotYours, NoSuchMemo
from notebooks.memo_news import tell_written
from notebooks.memo_reading import blocks_of, files_of
from notebooks.memo_rules import host_of, may_write_page
from notebooks.models import MemoBlock, MemoPage
from sharing.enums import Role
from sharing.errors import InTrash
from sharing.models import Resource
from sharing.querysets import role_on
from sharing.services import resources
from ui import rich_text

# A block that was removed can be put back for so long at least.
KEPT_FOR = timedelta(days=1)
WHOLE = 20_000  # letters of a page that search knows


def hold_book(by: User, book: Resource, needs: Role) -> Resource:
    """The book as it is now, held until the transaction ends. Raises NoSuchMemo, InTrash, MemoNotOpenToYou."""
    fresh = Resource.objects.select_for_update(no_key=True).filter(pk=book.pk).first()
    role = role_on(by, fresh) if fresh is not None else None
    if fresh is None or role is None:
        raise NoSuchMemo()
    if fresh.trashed_at is not None:
        raise InTrash()
    if role < needs:
        raise MemoNotOpenToYou()
    return fresh


def hold_page(by: User, page: MemoPage, *, removed: bool = False) -> MemoPage:
    """A page that `by` may write, as it is now, with its book held. Raises NoSuchMemo, InTrash,
    MemoPageNotYours."""
    book = hold_book(by, Resource(pk=page.book_id), Role.READ)
    fresh = MemoPage.objects.filter(pk=page.pk).first()
    if fresh is None or (fresh.removed_at is not None) != removed:
        raise NoSuchMemo()
    if not may_write_page(role_on(by, book), author=fresh.author_id == by.pk):
        raise MemoPageNotYours()
    return fresh


def hold_block(by: User, block: MemoBlock, *, removed: bool = False) -> tuple[MemoBlock, MemoPage]:
    """A block of a page that `by` may write, as it is now. Raises NoSuchMemo, InTrash, MemoPageNotYours."""
    page = hold_page(by, MemoPage(pk=block.page_id, book_id=block.page.book_id))
    fresh = MemoBlock.objects.filter(pk=block.pk).first()
    if fresh is None or (fresh.removed_at is not None) != removed:
        raise NoSuchMemo()
    return fresh, page


def mark_changed(by: User, page: MemoPage) -> None:
    """What a page says is known to search; its book has changed; its readers are told, once for a while."""
    blocks = blocks_of([page])[page.pk]
    files = files_of(blocks)
    said = [page.title]
    shown = False
    for block in blocks:
        words = " ".join([rich_text.plain(block.body), block.caption, host_of(block.address)]).strip()
        said.append(words)
        shown = shown or bool(words) or block.uuid in files
    page.said = fold(" ".join(said))[:WHOLE]
    page.filled = bool(page.title) or shown
    page.changed_at = clock.now()
    page.save(update_fields=["said", "filled", "changed_at"])
    book = resources.touch(Resource(pk=page.book_id))
    if page.filled:
        tell_written(by=by, book=book, page=page)


def renumber_pages(rows: Sequence[MemoPage]) -> None:
    """Positions 1, 2, 3… in the order given. A query."""
    for place, row in enumerate(rows, start=1):
        row.position = place
    MemoPage.objects.bulk_update(rows, ["position"])


def renumber_blocks(rows: Sequence[MemoBlock]) -> None:
    """Positions 1, 2, 3… in the order given. A query."""
    for place, row in enumerate(rows, start=1):
        row.position = place
    MemoBlock.objects.bulk_update(rows, ["position"])


def moved_after[R: (MemoPage, MemoBlock)](rows: list[R], key: int, after: int | None) -> list[R]:
    """These rows with one of them put after another; first, where that is None or no more."""
    chosen = [row for row in rows if row.pk == key]
    rest = [row for row in rows if row.pk != key]
    place = 0
    for at, row in enumerate(rest):
        if row.pk == after:
            place = at + 1
    return rest[:place] + chosen + rest[place:]
