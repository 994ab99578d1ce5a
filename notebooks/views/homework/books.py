"""A cahier de textes: begun, its week, its list, its settings, copied, printed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from notebooks import homework_rules as rules
from notebooks.homework_forms import CopyBookForm, CopyWeekForm
from notebooks.homework_querysets import books_visible_to, entries_within
from notebooks.homework_reading import week_of, works_in
from notebooks.models import HomeworkBook
from notebooks.services import homework_books, homework_copies
from notebooks.services.homework_entries import publish_week
from notebooks.views import class_books
from notebooks.views.requests import monday_in, person_of, said, say_no
from sharing.enums import Role
from sharing.models import Resource
from sharing.reaching import reach_in
from ui.french import counted

PAGE = 30
SHARE = "Partager avec les élèves de la classe et leurs parents"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new cahier de textes; its class, and one box to share it with its families."""
    return class_books.begin(
        request,
        lambda given: homework_books.begin_book(
            by=person_of(request),
            title=given["title"],
            school_class=given["school_class"],
            with_families=given["share"],
        ),
        name="Cahier de textes",
        share=SHARE,
        shared=True,
        page="notebooks:homework_book",
        done="Cahier de textes créé. Notez-y le premier devoir.",
        title="Nouveau cahier de textes",
        lede="",
        button="Créer le cahier",
    )


