"""One's own folders, and one's signature."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from messaging.models import Signature
from messaging.querysets import folders_of
from messaging.services import boxes, writing
from messaging.views.requests import back_of, back_with, person_of
from ui import rich_text


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A new folder."""
    name = request.POST.get("nom", "").strip()
    if not name:
        messages.warning(request, "Donnez un nom au dossier.")
        return redirect(back_of(request))
    try:
        folder = boxes.make_folder(by=person_of(request), name=name)
    except DomainError as error:
        return back_with(request, error)
    messages.success(request, f"Dossier «\u00a0{folder.name}\u00a0» créé.")
    return redirect("messaging:folder", uuid=folder.uuid)


@require_POST
def rename(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another name for a folder."""
    folder = get_object_or_404(folders_of(person_of(request)), uuid=uuid)
    name = request.POST.get("nom", "").strip()
    if name:
        try:
            boxes.rename_folder(by=person_of(request), folder=folder, name=name)
        except DomainError as error:
            return back_with(request, error)
        messages.success(request, "Dossier renommé.")
    return redirect("messaging:folder", uuid=uuid)


@require_POST
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The folder alone: its messages are in their boxes again."""
    folder = get_object_or_404(folders_of(person_of(request)), uuid=uuid)
    boxes.delete_folder(by=person_of(request), folder=folder)
    messages.success(request, "Dossier supprimé. Ses messages sont revenus dans leur boite.")
    return redirect("messaging:index")


@require_http_methods(["GET", "HEAD", "POST"])
def signature(request: HttpRequest) -> HttpResponse:
    """What one's messages end with."""
    me = person_of(request)
    found = Signature.objects.filter(person=me).first()
    if request.method == "POST":
        text = request.POST.get("texte", "")
        body = text if request.POST.get("format") == "html" else rich_text.of_plain(text)
        try:
            writing.sign(by=me, body=body, on="active" in request.POST)
        except DomainError as error:
            return back_with(request, error)
        messages.success(request, "Votre signature est enregistrée.")
        return redirect("messaging:signature")
    context = {
        "body": found.body if found else "",
        "plain": rich_text.typed(found.body) if found else "",
        "on": found.on if found else True,
    }
    return render(request, "messaging/signature.html", context)
