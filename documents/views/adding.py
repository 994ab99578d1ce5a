"""Adding: files sent whole by a form, a folder, a new version; and giving another name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from core.storage.services import receive
from documents.enums import FILE
from documents.forms import NewFolderForm, RenameForm
from documents.services import arrange, files, folders
from documents.views import place as places
from documents.views.requests import back_of, is_pupil, person_of, said, seen, told_refusals
from sharing.rules import Act, may
from ui.french import NBSP, agree, counted


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form that sends files whole, for browsers without a script; 422 where nothing could be added."""
    place = places.asked(request)
    if request.method != "POST":
        return render(request, "documents/add.html", {"place": place})
    sent = [*request.FILES.getlist("fichiers"), *request.FILES.getlist("photo")]
    if not sent:
        words = "Choisis d’abord un fichier." if is_pupil(request) else "Choisissez d’abord un fichier."
        return render(request, "documents/add.html", {"place": place, "problem": words}, status=422)
    added, refused = 0, []
    for each in sent:
        try:
            received = receive(file=each, name=each.name or "")
            files.add(by=person_of(request), blob=received.blob, name=received.name, folder=place.folder)
        except DomainError as error:
            refused.append(f"«{NBSP}{each.name}{NBSP}»{NBSP}: {said(request, error)}")
        else:
            added += 1
    if not added:
        return render(
            request, "documents/add.html", {"place": place, "problem": " ".join(refused)}, status=422
        )
    messages.success(request, f"{counted(added, 'fichier')} {agree(added, 'ajouté')}.")
    for words in refused:
        messages.error(request, words)
    return redirect(place.url)


@require_http_methods(["GET", "HEAD", "POST"])
def new_folder(request: HttpRequest) -> HttpResponse:
    """A folder, at one's root or in a folder that takes one."""
    place = places.asked(request)
    form = NewFolderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = folders.create_folder(
                by=person_of(request), title=form.cleaned_data["title"], parent=place.folder
            )
        except DomainError as error:
            form.add_error("title", said(request, error))
        else:
            messages.success(request, f"Dossier «{NBSP}{made.title}{NBSP}» créé.")
            return redirect(place.url)
    status = 422 if form.is_bound else 200
    return render(request, "documents/new_folder.html", {"place": place, "folder_form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another name, by who manages the thing; a file keeps its ending."""
    resource = get_object_or_404(seen(request).filter(trashed_at=None), uuid=uuid)
    if not may(resource.my_role, Act.RENAME):
        messages.error(request, "Seules les personnes qui gèrent ce document peuvent le renommer.")
        return redirect(back_of(request))
    form = RenameForm(request.POST or None, initial={"title": resource.title})
    if request.method == "POST" and form.is_valid():
        try:
            arrange.rename(by=person_of(request), resource=resource, title=form.cleaned_data["title"])
        except DomainError as error:
            form.add_error("title", said(request, error))
        else:
            return redirect(back_of(request))
    status = 422 if form.is_bound else 200
    context = {"resource": resource, "form": form, "back": back_of(request)}
    return render(request, "documents/rename.html", context, status=status)


@require_POST
def replace(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A new version of a file."""
    resource = get_object_or_404(seen(request), kind=FILE, trashed_at=None, uuid=uuid)
    sent = request.FILES.get("fichier")
    if sent is None:
        messages.warning(
            request,
            "Choisis d’abord un fichier." if is_pupil(request) else "Choisissez d’abord un fichier.",
        )
        return redirect("documents:file", uuid=uuid)
    try:
        received = receive(file=sent, name=sent.name or "")
        files.replace(by=person_of(request), resource=resource, blob=received.blob, name=received.name)
    except DomainError as error:
        told_refusals(request, [error])
    else:
        messages.success(request, "Nouvelle version ajoutée. Les anciennes sont gardées.")
    return redirect("documents:file", uuid=uuid)
