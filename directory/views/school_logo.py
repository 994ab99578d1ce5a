"""A school's logo, for whoever sees the school."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.storage.serve import serve
from directory.annuaire.viewer import viewer_of
from schools.logo import NAME
from schools.querysets import settings_of


@require_safe
def logo(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """404 where the school has none."""
    school = get_object_or_404(viewer_of(request).schools, uuid=uuid)
    blob = settings_of(school).logo
    if blob is None:
        raise Http404
    return serve(request, blob=blob, name=NAME, inline=True)
