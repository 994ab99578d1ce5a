"""The first page: who you are to the school today, told by the panels that rooms register."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.annuaire.viewer import Viewer, viewer_of
from ui import panels, tiles
from ui.french import DAYS

SCHOOL_DAYS = 5


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
    told = panels.shown(request)
    rendered = [
        (each.panel, render_to_string(each.panel.template, dict(each.context), request)) for each in told
    ]
    context = {
        "today": clock.today(),
        "top": [text for panel, text in rendered if panel.top],
        "main": [text for panel, text in rendered if not panel.side and not panel.top],
        "side": [text for panel, text in rendered if panel.side],
    }
    if me.profile == Profile.PUPIL:
        return render(
            request,
            "home/pupil.html",
            context | {"week": week_of(clock.today()), "tiles": tiles.shown(request)},
        )
    return render(request, "home/home.html", context | {"years": years_of(viewer_of(request))})


def week_of(day: date) -> list[Weekday]:
    """Monday to Friday of the week that holds `day`; on Saturday and Sunday none is today."""
    monday = day - timedelta(days=day.weekday())
    return [
        Weekday(DAYS[n][0].upper(), DAYS[n], monday + timedelta(days=n) == day) for n in range(SCHOOL_DAYS)
    ]


def years_of(viewer: Viewer) -> list[str]:
    """The running years of the person's schools, « 2026-2027 »; two of them while schools turn over."""
    years = {school.running_year for school in viewer.own_schools if school.running_year is not None}
    return [f"{year}-{year + 1}" for year in sorted(years)]
