"""A blog is opened, set, illustrated, copied."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import person_of
from blog import rules
from blog.forms import BlogForm
from blog.lines import BlogLine
from blog.picture import NAME
from blog.public_forms import Box, box_of
from blog.services import blogs, copies
from blog.views.requests import blog_of, managed, said
from core.errors import DomainError
from core.storage.serve import serve
from ui.french import counted, unbroken


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new blog; a 404 for whoever opens none."""
    if not rules.may_open_a_blog(person_of(request).profile):
        raise Http404
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its title, its circuit and the rest."""
    return _form(request, managed(request, uuid))


@require_safe
def illustration(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """404 where it has none."""
    blob = blog_of(request, uuid).blog.illustration
    if blob is None:
        raise Http404
    return serve(request, blob=blob, name=NAME, inline=True)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What would be copied; posted, copied. A 404 for whoever does not write there, or opens no blog."""
    me, line = person_of(request), blog_of(request, uuid)
    if not (line.writes and rules.may_open_a_blog(me.profile)):
        raise Http404
    problem = ""
    if request.method == "POST":
        drafts = request.POST.get("billets") != "publies"
        title = request.POST.get("titre", "")
        try:
            made = copies.copy_blog(by=me, blog=line.blog, title=title, as_drafts=drafts)
        except DomainError as error:
            problem = said(request, error)
        else:
            messages.success(request, unbroken("Blog copié : vous êtes seul à le voir pour l’instant."))
            return redirect("blog:blog", uuid=made.resource.uuid)
    found = copies.posts_to_copy(me, line.blog)
    context = {
        "line": line,
        "title": request.POST.get("titre") or copies.copy_title(line.title),
        "number": len(found),
        "posts": counted(len(found), "billet"),
        "problem": problem,
    }
    return render(request, "blog/copy.html", context, status=422 if problem else 200)


def _form(request: HttpRequest, line: BlogLine | None) -> HttpResponse:
    """Shows the form; posted, opens the blog, or keeps what is set."""
    given = request.POST if request.method == "POST" else None
    blog = line.blog if line else None
    form = BlogForm(given, request.FILES or None, blog=blog)
    box = box_of(request) if line is None else None
    problem = ""
    if given is not None and form.is_valid() and (box is None or box.is_valid()):
        try:
            with transaction.atomic():
                made = _keep(request, form, line, box)
        except DomainError as error:
            problem = said(request, error)
        else:
            if box is not None and box.on:
                messages.success(request, unbroken("Blog public créé : copiez son adresse, puis écrivez-y."))
                return redirect("blog:public_settings", uuid=made.resource.uuid)
            words = (
                "Réglages enregistrés."
                if line
                else "Blog créé. Choisissez avec qui le partager, puis écrivez-y."
            )
            messages.success(request, unbroken(words))
            return redirect("blog:blog", uuid=made.resource.uuid)
    context: dict[str, Any] = {"form": form, "line": line, "problem": problem, "public_box": box}
    return render(request, "blog/settings.html", context, status=422 if given is not None else 200)


def _keep(request: HttpRequest, form: BlogForm, line: BlogLine | None, box: Box | None) -> Any:
    me = person_of(request)
    if box is not None and box.on:
        return box.open(by=me, settings=form.settings(), picture=form.cleaned_data["illustration"])
    if line is None:
        made = blogs.open_blog(by=me, settings=form.settings())
    else:
        made = blogs.change_blog(by=me, blog=line.blog, settings=form.settings())
    file = form.cleaned_data["illustration"]
    if file is not None:
        blogs.illustrate(by=me, blog=made, file=file)
    elif request.POST.get("sans-illustration"):
        blogs.illustrate(by=me, blog=made, file=None)
    return made
