"""Feeds of the school: what the last ones brought and took, who is awaited, and the way to send ONDE's."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from admin_console.access import standpoint
from admin_console.feeds import runs as run_words
from admin_console.feeds import telling
from admin_console.school.sections import for_a_school, school_of, show_section
from feeds.changes import tell
from feeds.enums import PlanAction, PlanKind
from feeds.models import FeedRun
from feeds.querysets import (
    awaiting_a_class,
    counts_of_school,
    plan_of_school,
    runs_of_school,
    runs_seen_from,
    runs_to_decide,
)
from feeds.services.watch import watch
from ui.french import agree, number

LAST = 6
NAMES = 30
ROWS = 100
WORDS = {
    PlanKind.PUPIL: ("élève", "élèves"),
    PlanKind.RELATIVE: ("parent", "parents"),
    PlanKind.STAFF: ("personnel", "personnels"),
    PlanKind.CLASS: ("classe", "classes"),
}
ACTIONS = {
    PlanAction.CREATED: ("Arrivés", "user-plus"),
    PlanAction.RESTORED: ("Revenus", "user-check"),
    PlanAction.MOVED: ("Déplacés", "arrows-exchange"),
    PlanAction.CHANGED: ("Modifiés", "pencil"),
    PlanAction.ABSENT: ("Partis", "logout"),
}


@require_safe
@for_a_school
def feeds(request: HttpRequest) -> HttpResponse:
    """The last runs that spoke of the school, who is awaited, what waits for a decision."""
    school = school_of(request)
    runs = list(runs_of_school(school)[:LAST])
    counts = counts_of_school(school, runs)
    (told,) = watch([school])
    awaiting = awaiting_a_class(school)
    seen = runs_seen_from(standpoint(request)).filter(school=school)
    context = {
        "lines": [_line(run, counts[run.pk]) for run in runs],
        "watch": told,
        "awaiting": list(awaiting[:NAMES]),
        "more": max(0, told.awaiting_pupils - NAMES),
        "decisions": list(runs_to_decide(seen)[:LAST]),
    }
    return show_section(request, "feeds", context, section="feeds")


@require_safe
@for_a_school
def rows(request: HttpRequest, run: UUID) -> HttpResponse:
    """What one run did in the school, person by person."""
    school = school_of(request)
    found = get_object_or_404(runs_of_school(school), uuid=run)
    rows = plan_of_school(school).filter(run=found).order_by("action", "kind", "label", "pk")
    asked = request.GET.get("quoi", "")
    if asked in ACTIONS:
        rows = rows.filter(action=asked)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "run": found,
        "title": telling.title(found),
        "page": page,
        "rows": tell(list(page.object_list)),
        "asked": ACTIONS[PlanAction(asked)][0] if asked in ACTIONS else "",
        "choices": [(action.value, word) for action, (word, _) in ACTIONS.items()],
    }
    return show_section(request, "feed", context, section="feeds")


def _line(run: FeedRun, counts: dict[tuple[str, str], int]) -> dict[str, Any]:
    """A run in the school's terms: for each action, « 12 élèves, 1 classe »."""
    told = []
    for action, (word, icon) in ACTIONS.items():
        parts = [
            f"{number(counts[kind, action])} {agree(counts[kind, action], *words)}"
            for kind, words in WORDS.items()
            if counts.get((kind, action))
        ]
        if parts:
            told.append({"word": word, "icon": icon, "text": ", ".join(parts), "action": action.value})
    return {
        "run": run,
        "title": telling.title(run),
        "told": told,
        "tone": run_words.tone(run),
        "icon": run_words.icon(run),
    }
