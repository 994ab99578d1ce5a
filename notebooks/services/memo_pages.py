"""The pages of a cahier mémo: added, titled, put in order, taken out, put back, deleted for good."""

from accounts import assurance
from accounts.models import User
from core import audit, clock
from documents.services import keeping
from notebooks.memo_enums import SPACE
from notebooks.memo_errors import MemoChanged, MemoFull, MemoStillThere
from notebooks.memo_rules import MOST_PAGES
from notebooks.models import MemoBook, MemoPage
from notebooks.models.memo import TITLE_LENGTH
from notebooks.services.memo_hold import hold_book, hold_page, mark_changed, moved_after, renumber_pages
from sharing.enums import Role
from sharing.models import Resource
from sharing.services import resources


def add_page(*, by: User, book: Resource, title: str = "", author: User | None = None) -> MemoPage:
    """A page at the end; the one that `by` added and wrote nothing on, where there is one and it asks for no
    title. Raises NoSuchMemo, InTrash, MemoNotOpenToYou, MemoFull."""
    with audit.acting(by=by):
        fresh = hold_book(by, book, Role.CONTRIBUTE)
        pages = MemoPage.objects.filter(book=fresh.pk, removed_at__isnull=True)
        if not title and author is None:
            empty = pages.filter(author=by, filled=False, blocks__isnull=True).order_by("pk").first()
            if empty is not None:
                return empty
        (made,) = _added(fresh, [(author or by, title)])
        if made.title and author is None:
            mark_changed(by, made)
        return made


def add_pages(*, by: User, book: Resource, authors: list[User]) -> list[MemoPage]:
    """A page in the name of each of these, who has none yet, under their first name: they write on it as on
    their own. Raises NoSuchMemo, InTrash, MemoNotOpenToYou, MemoFull."""
    with audit.acting(by=by):
        fresh = hold_book(by, book, Role.MANAGE)
        pages = MemoPage.objects.filter(book=fresh.pk, removed_at__isnull=True)
        have = set(pages.filter(author__in=authors).values_list("author_id", flat=True))
        return _added(fresh, [(each, each.first_name) for each in authors if each.pk not in have])


def title_page(*, by: User, page: MemoPage, title: str, version: int | None = None) -> MemoPage:
    """Names a page. `version` is the one that the writer has read: raises MemoChanged where somebody named it
    otherwise since; NoSuchMemo, InTrash, MemoPageNotYours."""
    wanted = " ".join(title.split())[:TITLE_LENGTH]
    with audit.acting(by=by):
        fresh = hold_page(by, page)
        if wanted == fresh.title:
            return fresh
        if version is not None and version != fresh.version:
            raise MemoChanged(version=fresh.version)
        fresh.title, fresh.version = wanted, fresh.version + 1
        fresh.save(update_fields=["title", "version"])
        mark_changed(by, fresh)
        _record("memo.page_changed", fresh)
    return fresh


def place_page(*, by: User, page: MemoPage, after: MemoPage | None) -> list[MemoPage]:
    """Puts a page after another, or first; answers all, in order. Others' moves meanwhile are kept. Raises
    NoSuchMemo, InTrash, MemoNotOpenToYou."""
    with audit.acting(by=by):
        book = hold_book(by, Resource(pk=page.book_id), Role.MANAGE)
        rows = _pages(book)
        if page.pk not in {row.pk for row in rows}:
            return rows
        rows = moved_after(rows, page.pk, after.pk if after is not None else None)
        renumber_pages(rows)
        resources.touch(book)
    return rows


def shift_page(*, by: User, page: MemoPage, down: bool) -> list[MemoPage]:
    """One place up or down. Raises NoSuchMemo, InTrash, MemoNotOpenToYou."""
    with audit.acting(by=by):
        book = hold_book(by, Resource(pk=page.book_id), Role.MANAGE)
        rows = _pages(book)
        places = {row.pk: place for place, row in enumerate(rows)}
        here = places.get(page.pk, 0)
        before = here + 1 if down else here - 2
        if before < -1 or before >= len(rows):
            return rows
        return place_page(by=by, page=page, after=rows[before] if before >= 0 else None)


def remove_page(*, by: User, page: MemoPage) -> None:
    """Takes a page out of its book, where it waits. Raises NoSuchMemo, InTrash, MemoPageNotYours."""
    with audit.acting(by=by):
        fresh = hold_page(by, page)
        fresh.removed_at = clock.now()
        fresh.save(update_fields=["removed_at"])
        renumber_pages(_pages(Resource(pk=fresh.book_id)))
        resources.touch(Resource(pk=fresh.book_id))
        _record("memo.page_removed", fresh)


def put_back_page(*, by: User, page: MemoPage) -> MemoPage:
    """A page taken out is in its book again, where it was. Raises NoSuchMemo, InTrash, MemoPageNotYours."""
    with audit.acting(by=by):
        fresh = hold_page(by, page, removed=True)
        rows = _pages(Resource(pk=fresh.book_id))
        rows.insert(max(fresh.position - 1, 0), fresh)
        fresh.removed_at = None
        fresh.save(update_fields=["removed_at"])
        renumber_pages(rows)
        resources.touch(Resource(pk=fresh.book_id))
        _record("memo.page_put_back", fresh)
    return fresh


def erase_page(*, by: User, page: MemoPage) -> None:
    """Deletes for good a page that was taken out; the files kept for it stay their keepers'. Raises NoSuchMemo,
    InTrash, MemoPageNotYours, MemoStillThere, LowAssurance."""
    assurance.require_full()
    if page.removed_at is None:
        raise MemoStillThere()
    with audit.acting(by=by):
        fresh = hold_page(by, page, removed=True)
        keeping.release(space=SPACE, subjects=list(fresh.blocks.values_list("uuid", flat=True)))
        _record("memo.page_erased", fresh)
        fresh.delete()


def _added(book: Resource, wanted: list[tuple[User, str]]) -> list[MemoPage]:
    rows = _pages(book)
    if len(rows) + len(wanted) > MOST_PAGES:
        raise MemoFull(most=MOST_PAGES)
    now = clock.now()
    made = MemoPage.objects.bulk_create(
        MemoPage(
            book=MemoBook(pk=book.pk),
            author=author,
            title=" ".join(title.split())[:TITLE_LENGTH],
            position=place,
            created_at=now,
            changed_at=now,
        )
        for place, (author, title) in enumerate(wanted, start=len(rows) + 1)
    )
    resources.touch(book)
    audit.record_all(
        audit.Entry(verb="memo.page_added", subject=book.uuid, after={"page": str(page.uuid)})
        for page in made
    )
    return made


def _pages(book: Resource) -> list[MemoPage]:
    return list(MemoPage.objects.filter(book=book.pk, removed_at__isnull=True).order_by("position", "pk"))


def _record(verb: str, page: MemoPage) -> None:
    book = Resource.objects.only("uuid").get(pk=page.book_id)
    audit.record(verb, subject=book.uuid, after={"page": str(page.uuid), "title": page.title})
