"""The first page: who you are to the school today, told by the panels that rooms register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.annuaire.viewer import Viewer, viewer_of
from home.services.favourites import favourites_of
from ui import children, panels, shortcuts, tiles
from ui.french import DAYS
from ui.parts import wants_part

SCHOOL_DAYS = 5
WHOLE = "tout"  # in the address: nothing comes after the page


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the pupil's week: its letter on the board, its name for readers."""

    letter: str
    name: str
    today: bool


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Home of a pupil, or of anybody else."""
    me = request.user
    assert isinstance(me, User)
    meant = panels.meant(request)
    awaited = [panel for panel in meant if panel.waits and WHOLE not in request.GET]
    rendered = _rendered(request, [panel for panel in meant if panel not in awaited])
    context = {
        "today": clock.today(),
        "top": [text for panel, text in rendered if panel.top],
        "beside": [text for panel, text in rendered if panel.beside],
        "main": [text for panel, text in rendered if not (panel.top or panel.side or panel.beside)],
        "side": [text for panel, text in rendered if panel.side],
        "side_waits": any(panel.side for panel in awaited),
        "main_waits": any(not panel.side for panel in awaited),
        "whole_url": _address("home:index", request, {WHOLE: "1"}),
        "later_url": _address("home:later", request, {} if rendered else {"vide": "1"}),
    }
    if me.profile == Profile.PUPIL:
        return render(
            request,
            "home/pupil.html",
            context | {"week": week_of(clock.today()), "tiles": tiles.shown(request)},
        )
    acts = shortcuts.shown(request)
    context |= {
        "years": years_of(viewer_of(request)),
        "tabs": tabs_of(request),
        "first": [each for each in acts if each.shortcut.first],
        "acts": [each for each in acts if not each.shortcut.first],
        "at_hand": favourites_of(me),
        "of_child": children.chosen(request) is not None,
        "side_first": me.profile == Profile.RELATIVE,
    }
    return render(request, "home/home.html", context)


@require_safe
def later(request: HttpRequest) -> HttpResponse:
    """What comes after the page, where it was asked by a script; else the page, whole."""
    if not wants_part(request):
        return redirect(f"{reverse('home:index')}?{WHOLE}=1")
    rendered = _rendered(request, [panel for panel in panels.meant(request) if panel.waits])
    context = {
        "side": [text for panel, text in rendered if panel.side],
        "main": [text for panel, text in rendered if not panel.side],
        "nothing": not rendered and bool(request.GET.get("vide")),
    }
    return render(request, "home/later.html", context)


def _address(name: str, request: HttpRequest, asked: dict[str, str]) -> str:
    """A page of these panels, of the child whose tab is open."""
    child = children.chosen(request)
    given = asked | ({children.PARAMETER: str(child.uuid)} if child else {})
    return f"{reverse(name)}?{urlencode(given)}" if given else reverse(name)


def _rendered(request: HttpRequest, asked: Sequence[panels.Panel]) -> list[tuple[panels.Panel, str]]:
    return [
        (each.panel, render_to_string(each.panel.template, dict(each.context), request))
        for each in panels.shown(request, asked)
    ]


def tabs_of(request: HttpRequest) -> list[dict[str, Any]]:
    """« Tous », then a tab per child; none for whoever has one child, or none."""
    mine, chosen = children.of(request), children.chosen(request)
    if len(mine) < 2:
        return []
    here = reverse("home:index")
    return [{"label": "Tous", "url": here, "current": chosen is None}] + [
        {
            "label": child.name,
            "url": f"{here}?{children.PARAMETER}={child.uuid}",
            "current": child == chosen,
        }
        for child in mine
    ]


def week_of(day: date) -> list[Weekday]:
    """Monday to Friday of the week that holds `day`; on Saturday and Sunday none is today."""
    monday = day - timedelta(days=day.weekday())
    return [
        Weekday(DAYS[n][0].upper(), DAYS[n], monday + timedelta(days=n) == day) for n in range(SCHOOL_DAYS)
    ]


def years_of(viewer: Viewer) -> list[str]:
    """The years that the person is in, « 2026-2027 »: the running ones of a team's schools; for families, those that
    their classes are of, which the new year's staff does not move. Two while schools turn over."""
    team = viewer.in_team or viewer.standpoint.profile == Profile.GUEST
    told = {
        (school.running_year if team else school.class_year) or school.running_year
        for school in viewer.own_schools
    }
    return [f"{year}-{year + 1}" for year in sorted(year for year in told if year is not None)]
