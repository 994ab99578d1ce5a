"""The help centre: articles by application, guides by season, a search; and, for whoever cannot sign in, one page."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from support.help.articles import TROUBLE
from support.help.reader import readable, reader_of
from support.help.search import TYPED, about, body_of, by_topic, find, seasonal
from support.rules import may_ask
from support.topics import topic_of
from ui import parts


@require_safe
@vary_on_headers("HX-Request")
def index(request: HttpRequest) -> HttpResponse:
    """All that one may read; what is looked for (`q`); what a page is about (`sujet`)."""
    reader = reader_of(request)
    typed, topic = request.GET.get("q", "").strip()[:TYPED], request.GET.get("sujet", "")
    mine = about(reader, topic) if topic and not typed else []
    context = {
        "tab": "help",
        "helper": reader.administers,
        "asks": may_ask(reader.profile),
        "typed": typed,
        "found": find(reader, typed) if typed else None,
        "topic": topic_of(topic) if mine else None,
        "about": mine,
        "guides": seasonal(reader),
        "shelves": by_topic(reader, but=topic if mine else ""),
    }
    return parts.page_or_part(request, "support/help.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One article; a 404 for whoever it is not for."""
    reader = reader_of(request)
    found = next((each for each in readable(reader) if each.slug == slug), None)
    if found is None:
        raise Http404
    others = [each for each in about(reader, found.topic) if each != found][:5] if found.topic else []
    context = {
        "tab": "help",
        "helper": reader.administers,
        "asks": may_ask(reader.profile),
        "article": found,
        "topic": topic_of(found.topic) if found.topic else None,
        "body": body_of(found.slug),
        "others": others,
    }
    return render(request, "support/article.html", context)


@login_not_required
@require_safe
def trouble(request: HttpRequest) -> HttpResponse:
    """Trouble with signing in, for whoever is not signed in."""
    return render(request, "support/trouble.html", {"body": body_of(TROUBLE.slug), "article": TROUBLE})
