"""« Contenus laissés à l’école »: what people left to it, entrusted, ceded, opened, removed in two steps."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import person_of
from admin_console.groups.reading import done
from admin_console.place import page_url, place_of
from admin_console.school.sections import for_a_school, school_of, show_section
from admin_console.school.words import left_words
from sharing.kinds import cover_of
from sharing.left_to_school import left_to, lines_of
from sharing.models import Resource
from sharing.services import school_things
from ui.french import counted, number

PAGE = 40
IN_TRASH = "corbeille"


@require_safe
@for_a_school
def things(request: HttpRequest) -> HttpResponse:
    """What belongs to the school, then its trash. A fixed number of queries."""
    school = school_of(request)
    trashed = request.GET.get("etat") == IN_TRASH
    page = Paginator(left_to(school, trashed=trashed), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "trashed": trashed,
        "choices": _choices(request, trashed=trashed),
        "lines": [
            {"line": line, "sub": left_words(line), "cover": cover_of(line.kind)}
            | {"url": "" if trashed else line.kind.url(line.resource)}
            for line in lines_of(list(page.object_list))
        ],
    }
    return show_section(request, "left", context, section="left")


@require_POST
@for_a_school
def trash(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The first step: it comes back as it was."""
    thing = _thing(request, uuid)
    done(
        request,
        lambda: school_things.put_away(by=person_of(request), resource=thing),
        lambda _: f"« {thing.title} » est à la corbeille de l’école.",
    )
    return redirect(page_url("left_things", place_of(request)))


@require_POST
@for_a_school
def restore(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Out of the trash; those who saw it see it again."""
    thing = _thing(request, uuid)
    done(
        request,
        lambda: school_things.bring_back(by=person_of(request), resource=thing),
        lambda _: f"« {thing.title} » est de retour, avec ses partages.",
    )
    return redirect(page_url("left_things", place_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_a_school
def erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The second step, after a page that says what goes."""
    thing = get_object_or_404(_of_school(request), uuid=uuid, trashed_at__isnull=False)
    if request.method == "POST":
        done(
            request,
            lambda: school_things.erase(by=person_of(request), resource=thing),
            lambda count: f"{counted(count, 'contenu supprimé', 'contenus supprimés')} définitivement.",
        )
        return redirect(page_url("left_things", place_of(request)))
    (line,) = lines_of([thing])
    context: dict[str, Any] = {"thing": thing, "sub": left_words(line)}
    context["with_it"] = Resource.objects.filter(trashed_with=thing).count()
    return show_section(request, "left_erase", context, section="left")


def _choices(request: HttpRequest, *, trashed: bool) -> list[dict[str, Any]]:
    here = page_url("left_things", place_of(request))
    waiting = left_to(school_of(request), trashed=True).count()
    trash_url = f"{here}{'&' if '?' in here else '?'}etat={IN_TRASH}"
    return [
        {"label": "À l’école", "url": here, "current": not trashed},
        {
            "label": f"Corbeille ({number(waiting)})" if waiting else "Corbeille",
            "url": trash_url,
            "current": trashed,
        },
    ]


def _of_school(request: HttpRequest) -> Any:
    return Resource.objects.filter(owner_school=school_of(request))


def _thing(request: HttpRequest, uuid: UUID) -> Resource:
    thing: Resource = get_object_or_404(_of_school(request), uuid=uuid)
    return thing
