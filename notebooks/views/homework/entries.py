"""One piece of homework: begun, written, read, taken out of its book and put back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from core.text import day_of
from documents.pieces import pieces_of
from notebooks import homework_rules as rules
from notebooks.enums import Stage
from notebooks.homework_forms import EntryForm
from notebooks.homework_querysets import entry_visible_to, ticked
from notebooks.homework_reading import Homework
from notebooks.models import HomeworkEntry
from notebooks.services import homework_entries as entries
from notebooks.services.homework_books import book_of
from notebooks.services.homework_entries import SPACE
from notebooks.views.homework.books import resource_in, week_url
from notebooks.views.requests import is_pupil, person_of, said, say_no
from sharing.enums import Role
from sharing.reaching import reach_in
from ui import rich_text
from ui.french import day, unbroken
from ui.parts import wants_part

PAGE = 30


@require_POST
def begin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An empty draft, for the day asked (`jour`), and its page."""
    resource = resource_in(request, uuid, Role.CONTRIBUTE)
    try:
        made = entries.begin(
            by=person_of(request),
            book=book_of(resource),
            due_on=day_of(request.POST.get("jour", "")),
        )
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:homework_book", uuid=uuid)
    return redirect("notebooks:homework_write", uuid=made.uuid)


@require_safe
def entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One entry, whole."""
    found = entry_in(request, uuid)
    me = person_of(request)
    done = is_pupil(request) and bool(ticked([me.pk], [found.pk]))
    work = Homework(
        found,
        done=done,
        changes=rules.changes(found.my_role, own=found.author_id == me.pk),  # type: ignore[attr-defined]
        pieces=pieces_of(SPACE, [found.uuid])[found.uuid],
    )
    context = {
        "work": work,
        "resource": found.book.resource,
        "back": reverse("notebooks:index")
        if is_pupil(request)
        else week_url(found.book.resource.uuid, rules.monday_of(found.due_on)),
    }
    return render(request, "notebooks/homework/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its form, kept as a draft at each stop; published (`act`), or given back to its author alone."""
    found = entry_in(request, uuid)
    me = person_of(request)
    if not rules.changes(found.my_role, own=found.author_id == me.pk):  # type: ignore[attr-defined]
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = EntryForm(given, entry=found)
    problem = ""
    act = given.get("act", "save") if given is not None else ""
    if given is not None and form.is_valid():
        try:
            done = entries.write(by=me, entry=found, words=form.words())
            done = _after(me, done, act)
        except DomainError as error:
            problem = said(request, error)
        else:
            if wants_part(request):
                return render(request, "notebooks/homework/write.html#saved", {"entry": done})
            messages.success(request, unbroken(_words(done)))
            return redirect(week_url(done.book.resource.uuid, rules.monday_of(done.due_on)))
    if wants_part(request):
        return render(request, "notebooks/homework/write.html#saved", {"entry": found, "unsaved": True})
    body = form.html if given is not None else found.body
    context: dict[str, Any] = {
        "form": form,
        "entry": found,
        "resource": found.book.resource,
        "problem": problem,
        "value": rich_text.clean(body),
        "plain": rich_text.typed(rich_text.clean(body)),
        "draft": found.stage == Stage.DRAFT,
        "subjects": rules.SUBJECTS,
        "pieces": pieces_of(SPACE, [found.uuid])[found.uuid],
        "space": SPACE,
        "pictures_url": reverse("pieces:picture", args=[SPACE, found.uuid]),
        "back": week_url(found.book.resource.uuid, rules.monday_of(found.due_on)),
    }
    return render(request, "notebooks/homework/write.html", context, status=422 if given is not None else 200)


@require_POST
def take_out(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Out of the book, first step."""
    found = entry_in(request, uuid)
    try:
        entries.take_out(by=person_of(request), entry=found)
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:homework_entry", uuid=uuid)
    messages.success(request, "Devoir retiré. Il attend dans les devoirs retirés du cahier.")
    return redirect(week_url(found.book.resource.uuid, rules.monday_of(found.due_on)))


@require_POST
def put_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """In the book again."""
    found = entry_in(request, uuid, trashed=True)
    try:
        entries.put_back(by=person_of(request), entry=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, "Devoir remis dans le cahier.")
    return redirect("notebooks:homework_out", uuid=found.book.resource.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For good; asked first."""
    found = entry_in(request, uuid, trashed=True)
    if request.method != "POST":
        return render(request, "notebooks/homework/erase.html", {"work": Homework(found), "entry": found})
    try:
        entries.erase(by=person_of(request), entry=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, "Devoir supprimé définitivement.")
    return redirect("notebooks:homework_out", uuid=found.book.resource.uuid)


@require_safe
def out(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was taken out of a book; for who writes there."""
    resource = resource_in(request, uuid, Role.CONTRIBUTE)
    rows = HomeworkEntry.objects.filter(book=resource.pk, trashed_at__isnull=False)
    page = Paginator(rows.order_by("-trashed_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    me = person_of(request)
    role = resource.my_role  # type: ignore[attr-defined]
    works = [
        Homework(each, changes=rules.changes(role, own=each.author_id == me.pk)) for each in page.object_list
    ]
    return render(
        request, "notebooks/homework/out.html", {"resource": resource, "works": works, "page": page}
    )


def entry_in(request: HttpRequest, uuid: UUID, *, trashed: bool = False) -> HomeworkEntry:
    """An entry that whoever asks sees, with `my_role`; a 404 otherwise."""
    found = entry_visible_to(person_of(request), reach_in(request), uuid, trashed=trashed)
    if found is None:
        raise Http404
    return found


def _after(me: Any, entry: HomeworkEntry, act: str) -> HomeworkEntry:
    if act == "publish":
        return entries.publish(by=me, entry=entry)
    return entries.unpublish(by=me, entry=entry) if act == "unpublish" else entry


def _words(entry: HomeworkEntry) -> str:
    if entry.stage == Stage.DRAFT:
        return "Brouillon enregistré : vous seul et ceux qui écrivent ici le voient."
    if Homework(entry).waits:
        return f"Devoir publié : les familles le verront {day(entry.given_on)}."
    return "Devoir publié."