@require_safe
def book(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The week of a book, or (`vue=liste`) all that it holds, by date."""
    resource = resource_in(request, uuid)
    found = homework_books.book_of(resource)
    context = _about(request, found)
    if request.GET.get("vue") == "liste":
        return render(request, "notebooks/homework/list.html", context | _list(request, found))
    monday = monday_in(request)
    week = week_of(_works(request, found, monday), monday)
    drafts = sum(work.draft and work.changes for work in week.works)
    context |= {"week": week, "drafts": drafts, "today": clock.today()}
    if context["manages"]:
        context["shared"] = homework_books.is_shared_with_families(found)
    return render(request, "notebooks/homework/book.html", context)


@require_safe
def printed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A week on paper; without drafts."""
    resource = resource_in(request, uuid)
    monday = monday_in(request)
    works = [work for work in _works(request, homework_books.book_of(resource), monday) if not work.draft]
    context = {"week": week_of(works, monday), "title": resource.title, "boxes": True}
    return render(request, "notebooks/homework/print.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its title and its class; for who manages it."""
    return class_books.settle(
        request,
        homework_books.book_of(resource_in(request, uuid, Role.MANAGE)),
        page="notebooks:homework_book",
        done="Cahier enregistré.",
        title="Réglages du cahier",
    )


@require_POST
def share(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One click: the class's pupils and their relatives read it."""
    found = homework_books.book_of(resource_in(request, uuid, Role.MANAGE))
    try:
        homework_books.share_with_families(by=person_of(request), book=found)
    except DomainError as error:
        say_no(request, error)
    else:
        messages.success(request, "Cahier partagé avec les élèves de la classe et leurs parents.")
    return redirect("notebooks:homework_book", uuid=uuid)


@require_POST
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All the drafts of a week."""
    found = homework_books.book_of(resource_in(request, uuid, Role.CONTRIBUTE))
    monday = monday_in(request)
    try:
        done = publish_week(by=person_of(request), book=found, monday=monday)
    except DomainError as error:
        say_no(request, error)
    else:
        if done:
            messages.success(request, f"{counted(done, 'devoir publié', 'devoirs publiés')}.")
        else:
            messages.info(request, "Aucun brouillon de cette semaine ne peut être publié.")
    return redirect(week_url(uuid, monday))


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A week onto another; for who manages it, the whole book into a new one."""
    resource = resource_in(request, uuid, Role.CONTRIBUTE)
    found = homework_books.book_of(resource)
    manages = resource.my_role == Role.MANAGE  # type: ignore[attr-defined]
    act = request.POST.get("act", "")
    monday = monday_in(request)
    week_form = CopyWeekForm(
        request.POST if act == "week" else None,
        initial={"source": monday, "target": monday + rules.WEEK},
    )
    classes = class_books.team_classes(request) if manages else []
    book_form = CopyBookForm(
        request.POST if act == "book" else None,
        prefix="nouveau",
        classes=classes,
        share=SHARE,
        initial={
            "title": resource.title,
            "first": rules.monday_of(clock.today()),
            "school_class": classes[0].uuid if len(classes) == 1 else None,
        },
    )
    problem = ""
    try:
        if act == "week" and week_form.is_valid():
            source, target = week_form.mondays()
            done = homework_copies.copy_week(by=person_of(request), book=found, source=source, target=target)
            messages.success(
                request,
                f"{counted(done, 'devoir copié', 'devoirs copiés')} en brouillon. Relisez, puis publiez la semaine.",
            )
            return redirect(week_url(uuid, target))
        if act == "book" and manages and book_form.is_valid():
            told = book_form.cleaned_data
            made = homework_copies.copy_book(
                by=person_of(request),
                source=found,
                title=told["title"],
                first=told["first"],
                school_class=told["school_class"],
                with_families=told["share"],
            )
            messages.success(
                request, "Cahier copié\u00a0: ses devoirs sont des brouillons, à publier semaine par semaine."
            )
            return redirect(week_url(made.resource.uuid, rules.monday_of(told["first"])))
    except DomainError as error:
        problem = said(request, error)
    context = {
        "resource": resource,
        "week_form": week_form,
        "book_form": book_form if manages else None,
        "problem": problem,
    }
    return render(request, "notebooks/homework/copy.html", context, status=422 if act else 200)


def resource_in(request: HttpRequest, uuid: UUID, role: Role = Role.READ) -> Resource:
    """A cahier de textes that whoever asks sees, as this at least; a 404 otherwise."""
    rows = books_visible_to(person_of(request), reach_in(request)).filter(Q(my_role__gte=role))
    found: Resource = get_object_or_404(rows, uuid=uuid)
    return found


def week_url(uuid: UUID, monday: date) -> str:
    return f"{reverse('notebooks:homework_book', args=[uuid])}?{urlencode({'semaine': monday.isoformat()})}"


def _about(request: HttpRequest, found: HomeworkBook) -> dict[str, Any]:
    """What every view of a book says of it."""
    resource = found.resource
    role = resource.my_role  # type: ignore[attr-defined]
    return {
        "resource": resource,
        "book": found,
        "writes": role >= Role.CONTRIBUTE,
        "manages": role >= Role.MANAGE,
        "owner": None if resource.owner_id == person_of(request).pk else resource.owner,
        "owns": resource.owner_id == person_of(request).pk,
        "team": viewer_of(request).in_team,
        "views": _views(request, resource),
    }


def _views(request: HttpRequest, resource: Resource) -> list[dict[str, Any]]:
    here = reverse("notebooks:homework_book", args=[resource.uuid])
    listed = request.GET.get("vue") == "liste"
    return [
        {"label": "Semaine", "url": here, "current": not listed},
        {"label": "Liste", "url": f"{here}?vue=liste", "current": listed},
    ]


def _works(request: HttpRequest, found: HomeworkBook, monday: date) -> list[Any]:
    role = found.resource.my_role  # type: ignore[attr-defined]
    rows = entries_within({found.pk: role}).filter(due_on__gte=monday, due_on__lt=monday + rules.WEEK)
    return works_in(rows.order_by("due_on", "pk"), role=role, writer=person_of(request))


def _list(request: HttpRequest, found: HomeworkBook) -> dict[str, Any]:
    """All entries by date: those to come, or those past; of one subject where it is chosen."""
    role = found.resource.my_role  # type: ignore[attr-defined]
    rows = entries_within({found.pk: role})
    subjects = list(rows.exclude(subject="").order_by("subject").values_list("subject", flat=True).distinct())
    subject = request.GET.get("matiere", "")
    if subject in subjects:
        rows = rows.filter(subject=subject)
    today, past = clock.today(), request.GET.get("quand") == "passes"
    which = Q(due_on__lt=today) if past else Q(due_on__gte=today)
    order = ("-due_on", "-pk") if past else ("due_on", "pk")
    page = Paginator(rows.filter(which).order_by(*order), PAGE).get_page(request.GET.get("page"))
    here = reverse("notebooks:homework_book", args=[found.resource.uuid])
    kept = {"matiere": subject} if subject in subjects else {}
    return {
        "page": page,
        "works": works_in(page.object_list, role=role, writer=person_of(request)),
        "subjects": subjects,
        "subject": subject if subject in subjects else "",
        "past": past,
        "tabs": [
            {"label": label, "url": f"{here}?{urlencode({'vue': 'liste', **more, **kept})}", "current": on}
            for label, more, on in (("À venir", {}, not past), ("Passés", {"quand": "passes"}, past))
        ],
    }
