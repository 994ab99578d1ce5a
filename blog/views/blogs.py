"""The blogs that one sees, one of them with its posts, and what waits there to be read first."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person_of
from blog import rules
from blog.enums import State
from blog.lines import BlogLine, comment_lines, month_words, post_lines
from blog.models import Blog
from blog.querysets import (
    Filters,
    authors_of,
    blogs_visible_to,
    comments_waiting,
    counts_of_states,
    in_order,
    is_shared,
    months_of,
    narrowed,
    posts_of,
    published_in,
    told_by,
)
from blog.views.public_acts import may_look_after
from blog.views.requests import STATES, address, blog_of, filters_of, managed, page_or_part
from sharing.enums import Role
from sharing.reaching import reach_in
from ui import people
from ui.french import counted

BLOGS, POSTS, LATEST = 24, 10, 5
WAITING = 50
LABELS = {
    "brouillons": ("Mes brouillons", "Mes brouillons"),
    "a-relire": ("À relire", "En attente"),
    "renvoyes": ("Renvoyés", "À revoir"),
    "programmes": ("Programmés", "Programmés"),
}


@require_safe
@vary_on_headers("HX-Request")
def index(request: HttpRequest) -> HttpResponse:
    """The blogs of whoever asks, the last written first, and the last posts of all of them."""
    me = person_of(request)
    typed = request.GET.get("q", "").strip()[:80]
    seen = blogs_visible_to(me, reach_in(request).at_hand)
    found = told_by(seen)
    if typed:
        found = found.filter(Q(resource__title__icontains=typed) | Q(description__icontains=typed))
    order = F("last_post_at").desc(nulls_last=True)
    page = Paginator(found.order_by(order, "-resource__created_at", "-pk"), BLOGS).get_page(
        request.GET.get("page")
    )
    lines = [BlogLine(blog, blog.my_role) for blog in page.object_list]  # type: ignore[attr-defined]
    latest = list(published_in(seen)[:LATEST]) if page.number == 1 and not typed and len(lines) > 1 else []
    context = {
        "lines": lines,
        "page": page,
        "typed": typed,
        "latest": post_lines(latest, me, Role.READ) if latest else [],
        "may_open": rules.may_open_a_blog(me.profile),
    }
    return page_or_part(request, "index", context)


@require_safe
@vary_on_headers("HX-Request")
def blog(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A blog: what is out, or, for who writes there, what is in a state; narrowed to a month, an author, words."""
    me, line, filters = person_of(request), blog_of(request, uuid), filters_of(request)
    readable = posts_of(line.blog, me, line.role)
    asked = readable if filters.state else readable.filter(state=State.PUBLISHED)
    page = Paginator(in_order(narrowed(asked, filters)), POSTS).get_page(request.GET.get("page"))
    counts = counts_of_states(line.blog, me, line.role) if line.writes else {}
    context: dict[str, Any] = {
        "line": line,
        "posts": post_lines(list(page.object_list), me, line.role),
        "page": page,
        "filters": filters,
        "narrowed": bool(filters.words or filters.month or filters.author),
        "tabs": _tabs(request, line, filters, counts),
        "months": (months := _months(line, filters)),
        "month_on": next((each["label"] for each in months if each["current"]), ""),
        "authors": (authors := _authors(request, line, filters)),
        "author_on": next((each["name"] for each in authors if each["current"]), ""),
        "waiting": _waiting_words(line) if line.manages else "",
        "alone": line.manages and not is_shared(line.blog),
        "looks_after": may_look_after(request, line),
    }
    return page_or_part(request, "blog", context)


@require_safe
def waiting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What waits for whoever manages a blog: posts, then comments, the oldest first."""
    me, line = person_of(request), managed(request, uuid)
    posts = posts_of(line.blog, me, line.role).filter(state=State.SUBMITTED).order_by("changed_at", "pk")
    said = list(comments_waiting(line.blog)[:WAITING])
    context = {
        "line": line,
        "posts": post_lines(list(posts[:WAITING]), me, line.role),
        "comments": comment_lines(said, me, line.role),
    }
    return render(request, "blog/waiting.html", context)


def _tabs(
    request: HttpRequest, line: BlogLine, filters: Filters, counts: dict[str, int]
) -> list[dict[str, Any]]:
    """What is out, then each state of which there is something; none where all is out."""
    others = [(key, state) for key, state in STATES.items() if counts.get(state) or filters.state == state]
    if not others:
        return []
    first = {"label": "Publiés", "url": line.url, "current": filters.state is None}
    return [
        first,
        *(
            {
                "label": f"{LABELS[key][0 if line.manages else 1]} ({counts.get(state, 0)})",
                "url": address(line.url, etat=key),
                "current": filters.state == state,
            }
            for key, state in others
        ),
    ]


def _months(line: BlogLine, filters: Filters) -> list[dict[str, Any]]:
    """Months in which posts came out, each its own link; the one that is open leads back to all."""
    return [
        {
            "label": month_words(month),
            "number": number,
            "current": (open_ := _is(filters, month)),
            "url": line.url if open_ else address(line.url, mois=f"{month:%Y-%m}"),
        }
        for month, number in months_of(line.blog)
    ]


def _is(filters: Filters, month: Any) -> bool:
    asked = filters.month
    return asked is not None and (asked.year, asked.month) == (month.year, month.month)


def _authors(request: HttpRequest, line: BlogLine, filters: Filters) -> list[dict[str, Any]]:
    """Who wrote there; nobody to choose where one alone did."""
    found = authors_of(line.blog, person_of(request), line.role)
    if len(found) < 2 and filters.author is None:
        return []
    return [
        {
            "name": people.full_name(each),
            "url": line.url if each.uuid == filters.author else address(line.url, auteur=str(each.uuid)),
            "current": each.uuid == filters.author,
        }
        for each in found
    ]


def _waiting_words(line: BlogLine) -> str:
    """« 2 billets et 1 commentaire », '' for nothing. A query."""
    told: Any = told_by(Blog.objects.filter(pk=line.blog.pk)).get()
    posts, number = told.posts_waiting, told.waiting
    found = [
        counted(count, word) for count, word in ((posts, "billet"), (number - posts, "commentaire")) if count
    ]
    return " et ".join(found)
