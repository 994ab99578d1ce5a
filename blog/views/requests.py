"""What every page of blogs reads of a request: who, which blog or post, what a rule said no with, where back to."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode

from accounts.requests import is_pupil, person_of
from blog import querysets
from blog.enums import State
from blog.lines import BlogLine, PostLine
from blog.models import Blog, Comment
from blog.querysets import TYPED, Filters
from blog.rules import Standing
from core.errors import DomainError
from core.text import uuid_of
from sharing.errors import told
from sharing.reaching import reach_in
from ui import back, parts
from ui.french import unbroken

STATES = {
    "brouillons": State.DRAFT,
    "a-relire": State.SUBMITTED,
    "renvoyes": State.RETURNED,
    "programmes": State.SCHEDULED,
}


def blogs(request: HttpRequest) -> querysets.Blogs:
    """The blogs that the person sees: the only gate."""
    return querysets.blogs_visible_to(person_of(request), reach_in(request))


def blog_of(request: HttpRequest, uuid: UUID) -> BlogLine:
    """A blog, and the person's role there; a 404 where it is not for them."""
    found: Any = blogs(request).filter(resource__uuid=uuid).first()
    if found is None:
        raise Http404
    return BlogLine(found, found.my_role)


def managed(request: HttpRequest, uuid: UUID) -> BlogLine:
    """A blog that the person manages; a 404 otherwise."""
    line = blog_of(request, uuid)
    if not line.manages:
        raise Http404
    return line


def post_of(request: HttpRequest, uuid: UUID, *, trashed: bool = False) -> PostLine:
    """A post that the person reads, bare; in the trash where that is asked, and nowhere else."""
    found = querysets.seen_post(person_of(request), uuid, reach_in(request))
    if found is None or (found[0].trashed_at is not None) != trashed:
        raise Http404
    return PostLine(*found)


def comment_of(request: HttpRequest, uuid: UUID) -> tuple[Comment, Standing]:
    """A comment that the person reads, and how they stand before its post."""
    found = querysets.seen_comment(person_of(request), uuid, reach_in(request))
    if found is None:
        raise Http404
    return found


def filters_of(request: HttpRequest) -> Filters:
    """What the address asks for; what it says wrong is not asked."""
    month = parse_datetime(f"{request.GET.get('mois', '')}-01T12:00")
    return Filters(
        words=request.GET.get("q", "").strip()[:TYPED],
        month=timezone.make_aware(month) if month else None,
        author=uuid_of(request.GET.get("auteur", "")),
        state=STATES.get(request.GET.get("etat", "")),
    )


def instant_of(text: str) -> datetime | None:
    """A local date and time typed; None where it is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def address(path: str, **asked: str) -> str:
    """A path with what is asked of it."""
    kept = {key: value for key, value in asked.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def said(request: HttpRequest, error: DomainError) -> str:
    """What a rule said no with, in this person's words."""
    return told(error, pupil=is_pupil(request))


def words(request: HttpRequest, *, pupil: str, adult: str) -> str:
    """The same thing, said to a child or to an adult."""
    return unbroken(pupil if is_pupil(request) else adult)


def act(request: HttpRequest, do: Callable[[], object], done: str, to: str) -> HttpResponse:
    """Does what was asked, says that it is done, or why it is not; goes to a page either way."""
    try:
        do()
    except DomainError as error:
        messages.error(request, said(request, error))
    else:
        if done:
            messages.success(request, done)
    return redirect(to)


def back_of(request: HttpRequest, default: str) -> str:
    """The page that the form asks to come back to, of this site alone; else that address."""
    return back.safe_path(request, request.POST.get("retour") or default)


def page_or_part(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """The page, or its part where htmx asks for it."""
    return parts.page_or_part(request, f"blog/{name}.html", context, status=status)


def blog_line(blog: Blog, standing: Standing) -> BlogLine:
    """The blog of a post, from how one stands before that."""
    return BlogLine(blog, standing.role)
