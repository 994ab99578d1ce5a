"""A public blog, for whoever passes by: no account, no cookie, one answer for all."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from blog import public_pages
from blog.public_querysets import Online, document_out, online_at
from blog.public_rules import address_of
from core.storage.errors import StorageGone
from core.storage.serve import serve

HTML, FEED, PICTURE = "text/html; charset=utf-8", "application/atom+xml; charset=utf-8", "image/png"


class _Elsewhere(Exception):
    """The blog has another address now."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@login_not_required
@require_safe
def page(request: HttpRequest, address: str, number: int = 1) -> HttpResponse:
    """Its posts, so many a page."""
    name, args = ("blog:public", []) if number == 1 else ("blog:public_page", [number])
    try:
        online = _online(address)
    except _Elsewhere as moved:
        return _moved(reverse(name, args=[moved.address, *args]))
    return _answer(request, online, lambda: public_pages.page(online, number), HTML)


@login_not_required
@require_safe
def feed(request: HttpRequest, address: str) -> HttpResponse:
    """Atom."""
    try:
        online = _online(address)
    except _Elsewhere as moved:
        return _moved(reverse("blog:public_atom", args=[moved.address]))
    return _answer(request, online, lambda: public_pages.feed(online), FEED)


@login_not_required
@require_safe
def card(request: HttpRequest, address: str) -> HttpResponse:
    """The picture by which a link is told elsewhere."""
    try:
        online = _online(address)
    except _Elsewhere as moved:
        return _moved(reverse("blog:public_card", args=[moved.address]))
    return _answer(request, online, lambda: public_pages.card(online), PICTURE)


@login_not_required
@require_safe
def document(request: HttpRequest, address: str, uuid: UUID) -> HttpResponseBase:
    """A PDF of a post that is out, asked anew each time: taken back, it is gone at once."""
    try:
        online = _online(address)
    except _Elsewhere as moved:
        return _moved(reverse("blog:public_document", args=[moved.address, uuid]))
    found = document_out(online.blog_id, uuid)
    if found is None:
        raise Http404
    try:
        answer = serve(request, blob=found.blob, name=_file_name(found.name), inline=True)
    except StorageGone as error:
        raise Http404 from error
    answer["X-Robots-Tag"] = _robots(online)
    return answer


def _online(address: str) -> Online:
    """What is online at an address, as it was typed from a poster too. Raises Http404; _Elsewhere."""
    online = online_at(address) or online_at(address_of(address))
    if online is None:
        raise Http404
    if online.address_id != address:
        raise _Elsewhere(online.address_id)
    return online


def _moved(path: str) -> HttpResponse:
    answer = HttpResponsePermanentRedirect(path)
    patch_cache_control(answer, public=True, max_age=0, must_revalidate=True)
    return answer


def _answer(request: HttpRequest, online: Online, made: public_pages.Maker, media_type: str) -> HttpResponse:
    """What was made, or the word that whoever asks has it already. Any cache may keep it, and asks each time
    whether it still stands."""
    etag = f'"{public_pages.etag(online)}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in known or f"W/{etag}" in known:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        body = made()
        if body is None:
            raise Http404
        answer = HttpResponse(body, content_type=media_type)
    answer["ETag"] = etag
    answer["X-Robots-Tag"] = _robots(online)
    patch_cache_control(answer, public=True, max_age=0, must_revalidate=True)
    return answer


def _file_name(name: str) -> str:
    return f"{name}.pdf"


def _robots(online: Online) -> str:
    return "all" if online.indexed else "noindex"
