"""Reading a book: one page at a time, in large letters."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import person_of
from notebooks.memo_lines import cards_of, shown_of
from notebooks.memo_reading import pages_in, pages_to_read
from notebooks.memo_rules import may_write_page
from notebooks.views.memo.requests import book_of, page_of


@require_safe
def read(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The first page; back to the book, where nothing is written yet."""
    found = book_of(request, uuid)
    first = pages_to_read(found).first()
    if first is None:
        return redirect("notebooks:memo_book", uuid=uuid)
    return redirect("notebooks:memo_read_page", uuid=first.uuid)


@require_safe
def read_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One page, what comes before and after, and how far it is. A page that says nothing yet is written, or
    waited for, elsewhere."""
    found, book = page_of(request, uuid)
    me = person_of(request)
    if found.removed_at is not None or book.trashed_at is not None:
        return redirect("notebooks:memo_book", uuid=book.uuid)
    pages = list(pages_in(book, me, None))
    keys = [page.pk for page in pages]
    place = keys.index(found.pk)
    (card,) = cards_of([book], me)
    context: dict[str, Any] = {
        "book": book,
        "card": card,
        "page": found,
        "pages": pages,
        "blocks": [each for each in shown_of(found) if not each.gone],
        "before": pages[place - 1] if place else None,
        "after": pages[place + 1] if place + 1 < len(pages) else None,
        "number": place + 1,
        "may_write": may_write_page(book.my_role, author=found.author_id == me.pk),
        "signed": found.author.full_name if found.author and found.author_id != book.owner_id else "",
    }
    return render(request, "notebooks/memo/read.html", context)
