"""What was authorised, sent: shown in the page, kept, or in small."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from core.storage.serve import serve, serve_thumbnail
from core.storage.thumbnails import SIZES, thumbnail_of
from documents.services.downloads import Content


def sent(request: HttpRequest, content: Content, *, inline: bool = False) -> HttpResponseBase:
    """The bytes, to be kept, or to be shown in the page."""
    return serve(request, blob=content.blob, name=content.name, inline=inline)


def sent_small(request: HttpRequest, content: Content, size: int) -> HttpResponseBase:
    """A small picture; a 404 where there is none, or not yet."""
    found = thumbnail_of(content.blob, size) if size in SIZES else None
    if found is None:
        raise Http404
    return serve_thumbnail(request, thumbnail=found)
