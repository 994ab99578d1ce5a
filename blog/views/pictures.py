"""Faces blurred by hand: a picture is covered in the page, and the covered one alone is sent."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import is_pupil, person_of
from blog.consent import not_pictured
from blog.enums import BLOG
from blog.services import blur as services
from blog.services.blur import picture_of
from blog.views.requests import blog_line, post_of
from core.errors import DomainError
from core.storage import places
from core.text import uuid_of
from directory.annuaire.viewer import viewer_of
from documents.errors import NoSuchDocument, NotAPicture
from documents.pieces import pieces_of
from sharing.errors import reword

NAME = "photo.jpg"


@require_http_methods(["GET", "HEAD", "POST"])
def blur(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Of a picture that the post bears (`fichier`), or of one that is chosen in the page."""
    line = post_of(request, uuid)
    if not line.may_edit:
        raise Http404
    piece = uuid_of(request.POST.get("fichier") or request.GET.get("fichier") or "")
    if request.method == "POST":
        return _take(request, uuid, piece)
    pictures = [each for each in pieces_of(BLOG, [uuid])[uuid] if each.preview == "image"]
    chosen = next((each for each in pictures if each.uuid == piece), None)
    if piece is not None and chosen is None:
        raise Http404
    context = {
        "line": line,
        "blog": blog_line(line.post.blog, line.standing),
        "chosen": chosen,
        "pictures": pictures,
        "source": reverse("blog:blur_source", args=[uuid, chosen.uuid]) if chosen else "",
        "hidden": not_pictured(viewer_of(request), line.post.blog),
    }
    return render(request, "blog/blur.html", context)


@require_safe
def source(request: HttpRequest, uuid: UUID, piece: UUID) -> HttpResponseBase:
    """The bytes of a picture of a post that one writes, from this site itself: what a page reads back of one that
    comes from elsewhere is refused to it."""
    line = post_of(request, uuid)
    if not line.may_edit:
        raise Http404
    try:
        blob = picture_of(line.post, piece).file.blob
    except NoSuchDocument as error:
        raise Http404 from error
    answer = StreamingHttpResponse(places.read(blob.path, 0, blob.size), content_type=blob.media_type)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _take(request: HttpRequest, uuid: UUID, piece: UUID | None) -> HttpResponse:
    me, line, file = person_of(request), post_of(request, uuid), request.FILES.get("image")
    scripted = request.headers.get("Accept", "").startswith("application/json")
    to = reverse("blog:edit", args=[uuid])
    try:
        if file is None:
            raise NotAPicture()
        if piece is not None:
            services.replace(by=me, post=line.post, piece=piece, file=file)
        else:
            services.add(by=me, post=line.post, file=file, name=str(file.name or NAME))
    except DomainError as error:
        reword(error, pupil=is_pupil(request))
        if scripted:
            return JsonResponse(error.as_problem(), status=error.status)
        messages.error(request, str(error))
        return redirect(to)
    done = "La photo floutée est dans le billet."
    messages.success(request, done)
    return JsonResponse({"url": to}, status=201) if scripted else redirect(to)
