"""Where administrators look after a public blog: its address, its poster, offline and back, private again; and
where whoever publishes there is reminded of what it is for."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import person_of
from blog import public_papers, public_rules
from blog.lines import BlogLine, moment_words
from blog.models import PublicBlog
from blog.public_forms import PublicForm, box_of, proposed_for, shown
from blog.public_querysets import online_at, public_of
from blog.services import public, public_guard, publish
from blog.views.requests import act, blog_line, blog_of, instant_of, post_of, said
from core import clock
from core.errors import DomainError
from core.storage.serve import disposition
from sharing.reaching import reach_in
from sharing.rules import owns
from sharing.services.resources import owner_of


@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """The field of the address, as the title that is being typed proposes it; what was typed there stays."""
    box = box_of(request)
    if box is None:
        raise Http404
    box.typed = request.GET.get("school", "")
    typed, former = request.GET.get("address", "")[:200], request.GET.get("proposed", "")
    if "title" not in request.GET:
        return render(request, "blog/public/address.html", shown(typed, former))
    proposed = proposed_for(request.GET["title"][:200], box.school)
    kept = typed if typed and typed != former else proposed
    return render(request, "blog/public/address.html", shown(kept, proposed))


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A public blog: whether it is online, its address, its last day; a private one: what would make it public."""
    line, found = _looked_after(request, uuid)
    if found is None:
        return _private(request, line, PublicForm())
    form, problem = PublicForm(request.POST if request.method == "POST" else None, public=found), ""
    if request.method == "POST" and form.is_valid():
        try:
            found = public.change(by=person_of(request), blog=line.blog, choice=form.choice())
        except DomainError as error:
            problem = said(request, error)
        else:
            messages.success(request, "Réglages du blog public enregistrés.")
            return redirect("blog:public_settings", uuid=uuid)
    return _show(request, line, found, form, problem)


@require_POST
def open_(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A private blog becomes public, and the school's."""
    line, _ = _looked_after(request, uuid)
    form, problem = PublicForm(request.POST), ""
    box = box_of(request)
    if form.is_valid() and box is not None:
        try:
            public.make_public(by=person_of(request), blog=line.blog, school=box.school, choice=form.choice())
        except DomainError as error:
            problem = said(request, error)
        else:
            messages.success(request, "Ce blog est public. Copiez son adresse, ou imprimez l’affiche.")
            return redirect("blog:public_settings", uuid=uuid)
    return _private(request, line, form, problem)


@require_POST
def offline(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """At once: nobody reads it any more."""
    done = "Le blog est hors ligne\u00a0: ni la page, ni ses documents ne se lisent plus sans compte."
    return _act(request, uuid, public.put_offline, done)


@require_POST
def online(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read again, at the same address."""
    return _act(request, uuid, public.put_online, "Le blog est de nouveau en ligne, à la même adresse.")


@require_POST
def private(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Of those whom it is shared with, and nobody else's."""
    done = "Le blog est privé. Son adresse lui reste réservée."
    return _act(request, uuid, public.make_private, done)


@require_safe
def poster(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the poster says, to print or to keep."""
    line, found = _public(request, uuid)
    context = public_papers.poster_of(found) | {"line": line, "drawing": found.drawing}
    return render(request, "blog/public/poster.html", context)


@require_safe
def poster_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The poster, A4."""
    _, found = _public(request, uuid)
    headers = {"Content-Disposition": disposition(f"Affiche {found.address_id}.pdf", inline=False)}
    return HttpResponse(public_papers.draw_poster(found), content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Before a post comes out in a public blog, now or later (`quand`): what may stand there, and who reads.
    Posted, it comes out."""
    line = post_of(request, uuid)
    given = request.POST if request.method == "POST" else request.GET
    at = instant_of(given.get("quand", ""))
    if not line.may_publish or not public_guard.holds(line.post.blog):
        raise Http404
    if request.method == "POST":
        me = person_of(request)
        done = f"Billet programmé\u00a0: {moment_words(at)}." if at else "Billet publié."
        return act(
            request, lambda: publish.publish(by=me, post=line.post, at=at, reminded=True), done, line.url
        )
    found = public_of(line.post.blog)
    context = {
        "line": line,
        "blog": blog_line(line.post.blog, line.standing),
        "at": moment_words(at) if at else "",
        "when": given.get("quand", "") if at else "",
        "site": public_papers.typed_address(found) if found else "",
    }
    return render(request, "blog/public/remind.html", context)


def may_look_after(request: HttpRequest, line: BlogLine) -> bool:
    """Whether the person opens a public blog, or sets it: of a school that they administer, or their own to give."""
    reach = reach_in(request)
    return public_rules.may_open_public(reach.standpoint) and owns(reach, owner_of(line.blog.resource))


def _looked_after(request: HttpRequest, uuid: UUID) -> tuple[BlogLine, PublicBlog | None]:
    """A blog of a school that the person administers, or their own while they administer one; else a 404."""
    line = blog_of(request, uuid)
    if not may_look_after(request, line):
        raise Http404
    return line, public_of(line.blog)


def _public(request: HttpRequest, uuid: UUID) -> tuple[BlogLine, PublicBlog]:
    line, found = _looked_after(request, uuid)
    if found is None:
        raise Http404
    return line, found


def _act(request: HttpRequest, uuid: UUID, do: Callable[..., object], done: str) -> HttpResponse:
    line, _ = _looked_after(request, uuid)
    to = reverse("blog:public_settings", args=[uuid])
    return act(request, lambda: do(by=person_of(request), blog=line.blog), done, to)


def _show(
    request: HttpRequest, line: BlogLine, found: PublicBlog, form: PublicForm, problem: str
) -> HttpResponse:
    online_now = online_at(found.address_id) is not None
    typed = str(form.data.get("address", "")) if form.is_bound else found.address_id
    context: dict[str, Any] = {
        "line": line,
        "public": found,
        "online": online_now,
        "ended": found.closed_at is None and found.ends_on is not None and found.ends_on < clock.today(),
        "url": public_papers.address_of(found),
        "page": reverse("blog:public", args=[found.address_id]),
        "form": form,
        "problem": problem,
        **shown(typed, found.address_id),
    }
    status = 422 if form.is_bound else 200
    return render(request, "blog/public/settings.html", context, status=status)


def _private(request: HttpRequest, line: BlogLine, form: PublicForm, problem: str = "") -> HttpResponse:
    """What stands in the way, or what to choose."""
    box = box_of(request)
    proposed = ""
    owner = line.blog.resource.owner_school
    if box is not None:
        proposed = proposed_for(line.title, owner or box.school, line.blog)
    typed = str(form.data.get("address", "")) if form.is_bound else proposed
    context: dict[str, Any] = {
        "line": line,
        "hindrances": public_guard.hindrances(line.blog),
        "box": box,
        "of_school": owner,
        "form": form,
        "problem": problem,
        **shown(typed, proposed),
    }
    return render(request, "blog/public/open.html", context, status=422 if form.is_bound else 200)
