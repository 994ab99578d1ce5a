"""A book: its cover and its pages; dressed anew, copied, shared in the name of each pupil."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.text import uuid_of
from directory.annuaire.viewer import viewer_of
from directory.models import SchoolClass
from notebooks import memo_jobs
from notebooks.memo_forms import CoverForm
from notebooks.memo_lines import cards_of, lines_of, manages
from notebooks.memo_reading import pages_in, pages_removed
from notebooks.memo_rules import may_add_page
from notebooks.services import memo_books
from notebooks.services.memo_copy import copy_book
from notebooks.services.memo_pdf import is_long
from notebooks.services.memo_share import share_with_class
from notebooks.views.memo.requests import book_of, part_or_back, said, say_no
from notebooks.views.memo.shelf import keep_picture
from sharing.enums import Role
from sharing.models import Grant, Resource
from sharing.rules import Act, may
from ui.french import counted

ROLES = {"lire": Role.READ, "ecrire": Role.CONTRIBUTE}
CLASSES = 60


@require_safe
def book(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The cover, and the pages in order."""
    return render(request, "notebooks/memo/book.html", context_of(request, book_of(request, uuid)))


def context_of(request: HttpRequest, found: Any) -> dict[str, Any]:
    """All that the page of a book shows."""
    me, role = person_of(request), found.my_role
    pages = list(pages_in(found, me, role))
    (card,) = cards_of([found], me)
    return {
        "book": found,
        "card": card,
        "pages": lines_of(pages, me, role, found.owner_id),
        "first": next((page for page in pages if page.filled), None),
        "removed": list(pages_removed(found, me, role)),
        "may_add": may_add_page(role),
        "manages": manages(found),
        "owns": found.owner_id == me.pk,
        **_names(request, found),
        "long": is_long(found),
        "announced": "",
    }


def _names(request: HttpRequest, found: Any) -> dict[str, Any]:
    """Whether sharing in the name of each pupil is offered, with which classes at once, and whether somebody has
    the book by name already."""
    viewer = viewer_of(request)
    if not manages(found) or not viewer.in_team:
        return {"in_names": False, "named": False, "own_classes": []}
    named = Grant.objects.filter(resource=found, person__isnull=False).exists()
    return {"in_names": True, "named": named, "own_classes": [] if named else viewer.own_classes[:3]}


def book_part(request: HttpRequest, found: Any, words: str = "") -> HttpResponse:
    """The list of pages anew, and what a reader of the screen is told; else back to the book."""
    context = context_of(request, found) | {"announced": words}
    return part_or_back(
        request, "notebooks/memo/book.html", context, name="notebooks:memo_book", uuid=found.uuid
    )


@require_http_methods(["GET", "HEAD", "POST"])
def dress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its title and its cover, for who manages it."""
    found = _managed(request, uuid)
    row, problem = found.memo_book, ""
    initial = {"titre": found.title, "mots": row.words, "couleur": row.cover, "dessin": row.drawing}
    form = CoverForm(request.POST or None, request.FILES or None, initial=initial, pupil=is_pupil(request))
    if request.method == "POST" and form.is_valid():
        try:
            memo_books.dress(
                by=person_of(request),
                book=found,
                title=form.cleaned_data["titre"],
                cover=form.cover,
                drawing=form.drawing,
                words=form.cleaned_data["mots"],
            )
            if "sans-photo" in request.POST:
                memo_books.drop_picture(by=person_of(request), book=found)
        except DomainError as error:
            problem = said(request, error)
        else:
            keep_picture(request, found)
            return redirect("notebooks:memo_book", uuid=uuid)
    (card,) = cards_of([found], person_of(request))
    context = {"form": form, "problem": problem, "book": found, "card": card}
    return render(request, "notebooks/memo/cover.html", context, status=422 if form.is_bound else 200)


@require_POST
def copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's own copy; of a large book, by a job."""
    found, me = book_of(request, uuid), person_of(request)
    try:
        if memo_jobs.is_large(found):
            return redirect("notebooks:memo_job", uuid=memo_jobs.start_copy(by=me, book=found).uuid)
        made = copy_book(by=me, book=found)
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:memo_book", uuid=uuid)
    words = (
        "C’est ta copie : personne d’autre ne la voit."
        if is_pupil(request)
        else ("Voici votre copie : elle n’est partagée avec personne.")
    )
    messages.success(request, words)
    return redirect("notebooks:memo_book", uuid=made.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def in_names(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Shares it in the name of each pupil of a class, and says why."""
    found, viewer = _managed(request, uuid), viewer_of(request)
    if not viewer.in_team:
        raise Http404
    own = {each.pk for each in viewer.own_classes}
    classes = list(viewer.classes.select_related("school").order_by("school__name", "label", "pk")[:CLASSES])
    classes.sort(key=lambda each: each.pk not in own)
    problem = ""
    if request.method == "POST":
        try:
            return _shared(request, found)
        except DomainError as error:
            problem = said(request, error)
    context = {"book": found, "classes": classes, "own": own, "problem": problem}
    return render(request, "notebooks/memo/in_names.html", context, status=422 if problem else 200)


def _shared(request: HttpRequest, found: Resource) -> HttpResponse:
    post = request.POST
    chosen = get_object_or_404(viewer_of(request).classes, uuid=uuid_of(post.get("classe", "")))
    assert isinstance(chosen, SchoolClass)
    done = share_with_class(
        by=person_of(request),
        book=found,
        school_class=chosen,
        role=ROLES.get(post.get("droit", ""), Role.READ),
        relatives="parents" in post,
        pages="pages" in post,
    )
    words = f"Partagé au nom de chaque élève : {counted(done.pupils, 'élève')}"
    if done.relatives:
        words += f" et {counted(done.relatives, 'parent')}"
    if done.pages:
        words += f", {counted(done.pages, 'page ajoutée', 'pages ajoutées')}"
    messages.success(request, f"{words}. Ils le garderont l’an prochain.")
    return redirect("notebooks:memo_book", uuid=found.uuid)


def _managed(request: HttpRequest, uuid: UUID) -> Any:
    """A book that the person manages, and that is not in the trash; a 404 otherwise."""
    found = book_of(request, uuid)
    if not may(found.my_role, Act.SHARE) or found.trashed_at is not None:
        raise Http404
    return found
