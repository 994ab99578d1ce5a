"""A file's page, and its bytes: what it shows, its versions, what is said of it; a folder as a zip."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.errors import DomainError
from core.storage.types import shown_inline
from core.storage.zips import zip_response
from documents import querysets, spaces
from documents.audiences import readers_of
from documents.enums import FOLDER
from documents.errors import NoSuchDocument, VersionShown
from documents.forms import CommentForm
from documents.looks import preview_of
from documents.models import Comment, File
from documents.services import comments, downloads, files
from documents.views import place as places
from documents.views.lists import Line, lines
from documents.views.requests import is_pupil, person_of, said, seen
from documents.views.sending import sent, sent_small
from sharing.errors import NotTheOwner
from sharing.reaching import reach_in
from sharing.rules import Act, may, owns
from sharing.services.resources import owner_of
from ui.french import moment_year, size, unbroken


@require_safe
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a file shows and what is known of it."""
    return _page(request, _file(request, uuid), CommentForm(pupil=is_pupil(request)))


@require_safe
def content(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The bytes, to be shown in the page."""
    return sent(request, _opened(request, uuid), inline=True)


@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The bytes, to be kept."""
    return sent(request, _opened(request, uuid))


@require_safe
def version(request: HttpRequest, uuid: UUID, number: int) -> HttpResponseBase:
    """The bytes of one version, to be kept."""
    return sent(request, _opened(request, uuid, version=number))


def _opened(request: HttpRequest, uuid: UUID, *, version: int | None = None) -> downloads.Content:
    """To whom it is shared, or an application opens its door; a 404 to the others."""
    try:
        return downloads.download(person_of(request), uuid, version=version, reach=reach_in(request))
    except NoSuchDocument as error:
        raise Http404 from error


@require_safe
def thumbnail(request: HttpRequest, uuid: UUID, size: int) -> HttpResponseBase:
    """A small picture of the file."""
    return sent_small(request, _opened(request, uuid), size)


def _file(request: HttpRequest, uuid: UUID) -> File:
    """A file that the person sees: its `resource` bears `my_role`. A 404 else."""
    resource = get_object_or_404(seen(request), uuid=uuid, file__isnull=False)
    found = File.objects.select_related("blob").get(pk=resource.pk)
    found.resource = resource
    return found


def _page(request: HttpRequest, found: File, form: CommentForm, status: int = 200) -> HttpResponse:
    (line,) = lines(request, [found.resource])
    place = places.around(request, found.resource)
    context = {
        "line": line,
        "trail": place,
        "place_words": place[-1][0],
        "preview": preview_of(found.media_type, inline=shown_inline(found.media_type)),
        "content_url": reverse("documents:content", args=[line.uuid]),
        "width": found.blob.width,
        "height": found.blob.height,
        "owner_name": _owner(request, line),
        "audience": readers_of(found.resource) if line.may_share else [],
        "comments": _comments(request, found, line),
        "may_comment": may(line.role, Act.COMMENT) and found.resource.trashed_at is None,
        "form": form,
        "versions": _versions(found) if may(line.role, Act.REREAD) else [],
        "usages": _usages(found),
    }
    return render(request, "documents/file.html", context, status=status)


def _owner(request: HttpRequest, line: Line) -> str:
    resource = line.resource
    if resource.owner_id == person_of(request).pk:
        return "Moi" if is_pupil(request) else "Vous"
    if resource.owner is not None:
        return resource.owner.full_name
    return resource.owner_school.name if resource.owner_school else ""


def _comments(request: HttpRequest, found: File, line: Line) -> list[dict[str, Any]]:
    told = Comment.objects.filter(resource=found.resource).select_related("author")
    return [
        {
            "uuid": comment.uuid,
            "author": comment.author,
            "text": comment.text,
            "said": moment_year(comment.at),
            "may_delete": comments.may_delete(person_of(request), comment, line.role),
        }
        for comment in told
    ]


def _versions(found: File) -> list[dict[str, Any]]:
    versions = list(found.versions.all())
    names = User.everyone.filter(uuid__in={each.by for each in versions if each.by}).names()
    return [
        {
            "number": each.number,
            "current": each.number == found.current,
            "at": each.at,
            "size": each.size,
            "by": names.get(each.by, "") if each.by else "",
            "url": reverse("documents:version", args=[found.resource.uuid, each.number]),
        }
        for each in versions
    ]


def _usages(found: File) -> list[dict[str, str]]:
    told = []
    for use in querysets.uses_of([found.resource]):
        app = spaces.user_of(use.space)
        label = f"{app.label} : {use.label}" if app else use.label
        told.append({"label": unbroken(label), "url": app.url(use.subject) if app else ""})
    return told


@require_POST
def comment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Says something of a file; 422 with the page where it cannot be said."""
    found = _file(request, uuid)
    form = CommentForm(request.POST, pupil=is_pupil(request))
    if form.is_valid():
        try:
            made = comments.comment(
                by=person_of(request), resource=found.resource, text=form.cleaned_data["text"]
            )
        except DomainError as error:
            form.add_error("text", said(request, error))
        else:
            return redirect(f"{reverse('documents:file', args=[uuid])}#commentaire-{made.uuid}")
    return _page(request, found, form, status=422)


@require_POST
def delete_comment(request: HttpRequest, uuid: UUID, comment: UUID) -> HttpResponse:
    """Takes a comment away: its author, or who manages the file."""
    found = get_object_or_404(Comment, resource=_file(request, uuid).resource, uuid=comment)
    try:
        comments.delete_comment(by=person_of(request), comment=found)
    except DomainError as error:
        messages.error(request, said(request, error))
    else:
        messages.success(request, "Commentaire retiré.")
    return redirect("documents:file", uuid=uuid)


@require_POST
def show_version(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Shows a former version again."""
    try:
        files.restore_version(by=person_of(request), resource=_file(request, uuid).resource, number=number)
    except DomainError as error:
        messages.error(request, said(request, error))
    else:
        messages.success(request, f"La version {number} est de nouveau celle que l’on voit.")
    return redirect("documents:file", uuid=uuid)


@require_POST
def erase_version(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Deletes a former version for good, by the file's owner: first the page that says what it frees; then,
    confirmed, the act."""
    found = _file(request, uuid)
    version = get_object_or_404(found.versions, number=number)
    page = redirect("documents:file", uuid=uuid)
    if not _may_erase(request, found) or number == found.current:
        error = VersionShown() if number == found.current else NotTheOwner()
        messages.error(request, said(request, error))
        return page
    if "sur" not in request.POST:
        context = {"resource": found.resource, "version": version, "frees": version.size}
        return render(request, "documents/erase_version.html", context)
    try:
        freed = files.erase_version(by=person_of(request), resource=found.resource, number=number)
    except DomainError as error:
        messages.error(request, said(request, error))
    else:
        messages.success(request, f"Version {number} supprimée\u00a0: {size(freed)} de place en plus.")
    return page


def _may_erase(request: HttpRequest, found: File) -> bool:
    return owns(reach_in(request), owner_of(found.resource))


@require_safe
def folder_zip(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A folder and what the person sees in it, as a zip made as it is sent."""
    folder = get_object_or_404(seen(request), kind=FOLDER, trashed_at=None, uuid=uuid)
    return zip_response(folder.title, querysets.zip_entries(person_of(request), [folder], reach_in(request)))
