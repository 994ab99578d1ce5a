"""The shelf: one's own cahiers mémo, those shared with one; a new one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.storage.services import receive
from notebooks.memo_forms import CoverForm
from notebooks.memo_lines import cards_of
from notebooks.memo_reading import books_found, books_of, books_shared
from notebooks.services import memo_books
from notebooks.views.memo.requests import said, say_no
from sharing.models import Resource
from sharing.reaching import reach_in

MOST = 200  # books of a shelf


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Mine, and those shared with me; or what a search finds in both."""
    me, reach = person_of(request), reach_in(request)
    typed = request.GET.get("q", "").strip()[:80]
    context: dict[str, Any] = {"typed": typed, "found": [], "mine": [], "shared": []}
    if typed:
        context["found"] = cards_of(list(books_found(me, typed, reach)[:MOST]), me)
    else:
        context["mine"] = cards_of(list(books_of(me, reach)[:MOST]), me)
        context["shared"] = cards_of(list(books_shared(me, reach)[:MOST]), me)
    return render(request, "notebooks/memo/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new book: its title, its cover."""
    form = CoverForm(request.POST or None, request.FILES or None, pupil=is_pupil(request))
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = memo_books.begin(
                by=person_of(request),
                title=form.cleaned_data["titre"],
                cover=form.cover,
                drawing=form.drawing,
                words=form.cleaned_data["mots"],
            )
        except DomainError as error:
            problem = said(request, error)
        else:
            keep_picture(request, made)
            return redirect("notebooks:memo_book", uuid=made.uuid)
    context = {"form": form, "problem": problem, "book": None, "card": None}
    return render(request, "notebooks/memo/cover.html", context, status=422 if form.is_bound else 200)


def keep_picture(request: HttpRequest, book: Resource) -> None:
    """The picture that the form brought, on the cover; refused, the book keeps its drawing, and it is said."""
    file = request.FILES.get("photo")
    if file is None:
        return
    try:
        received = receive(file=file, name=str(file.name))
        memo_books.set_picture(by=person_of(request), book=book, blob=received.blob, name=received.name)
    except DomainError as error:
        say_no(request, error)
