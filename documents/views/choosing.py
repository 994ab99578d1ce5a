"""What is done with things ticked in a list: stars, downloads, shares."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.storage.zips import zip_response
from documents import querysets
from documents.enums import FOLDER
from documents.services import stars
from documents.views.requests import back_of, chosen, nothing_chosen, person_of, seen
from sharing.reaching import reach_in
from sharing.views.several import panel_url


@require_POST
def star(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Marks a document, or takes the mark away."""
    resource = get_object_or_404(seen(request), uuid=uuid)
    stars.star(by=person_of(request), resource=resource, on=request.POST.get("favori") == "1")
    return redirect(back_of(request))


@require_POST
def download(request: HttpRequest) -> HttpResponseBase:
    """One file as it is; several things, or a folder, as one zip."""
    things = chosen(request)
    if not things:
        return nothing_chosen(request)
    if len(things) == 1:
        name = "documents:folder_zip" if things[0].kind == FOLDER else "documents:file_download"
        return redirect(name, uuid=things[0].uuid)
    return zip_response("Documents", querysets.zip_entries(person_of(request), things, reach_in(request)))


@require_POST
def share(request: HttpRequest) -> HttpResponse:
    """To the share panel of what was chosen, of one thing or of several together."""
    things = chosen(request)
    if not things:
        return nothing_chosen(request)
    return redirect(panel_url(things, back_of(request)))
