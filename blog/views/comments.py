"""What is said of a post: said, said anew, published, sent back, taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import person_of
from blog.enums import Word
from blog.models import Comment
from blog.services import comments
from blog.views.posts import post_page
from blog.views.requests import act, back_of, blog_line, comment_of, post_of, said, words
from core.errors import DomainError


@require_POST
def say(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Refused, the page says why, and keeps what was typed."""
    me, line = person_of(request), post_of(request, uuid)
    text = request.POST.get("texte", "")
    try:
        made = comments.say(by=me, post=line.post, text=text)
    except DomainError as error:
        return post_page(request, line, typed=text, problem=said(request, error))
    messages.success(request, _done(request, made))
    return redirect(_place(made))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One's own, in other words."""
    me = person_of(request)
    found, standing = comment_of(request, uuid)
    if found.author_id != me.pk:
        return redirect(_place(found))
    problem, text = "", found.text
    if request.method == "POST":
        text = request.POST.get("texte", "")
        try:
            made = comments.say_anew(by=me, comment=found, text=text)
        except DomainError as error:
            problem = said(request, error)
        else:
            messages.success(request, _done(request, made))
            return redirect(_place(made))
    context = {
        "comment": found,
        "post": found.post,
        "blog": blog_line(found.post.blog, standing),
        "text": text,
        "problem": problem,
    }
    return render(request, "blog/comment.html", context, status=422 if problem else 200)


@require_POST
def let_out(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Published."""
    found, me = comment_of(request, uuid)[0], person_of(request)
    to = back_of(request, _place(found))
    return act(request, lambda: comments.let_out(by=me, comment=found), "Commentaire publié.", to)


@require_POST
def send_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To its author, with a word."""
    found, me = comment_of(request, uuid)[0], person_of(request)
    to, word = back_of(request, _place(found)), request.POST.get("mot", "")
    done = "Commentaire renvoyé à son auteur, avec votre mot."
    return act(request, lambda: comments.send_back(by=me, comment=found, word=word), done, to)


@require_POST
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Taken away."""
    found, me = comment_of(request, uuid)[0], person_of(request)
    to = back_of(request, reverse("blog:post", args=[found.post.uuid]))
    return act(request, lambda: comments.delete(by=me, comment=found), "Commentaire supprimé.", to)


def _done(request: HttpRequest, comment: Comment) -> str:
    if comment.state == Word.PUBLISHED:
        return words(request, pupil="Ton commentaire est publié.", adult="Commentaire publié.")
    return words(
        request,
        pupil="Ton commentaire sera relu, puis publié.",
        adult="Votre commentaire sera relu avant de paraitre.",
    )


def _place(comment: Comment) -> str:
    return f"{reverse('blog:post', args=[comment.post.uuid])}#commentaire-{comment.uuid}"
