"""A pupil's homework, whatever the notebooks that it comes from: as they tick it, as their relatives see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.enums import Profile
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.text import uuid_of
from directory.annuaire.viewer import viewer_of
from notebooks import homework_rules as rules
from notebooks.enums import HOMEWORK_BOOK
from notebooks.homework_querysets import entry_visible_to
from notebooks.homework_reading import (
    Homework,
    homework_of,
    homework_of_children,
    next_works,
    week_of,
    when_words,
)
from notebooks.services.homework_ticks import tick as tick_entry
from notebooks.views.requests import is_pupil, monday_in, person_of, say_no
from sharing.reaching import few_in, reach_in
from ui.back import back_of
from ui.parts import wants_part


@dataclass(frozen=True, slots=True)
class Tonight:
    """A child, by their key, and what is due on the next day for which something is."""

    child: int
    works: Sequence[Homework]
    when: str
    done: int


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """A week of one's own homework, or of a child's (`enfant`)."""
    me = person_of(request)
    if is_pupil(request):
        return redirect("notebooks:index")
    pupil = child_in(request)
    context = week_context(request, me, pupil)
    children = children_in(request)
    here = reverse("notebooks:homework_week")
    context["tabs"] = [
        {
            "label": each.first_name,
            "url": f"{here}?enfant={each.uuid}&semaine={context['week'].monday.isoformat()}",
            "current": each == pupil,
        }
        for each in children
    ]
    return render(request, "notebooks/homework/child.html", context)


@require_safe
def printed(request: HttpRequest) -> HttpResponse:
    """The week of a pupil on paper, with boxes to tick."""
    me = person_of(request)
    pupil = me if is_pupil(request) else child_in(request)
    context = week_context(request, me, pupil)
    return render(
        request,
        "notebooks/homework/print.html",
        {"week": context["week"], "title": f"Devoirs de {pupil.first_name}", "boxes": True},
    )


@require_POST
def tick(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """« Fait », or not yet: back to the page, or the part of it that shows homework."""
    me = person_of(request)
    entry = entry_visible_to(me, reach_in(request), uuid)
    if entry is None:
        raise Http404
    try:
        tick_entry(by=me, entry=entry, done=bool(request.POST.get("fait")))
    except DomainError as error:
        say_no(request, error)
        return redirect(back_of(request, "notebooks:index"))
    if not wants_part(request):
        return redirect(back_of(request, "notebooks:index"))
    if request.POST.get("ou") == "accueil":
        return render(request, "notebooks/panels/tonight.html", tonight_context(request, me))
    return render(request, "notebooks/pupil.html#devoirs", pupil_context(request, me))


def pupil_context(request: HttpRequest, me: User) -> dict[str, Any]:
    """All that a pupil's page needs of their homework."""
    context = week_context(request, me, me)
    today = clock.today()
    works = context["works"]
    soon = next_works(works, today)
    context["school_class"] = next(iter(viewer_of(request).own_classes), None)
    context["soon"] = soon
    context["soon_words"] = when_words(soon[0].entry.due_on, today) if soon else ""
    context["week_left"] = context["week"].left
    return context


def week_context(request: HttpRequest, reader: User, pupil: User) -> dict[str, Any]:
    """The week asked for, and what is due soon, read together."""
    monday, today = monday_in(request), clock.today()
    since, until = monday, monday + rules.WEEK
    if since <= today < until:
        until = max(until, today + rules.SOON + rules.WEEK)
    found = homework_of(reader, pupil, reach_in(request), since=since, until=until, files=True)
    end = monday + rules.WEEK
    return {
        "pupil": pupil,
        "works": found,
        "week": week_of([each for each in found if each.entry.due_on < end], monday),
        "today": today,
    }


def tonight_context(request: HttpRequest, me: User) -> dict[str, Any]:
    """A pupil's homework of the evening."""
    today = clock.today()
    found = homework_of(
        me,
        me,
        reach_in(request),
        since=today,
        until=today + rules.SOON + rules.WEEK,
        roles=_roles_in(request),
    )
    soon = next_works(found, today)
    return {"soon": soon, "soon_words": when_words(soon[0].entry.due_on, today) if soon else ""}


def tonight_of_children(request: HttpRequest, children: Sequence[int]) -> list[Tonight]:
    """Each child's next homework, by their keys, in as many queries as for one."""
    today = clock.today()
    found = homework_of_children(
        person_of(request),
        children,
        reach_in(request),
        since=today,
        until=today + rules.SOON + rules.WEEK,
        roles=_roles_in(request),
    )
    told = []
    for child in children:
        works = next_works(found[child], today)
        when = when_words(works[0].entry.due_on, today) if works else ""
        told.append(Tonight(child, works, when, sum(work.done for work in works)))
    return told


def _roles_in(request: HttpRequest) -> dict[int, int]:
    """On books, for home pages, which ask about other things too."""
    return {book.pk: book.role for book in few_in(request, HOMEWORK_BOOK)}


def children_in(request: HttpRequest) -> list[User]:
    """The children whose class is open to whoever asks, the eldest first. A query."""
    viewer = viewer_of(request)
    if viewer.person.profile != Profile.RELATIVE or not viewer.standpoint.children:
        return []
    found = User.objects.present().filter(pk__in=viewer.standpoint.children)
    return list(found.order_by("birth_date", "sort_name", "pk"))


def child_in(request: HttpRequest) -> User:
    """The child asked for (`enfant`), else the first; a 404 for one who is not theirs, and without any."""
    children = children_in(request)
    asked = request.GET.get("enfant")
    if asked:
        rows = User.objects.filter(pk__in=[each.pk for each in children])
        found: User = get_object_or_404(rows, uuid=uuid_of(asked))
        return found
    if not children:
        raise Http404
    return children[0]
