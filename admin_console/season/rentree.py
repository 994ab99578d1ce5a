"""« Préparer la rentrée »: a school's steps and checklist; a district's schools, an academy's districts, those who
need help first."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions
from accounts.models import User
from accounts.requests import person_of
from admin_console.access import administrators_only, show, standpoint
from admin_console.overview import school_line, scope_words
from admin_console.place import PARAMETER, Place, page_url, place_of
from admin_console.season import telling
from core import clock
from core.errors import DomainError
from core.text import uuid_of
from directory.services.season import reopen_item, see_item
from feeds.calendar import calendar_of
from feeds.season_file import season_file
from feeds.season_scope import by_need, districts_by_need, in_district, is_many, need, schools_of
from schools.boards import boards
from schools.models import School
from schools.services.season import REASON
from ui.french import unbroken

PAGE = 30
AFTER, DISTRICT, NONE = "suite", "circonscription", "sans"


@require_safe
@administrators_only
def season(request: HttpRequest) -> HttpResponse:
    """One school whole; of several, those who need help first; of several districts, the same of each."""
    place = place_of(request)
    if place.school is not None:
        return _school(request, place.school, place)
    if request.GET.get(DISTRICT) or not is_many(standpoint(request)):
        return _schools(request, place)
    return _districts(request, place)


@require_safe
@administrators_only
def season_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the page shows, as CSV or XLSX; recorded."""
    school = place_of(request).school
    schools = [school] if school is not None else asked(request)
    if not schools:
        raise Http404
    return season_file(by=person_of(request), schools=schools, form=form)


@require_POST
@administrators_only
def season_seen(request: HttpRequest, key: str) -> HttpResponse:
    """What an item counts may stay, somebody looked at it."""
    reason = request.POST.get("raison", "")[:REASON].replace("\0", "")
    return _act(
        request,
        lambda by, school: see_item(by=by, school=school, item=key, reason=reason),
        "C’est noté. Ce point reviendra s’il en compte davantage.",
    )


@require_POST
@administrators_only
def season_reopened(request: HttpRequest, key: str) -> HttpResponse:
    """It is to be looked at again."""
    return _act(
        request,
        lambda by, school: reopen_item(by=by, school=school, item=key),
        "Ce point est de nouveau à voir.",
    )


def asked(request: HttpRequest) -> list[School]:
    """The schools of the scope, or those of the district asked. Raises Http404. One query."""
    schools, told = schools_of(standpoint(request)), request.GET.get(DISTRICT, "")
    if not told:
        return list(schools)
    district = None if told == NONE else uuid_of(told)
    if (told != NONE and district is None) or not (found := list(in_district(schools, district))):
        raise Http404
    return found


def _act(request: HttpRequest, act: Callable[[User, School], Any], said: str) -> HttpResponse:
    place = place_of(request)
    if place.school is None:
        raise Http404
    try:
        sessions.require_full_assurance(request)
        act(person_of(request), place.school)
        messages.success(request, said)
    except DomainError as refused:
        messages.error(request, unbroken(str(refused)))
    return redirect(page_url("season", place))


def _school(request: HttpRequest, school: School, place: Place) -> HttpResponse:
    (board,) = boards([school], clock.today())
    calendar = calendar_of(board)
    context = {
        "place": place,
        "board": board,
        "named": school_line(school),
        "year": telling.year_words(board.standing.year),
        "today": board.standing.today,
        "headline": telling.headline(board, calendar),
        "facts": telling.facts(board, calendar),
        "stages": telling.stage_lines(board, calendar),
        "late": telling.late_levels(board),
        "query": f"?{urlencode({PARAMETER: str(school.uuid)})}",
    }
    return show(request, "season/rentree", context)


def _schools(request: HttpRequest, place: Place) -> HttpResponse:
    """The schools of the scope, or of a district of it."""
    schools = asked(request)
    found = by_need(boards(schools, clock.today()))
    shown, later = _page(found, lambda board: list(need(board)), request)
    told = request.GET.get(DISTRICT, "")
    first = schools[0].district if told and schools else None
    context = {
        "place": place,
        "lede": _district_name(first)
        if told
        else scope_words(standpoint(request), place.schools, place.number),
        "district": told,
        "number": len(found),
        "helped": sum(board.open > 0 for board in found),
        "lines": [(board, telling.points(board.open), telling.open_words(board)) for board in shown],
        "later_url": _later(request, later),
    }
    return show(request, "season/rentree_schools", context)


def _districts(request: HttpRequest, place: Place) -> HttpResponse:
    me = standpoint(request)
    found = districts_by_need(me, clock.today())
    shown, later = _page(found, lambda each: list(each.key), request)
    context = {
        "place": place,
        "lede": scope_words(me, place.schools, place.number),
        "helped": sum(each.helped for each in found),
        "number": sum(each.schools for each in found),
        "lines": [
            (each, _district_name(each.district), str(each.district.uuid) if each.district else NONE)
            for each in shown
        ],
        "later_url": _later(request, later),
        "academies": bool(me.platform or me.administered_academies),
    }
    return show(request, "season/rentree_districts", context)


def _district_name(district: Any) -> str:
    return district.name if district is not None else "Écoles sans circonscription"


def _page[Each](
    found: Sequence[Each], key: Callable[[Each], list[Any]], request: HttpRequest
) -> tuple[list[Each], str]:
    """Those at the cursor, and the cursor of what follows: what was shown is not shown again, whatever moved."""
    after = _cursor(request.GET.get(AFTER, ""))
    rest = [each for each in found if after is None or key(each) > after]
    if len(rest) <= PAGE:
        return rest, ""
    told = json.dumps(key(rest[PAGE - 1])).encode()
    return rest[:PAGE], base64.urlsafe_b64encode(told).decode()


def _cursor(token: str) -> list[Any] | None:
    """Where a list goes on; None where the address was made up."""
    try:
        alerts, number, name, key = json.loads(base64.urlsafe_b64decode(token.encode()))
        return [int(alerts), int(number), str(name), int(key)]
    except (ValueError, TypeError, OverflowError):
        return None


def _later(request: HttpRequest, token: str) -> str:
    if not token:
        return ""
    values = {DISTRICT: request.GET.get(DISTRICT, ""), AFTER: token}
    return f"{request.path}?{urlencode({name: value for name, value in values.items() if value})}"
