"""A page as one writes it: its title, its blocks; moved in its book, taken out, put back, deleted for good."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.text import uuid_of
from notebooks.memo_errors import MemoChanged
from notebooks.memo_lines import UNTITLED, Shown, manages, shown_of
from notebooks.memo_rules import may_write_page
from notebooks.models import MemoPage
from notebooks.services import memo_pages
from notebooks.views.memo.book import book_part
from notebooks.views.memo.requests import (
    book_of,
    page_of,
    said,
    say_no,
    with_undo,
)
from ui import rich_text

TEMPLATE = "notebooks/memo/page.html"
# What a page says only now and then.
BLANK = {
    "problem": "",
    "conflict": None,
    "link": {"adresse": "", "legende": ""},
    "link_open": False,
    "title_problem": "",
    "title_typed": "",
    "title_saved": False,
    "now": False,
}


@require_POST
def add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A page at the end of a book, to write at once."""
    found = book_of(request, uuid)
    try:
        made = memo_pages.add_page(by=person_of(request), book=found)
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:memo_book", uuid=uuid)
    return redirect("notebooks:memo_page", uuid=made.uuid)


@require_safe
def page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The page as it is written; `bloc` is the block whose form is open. Whoever may only read it reads it."""
    found, book = page_of(request, uuid)
    me = person_of(request)
    if found.removed_at is not None or book.trashed_at is not None:
        return redirect("notebooks:memo_book", uuid=book.uuid)
    if not may_write_page(book.my_role, author=found.author_id == me.pk):
        return redirect("notebooks:memo_read_page", uuid=uuid)
    context = context_of(request, found, book, editing=uuid_of(request.GET.get("bloc", "")))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, f"{TEMPLATE}#part", context)
    return render(request, TEMPLATE, context)


def context_of(
    request: HttpRequest,
    found: MemoPage,
    book: Any,
    *,
    editing: UUID | None = None,
    announced: str = "",
    **more: Any,
) -> dict[str, Any]:
    """All that the page shows; `editing`, the block whose form is open."""
    blocks: list[Shown] = shown_of(found)
    opened = next((each for each in blocks if each.block.uuid == editing), None)
    return {
        "book": book,
        "page": found,
        "blocks": blocks,
        "opened": opened,
        "announced": announced,
        "manages": manages(book),
        "signed": found.author.full_name if found.author and found.author != request.user else "",
        "uploads_url": reverse("notebooks:memo_uploads"),
        "hand": uuid4(),
        "plain": rich_text.typed(opened.block.body) if opened is not None else "",
        **BLANK,
        **more,
    }


def page_part(
    request: HttpRequest,
    found: MemoPage,
    book: Any,
    *,
    editing: UUID | None = None,
    announced: str = "",
    **more: Any,
) -> HttpResponse:
    """The blocks anew, where htmx asks for them; else back to the page, with the form open or the block in view."""
    if request.htmx:  # type: ignore[attr-defined]
        found.refresh_from_db()
        context = context_of(request, found, book, editing=editing, announced=announced, **more)
        return render(request, f"{TEMPLATE}#part", context)
    address = reverse("notebooks:memo_page", args=[found.uuid])
    return redirect(f"{address}?bloc={editing}#bloc-{editing}" if editing else f"{address}#blocs")


@require_POST
def title(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its title, as one types it; what somebody else typed meanwhile is not overwritten."""
    found, book = page_of(request, uuid)
    typed = request.POST.get("titre", "")
    version = request.POST.get("version", "")
    context: dict[str, Any] = {}
    try:
        memo_pages.title_page(
            by=person_of(request),
            page=found,
            title=typed,
            version=int(version) if version.isdecimal() and len(version) < 9 else None,
        )
    except MemoChanged as error:
        context = {"title_problem": said(request, error), "title_typed": typed}
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:memo_book", uuid=book.uuid)
    found.refresh_from_db()
    if request.htmx:  # type: ignore[attr-defined]
        told = BLANK | {"page": found, "title_saved": not context} | context
        return render(request, f"{TEMPLATE}#title", told)
    if context:
        return render(request, TEMPLATE, context_of(request, found, book, **context), status=409)
    return redirect("notebooks:memo_page", uuid=uuid)


@require_POST
def move(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One place up or down (`sens`), or after another page (`apres`), for who manages the book."""
    found, book = page_of(request, uuid)
    me = person_of(request)
    try:
        if "sens" in request.POST:
            rows = memo_pages.shift_page(by=me, page=found, down=request.POST["sens"] == "bas")
        else:
            key = uuid_of(request.POST.get("apres", ""))
            after = MemoPage.objects.filter(book=found.book_id, uuid=key).first() if key else None
            rows = memo_pages.place_page(by=me, page=found, after=after)
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:memo_book", uuid=book.uuid)
    place = [row.pk for row in rows].index(found.pk) + 1
    words = f"{found.title or UNTITLED}\u00a0: page {place} sur {len(rows)}."
    return book_part(request, book, words)


@require_POST
def remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Takes it out of its book, where it waits."""
    found, book = page_of(request, uuid)
    try:
        memo_pages.remove_page(by=person_of(request), page=found)
    except DomainError as error:
        say_no(request, error)
    else:
        back = reverse("notebooks:memo_page_put_back", args=[uuid])
        with_undo(request, f"«\u00a0{found.title or UNTITLED}\u00a0» est retirée du cahier.", url=back)
    return redirect("notebooks:memo_book", uuid=book.uuid)


@require_POST
def put_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """In its book again, where it was."""
    found, book = page_of(request, uuid)
    try:
        memo_pages.put_back_page(by=person_of(request), page=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, "La page est de nouveau dans le cahier.")
    return redirect("notebooks:memo_book", uuid=book.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For good; asked first."""
    found, book = page_of(request, uuid)
    mine = may_write_page(book.my_role, author=found.author_id == person_of(request).pk)
    if found.removed_at is None or not mine:
        raise Http404
    if request.method != "POST":
        context = {"book": book, "page": found, "name": found.title or UNTITLED}
        return render(request, "notebooks/memo/erase.html", context)
    try:
        memo_pages.erase_page(by=person_of(request), page=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(
            request, "La page est supprimée." if is_pupil(request) else "Page supprimée définitivement."
        )
    return redirect("notebooks:memo_book", uuid=book.uuid)
