"""« Préparer la fin d’année »: what will no longer be seen, by whom, from when, and what one decides of it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions
from accounts.models import User
from core.errors import DomainError
from core.text import uuid_of
from directory.annuaire.viewer import Viewer, viewer_of
from directory.favourite_upkeep import upkeep_of
from rollover import colleagues
from rollover.enums import Choice
from rollover.lines import Asked, asked_in, sections_of
from rollover.season import ending, prepares
from rollover.services.decide import Decided, Refused, Wish, decide, take_back
from rollover.year_end import YearEnd, year_end_of
from ui import year_end as sections
from ui.french import agree, counted, listed, unbroken

LINES = 200
TYPED = 80


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return _page(request, _viewer(request), {})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """« Enregistrer mes choix »: every line of the page; and one choice for those that are ticked."""
    viewer = _viewer(request)
    asked = asked_in(request.POST)
    try:
        sessions.require_full_assurance(request)
        wishes, refused = _wishes(viewer, asked)
        done = decide(by=viewer.person, wishes=wishes)
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
        return redirect("rollover:mine")
    done.refused += refused
    _say(request, done)
    if done.refused:
        for each in done.refused:
            if each.key in asked:
                asked[each.key].problem = unbroken(str(each.error))
        return _page(request, viewer, asked, status=422)
    return _back(request)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """A decision is taken back."""
    viewer = _viewer(request)
    decision = uuid_of(request.POST.get("decision"))
    if decision is None:
        raise Http404
    try:
        sessions.require_full_assurance(request)
        former = take_back(by=viewer.person, decision=decision)
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, unbroken(f"« {former.resource.title} » : votre choix est annulé."))
    return _back(request)


@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """The colleagues whose name fits what is typed, for the list under the field; asked by htmx alone."""
    viewer = _viewer(request)
    typed = next((request.GET.get(field, "") for field in request.GET if "collegue" in field), "")
    found = colleagues.found(viewer, typed[:TYPED])
    return render(request, "rollover/_colleagues.html", {"colleagues": found})


def _viewer(request: HttpRequest) -> Viewer:
    if not prepares(request):
        raise Http404
    return viewer_of(request)


def _page(
    request: HttpRequest, viewer: Viewer, asked: dict[str, Asked], *, status: int = 200
) -> HttpResponse:
    told = year_end_of(viewer.person)
    page = Paginator(told.lines, LINES).get_page(request.GET.get("page"))
    entrusts = colleagues.near(viewer) if told.lines else []
    context = {
        "ending": ending(request),
        "page": page,
        "sections": sections_of(list(page), told, asked),
        "total": len(told.lines),
        "things": len({line.resource.pk for line in told.lines}),
        "summary": _summary(told),
        "decided": len(told.decided),
        "left": len(told.lines) - len(told.decided),
        "unchanged": told.unchanged,
        "some": told.some,
        "more": max(0, told.unchanged - len(told.some)),
        "colleagues": entrusts,
        "favourites": upkeep_of(viewer),
        "others": [
            render_to_string(each.panel.template, dict(each.context), request)
            for each in sections.shown(request)
        ],
    }
    return render(request, "rollover/mine.html", context, status=status)


def _summary(told: YearEnd) -> str:
    """« 2 gardés, 1 confié »."""
    counts = told.counts()
    return listed([counted(number, choice.label) for choice, number in counts.items() if number])


def _wishes(viewer: Viewer, asked: dict[str, Asked]) -> tuple[list[Wish], list[Refused]]:
    """What the form wants, colleagues found by what was typed; and the lines whose colleague is not."""
    typed = {each.colleague for each in asked.values() if each.choice == Choice.ENTRUST}
    people = colleagues.named(viewer, typed) if typed else {}
    wishes: list[Wish] = []
    refused: list[Refused] = []
    for key, each in asked.items():
        who = people.get(each.colleague) if each.choice == Choice.ENTRUST else None
        if isinstance(who, DomainError):
            refused.append(Refused(key, "", who))
            continue
        wishes.append(
            Wish(
                resource=each.resource,
                place=each.place,
                choice=each.choice,
                relatives=each.relatives and each.choice == Choice.KEEP,
                to=who.uuid if isinstance(who, User) else None,
            )
        )
    return wishes, refused


_SAID: dict[Choice, Callable[[int], str]] = {
    Choice.KEEP: lambda n: f"{counted(n, 'partage')} {agree(n, 'gardé')}",
    Choice.ENTRUST: lambda n: f"{counted(n, 'production')} {agree(n, 'confiée')}",
    Choice.LET_GO: lambda n: f"{counted(n, 'partage')} {agree(n, 'laissé')}",
}


def _say(request: HttpRequest, done: Decided) -> None:
    said = [_SAID[choice](number) for choice, number in done.lines.items() if number]
    if said:
        kept = (
            f" {counted(done.people, 'personne')} par {agree(done.people, 'son', 'leur')} nom."
            if done.people
            else ""
        )
        messages.success(request, unbroken(f"C’est noté : {listed(said)}.{kept}"))
    elif not done.refused:
        messages.info(request, "Rien n’a changé\N{NO-BREAK SPACE}: aucun nouveau choix.")
    if done.left_out:
        messages.warning(
            request,
            unbroken(f"Vous ne pouvez pas partager avec : {listed(done.left_out)}. Rien ne leur est gardé."),
        )
    if done.refused:
        messages.error(
            request,
            unbroken(
                f"{counted(len(done.refused), 'ligne')} {agree(len(done.refused), 'reste', 'restent')} à revoir : "
                "la raison est écrite dessus."
            ),
        )


def _back(request: HttpRequest) -> HttpResponse:
    """To the same page of the list."""
    answer = redirect("rollover:mine")
    number = request.GET.get("page", "")
    if number.isdigit():
        answer["Location"] += f"?page={number}"
    return answer
