"""What is new, by day; each line leads to its thing and is then read."""

import hashlib
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.enums import Profile
from core.text import uuid_of
from directory.annuaire.viewer import viewer_of
from sharing.reaching import reach_in
from timeline.bell import ring
from timeline.kinds import kinds
from timeline.lines import days_of, lines_of
from timeline.models import Event
from timeline.querysets import news_about, news_of
from timeline.services import read
from ui import applications
from ui.parts import page_or_part

PAGE = 30


@require_safe
@vary_on_headers("HX-Request")
def index(request: HttpRequest) -> HttpResponse:
    """Newest first, of one application or of all; the next page begins after the last line's event."""
    person, reach = viewer_of(request).person, reach_in(request)
    app = request.GET.get("app", "")
    apps = {kind.app: kind.app_label for kind in kinds if person.profile in kind.profiles}
    before = request.GET.get("avant", "")
    if (app and app not in apps) or (
        before and not (before.isascii() and before.isdecimal() and len(before) < 19)
    ):
        raise Http404
    found = news_of(
        person,
        reach,
        count=PAGE + 1,
        before=int(before) if before else None,
        apps=[app] if app else None,
        shut=applications.closed(request),
    )
    news = found[:PAGE]
    pupil = person.profile == Profile.PUPIL
    more = news[-1].event.pk if len(found) > PAGE else None
    chosen = f"app={app}&" if app else ""
    context = {
        "days": days_of(lines_of(news, pupil=pupil)),
        "views": _views(apps, app),
        "app": app,
        "first": news[0].event.uuid if news and not before else "",
        "unread": any(each.unread for each in news),
        "older_url": f"{reverse('timeline:index')}?{chosen}avant={more}" if more else "",
        "newer_url": reverse("timeline:index") + (f"?app={app}" if app else "") if before else "",
    }
    return page_or_part(request, "timeline/index.html", context)


@require_safe
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To the thing that an event is about; it is read then."""
    person = viewer_of(request).person
    news = news_about(
        person,
        reach_in(request),
        get_object_or_404(Event.objects.select_related("resource", "school"), uuid=uuid),
    )
    if news is None:
        raise Http404
    read.read(by=person, event=news.event)
    for line in lines_of([news], pupil=person.profile == Profile.PUPIL):
        if line.told.url:
            return redirect(line.told.url)
    return redirect("timeline:index")


@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Everything is read, up to the newest that the page showed."""
    person = viewer_of(request).person
    event = Event.objects.filter(uuid=uuid_of(request.POST.get("jusqu", ""))).first()
    if event is not None and news_about(person, reach_in(request), event) is not None:
        read.read_all(by=person, until=event)
    return redirect("timeline:index")


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell anew, with a mark: 304 where its number is the same."""
    rung = ring(request)
    mark = f'"{hashlib.sha256(f"{rung.count} {viewer_of(request).person.uuid}".encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == mark:
        answer = HttpResponse(status=304)
    else:
        answer = render(request, "ui/bell.html", {"bell": rung})
    answer["ETag"] = mark
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _views(apps: dict[str, str], chosen: str) -> list[dict[str, object]]:
    """« Tout », then each application that has news, as views of the page."""
    page = reverse("timeline:index")
    views: list[dict[str, object]] = [{"label": "Tout", "url": page, "current": not chosen}]
    return views + [
        {"label": label, "url": f"{page}?app={app}", "current": app == chosen} for app, label in apps.items()
    ]
