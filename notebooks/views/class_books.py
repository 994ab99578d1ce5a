"""The form of a book of a class, begun or settled: one page for a cahier de textes and a carnet de liaison."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from directory.models import SchoolClass
from notebooks.homework_forms import BookForm
from notebooks.models.class_book import ClassBook
from notebooks.places import classes_of
from notebooks.services import class_books
from notebooks.views.requests import person_of, said


def team_classes(request: HttpRequest) -> list[SchoolClass]:
    """The classes for which whoever asks may begin a notebook; a 404 for who is of no team."""
    viewer = viewer_of(request)
    if not viewer.in_team:
        raise Http404
    return list(classes_of(viewer.standpoint))


def begin(
    request: HttpRequest,
    act: Callable[[dict[str, Any]], ClassBook],
    *,
    name: str,
    share: str,
    shared: bool = False,
    page: str,
    done: str,
    **words: str,
) -> HttpResponse:
    """A new book, called `name` and its class; `share` is the box that shares it, `shared` whether it is ticked.
    `act` makes it of what the form says; then its `page`, with `done`. `words`: the title, lede and button."""
    classes = team_classes(request)
    first = classes[0] if len(classes) == 1 else None
    initial: dict[str, Any] = {
        "title": f"{name}{f' – {first.label}' if first else ''}",
        "school_class": first.uuid if first else None,
    }
    if shared:
        initial["share"] = True
    form = BookForm(request.POST or None, classes=classes, share=share, initial=initial)
    return _answer(request, form, act, page=page, done=done, back=reverse("notebooks:index"), **words)


def settle(request: HttpRequest, book: ClassBook, *, page: str, done: str, title: str) -> HttpResponse:
    """The title and the class of a book that one manages."""
    resource, classes = book.resource, team_classes(request)
    if book.school_class is not None and book.school_class not in classes:
        classes = [book.school_class, *classes]
    initial = {"title": resource.title, "school_class": book.school_class and book.school_class.uuid}
    form = BookForm(request.POST or None, classes=classes, initial=initial)
    return _answer(
        request,
        form,
        lambda given: class_books.settle(
            by=person_of(request), book=book, title=given["title"], school_class=given["school_class"]
        ),
        page=page,
        done=done,
        back=reverse(page, args=[resource.uuid]),
        title=title,
        lede="",
        button="Enregistrer",
        resource=resource,
        owns=resource.owner_id == person_of(request).pk,
    )


def _answer(
    request: HttpRequest,
    form: BookForm,
    act: Callable[[dict[str, Any]], ClassBook],
    *,
    page: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except DomainError as error:
            problem = said(request, error)
        else:
            messages.success(request, done)
            return redirect(page, uuid=made.resource.uuid)
    context |= {"form": form, "problem": problem}
    return render(request, "notebooks/book_form.html", context, status=422 if request.POST else 200)
