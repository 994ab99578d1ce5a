"""A post: read, begun, written."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import person_of
from blog.consent import Hidden, not_pictured
from blog.enums import BLOG
from blog.lines import BlogLine, PostLine, comment_lines, moment_words
from blog.public_errors import ReminderFirst
from blog.querysets import comments_of, neighbours_of
from blog.rules import WRITTEN
from blog.services import posts, publish
from blog.views.requests import address, blog_line, blog_of, instant_of, post_of, said, words
from core.errors import DomainError
from directory.annuaire.viewer import viewer_of
from documents.pieces import pieces_of
from ui import rich_text
from ui.parts import wants_part


@require_safe
def post(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One post, what is said of it, and what one may do with it."""
    return post_page(request, post_of(request, uuid))


def post_page(request: HttpRequest, line: PostLine, *, typed: str = "", problem: str = "") -> HttpResponse:
    """The page of a post; with a comment that was typed and refused, why."""
    me, role = person_of(request), line.standing.role
    line.pieces = pieces_of(BLOG, [line.uuid])[line.uuid]
    earlier, later = neighbours_of(line.post) if line.out else (None, None)
    context = {
        "line": line,
        "blog": blog_line(line.post.blog, line.standing),
        "comments": comment_lines(list(comments_of(line.post, me, role)), me, role),
        "earlier": earlier,
        "later": later,
        "typed": typed,
        "problem": problem,
    }
    return render(request, "blog/post.html", context, status=422 if problem else 200)


@require_POST
def begin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft, empty, on its page."""
    line = blog_of(request, uuid)
    try:
        made = posts.begin(by=person_of(request), blog=line.blog)
    except DomainError as error:
        messages.error(request, said(request, error))
        return redirect(line.url)
    return redirect("blog:edit", uuid=made.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one writes; posted, kept, then published, scheduled or submitted (`act`). Asked by htmx while one
    writes, it is kept, and the answer says when."""
    line = post_of(request, uuid)
    if not line.may_edit:
        if request.method == "POST":
            messages.error(request, said(request, posts.NotInThisState()))
        return redirect("blog:post", uuid=uuid)
    line.pieces = pieces_of(BLOG, [uuid])[uuid]
    if request.method != "POST":
        return _show(request, line)
    title, html = request.POST.get("titre", ""), _html(request)
    problem = ""
    try:
        line.post = posts.save(
            by=person_of(request), post=line.post, title=title, body=html, seen=_seen(request, line)
        )
        if not wants_part(request):
            answer = _go_on(request, line)
            if answer is not None:
                return answer
    except ReminderFirst:
        later = request.POST.get("quand", "") if request.POST.get("act") == "schedule" else ""
        return redirect(address(reverse("blog:public_remind", args=[uuid]), quand=later))
    except DomainError as error:
        problem = said(request, error)
    if wants_part(request):
        return render(request, "blog/edit.html#saved", {"post": line.post, "problem": problem})
    return _show(request, line, title=title, html=html, problem=problem)


def _go_on(request: HttpRequest, line: PostLine) -> HttpResponse | None:
    """What follows once it is kept, as the button pressed asks."""
    me, act = person_of(request), request.POST.get("act", "save")
    done = words(request, pupil="C’est gardé.", adult="Billet enregistré.")
    if act == "publish":
        publish.publish(by=me, post=line.post)
        done = words(request, pupil="Ton billet est publié !", adult="Billet publié.")
    elif act == "schedule":
        at = instant_of(request.POST.get("quand", ""))
        if at is None:
            raise publish.WrongMoment()
        publish.publish(by=me, post=line.post, at=at)
        done = words(
            request, pupil="Ton billet paraitra plus tard.", adult=f"Billet programmé : {moment_words(at)}."
        )
    elif act == "submit":
        posts.submit(by=me, post=line.post)
        done = words(
            request,
            pupil="C’est envoyé : ton billet sera relu, puis publié.",
            adult="Billet envoyé : il sera relu avant de paraitre.",
        )
    elif act == "blur":
        return redirect("blog:blur", uuid=line.uuid)
    elif act != "save":
        raise Http404
    messages.success(request, done)
    if act == "save" and line.post.state in WRITTEN:
        return redirect("blog:edit", uuid=line.uuid)
    return redirect("blog:post", uuid=line.uuid)


def _show(
    request: HttpRequest,
    line: PostLine,
    *,
    title: str | None = None,
    html: str | None = None,
    problem: str = "",
) -> HttpResponse:
    blog: BlogLine = blog_line(line.post.blog, line.standing)
    value = rich_text.clean(line.post.body if html is None else html)
    hidden: list[Hidden] = not_pictured(viewer_of(request), line.post.blog)
    context: dict[str, Any] = {
        "line": line,
        "post": line.post,
        "blog": blog,
        "title": line.post.title if title is None else title,
        "value": value,
        "plain": rich_text.typed(value),
        "pieces": line.pieces,
        "pictures": [each for each in line.pieces if each.preview == "image"],
        "pictures_url": reverse("pieces:picture", args=[BLOG, line.uuid]),
        "hidden": hidden,
        "team": viewer_of(request).in_team,
        "number": sum(len(each.pupils) for each in hidden),
        "draft": line.post.state in WRITTEN,
        "problem": problem,
    }
    return render(request, "blog/edit.html", context, status=422 if problem else 200)


def _html(request: HttpRequest) -> str:
    text = request.POST.get("texte", "")
    return text if request.POST.get("format") == "html" else rich_text.of_plain(text)


def _seen(request: HttpRequest, line: PostLine) -> Any:
    """When the post was last changed, as the page knew; nothing where it does not say. What one alone writes is kept
    as one types: a press may cross what is being kept, and is no other’s change."""
    if line.post.state in WRITTEN:
        return None
    try:
        return parse_datetime(request.POST.get("vu", ""))
    except ValueError:
        return None
