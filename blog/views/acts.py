"""What one does with a post, a button each; and its trash."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import person_of
from blog.lines import post_lines
from blog.querysets import trashed_of
from blog.services import posts, public_guard, publish, trash
from blog.views.requests import act, back_of, blog_line, blog_of, post_of, words

MOST = 100


@require_POST
def publish_now(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What waits, or is a draft, comes out."""
    line, me = post_of(request, uuid), person_of(request)
    if line.may_publish and public_guard.holds(line.post.blog):
        return redirect("blog:public_remind", uuid=uuid)
    done = words(request, pupil="Ton billet est publié !", adult="Billet publié.")
    return act(request, lambda: publish.publish(by=me, post=line.post), done, back_of(request, line.url))


@require_POST
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft waits to be read."""
    line, me = post_of(request, uuid), person_of(request)
    done = words(
        request,
        pupil="C’est envoyé : ton billet sera relu, puis publié.",
        adult="Billet envoyé : il sera relu avant de paraitre.",
    )
    return act(request, lambda: posts.submit(by=me, post=line.post), done, line.url)


@require_POST
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A draft again, on its page."""
    line, me = post_of(request, uuid), person_of(request)
    done = words(
        request,
        pupil="Ton billet est de nouveau un brouillon.",
        adult="Ce billet est de nouveau un brouillon : personne d’autre ne le lit.",
    )
    to = reverse("blog:edit", args=[uuid])
    return act(request, lambda: posts.take_back(by=me, post=line.post), done, to)


@require_POST
def send_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To its author, with a word."""
    line, me = post_of(request, uuid), person_of(request)
    word = request.POST.get("mot", "")
    done = words(request, pupil="", adult="Billet renvoyé à son auteur, avec votre mot.")
    to = back_of(request, line.url)
    return act(request, lambda: publish.send_back(by=me, post=line.post, word=word), done, to)


@require_POST
def pin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """On top of its blog (`epingle`), or no more."""
    line, me = post_of(request, uuid), person_of(request)
    on = request.POST.get("epingle") == "1"
    done = "Billet épinglé en haut du blog." if on else "Billet remis à sa date."
    return act(request, lambda: publish.pin(by=me, post=line.post, on=on), done, line.url)


@require_POST
def throw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To the trash of its blog."""
    line, me = post_of(request, uuid), person_of(request)
    done = words(
        request,
        pupil="Ton billet est à la corbeille. Tu peux le reprendre.",
        adult="Billet mis à la corbeille du blog : vous pouvez l’en reprendre.",
    )
    to = blog_line(line.post.blog, line.standing).url
    return act(request, lambda: trash.trash(by=me, post=line.post), done, to)


@require_safe
def bin(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What one threw away there."""
    me, line = person_of(request), blog_of(request, uuid)
    found = trashed_of(line.blog, me, line.role).order_by("-trashed_at", "-pk")[:MOST]
    context = {"line": line, "posts": post_lines(list(found), me, line.role)}
    return render(request, "blog/bin.html", context)


@require_POST
def restore(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where it stood."""
    line, me = post_of(request, uuid, trashed=True), person_of(request)
    done = words(request, pupil="Ton billet est revenu.", adult="Billet repris de la corbeille.")
    return act(request, lambda: trash.restore(by=me, post=line.post), done, line.url)


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """For good; asked first."""
    line, me = post_of(request, uuid, trashed=True), person_of(request)
    if request.method != "POST":
        return render(
            request, "blog/erase.html", {"line": line, "blog": blog_line(line.post.blog, line.standing)}
        )
    to = reverse("blog:bin", args=[line.post.blog.resource.uuid])
    return act(request, lambda: trash.erase(by=me, post=line.post), "Billet supprimé définitivement.", to)
