"""Files joined to a thing of an application while one writes it: sent by pieces or whole, taken from one's
documents, told, taken off. The application says who may (`documents.spaces`)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from core.storage.models import Upload
from core.storage.services import receive
from core.storage.tus import TusCreation, TusUpload
from core.storage.uploads import UploadMetadata
from core.text import uuid_of, uuids_of
from documents import spaces
from documents.attachable import MOST, files_seen, shelf_asked
from documents.errors import NoSuchDocument, NotAPicture
from documents.pieces import pieces_of
from documents.querysets import PIECES
from documents.services import downloads, keeping
from documents.spaces import SpaceUser
from documents.views.requests import is_pupil, person_of, said
from documents.views.sending import sent, sent_small
from sharing.errors import reword
from sharing.reaching import reach_in
from ui.french import agree, counted
from ui.parts import wants_part


@require_safe
def content(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The bytes, to be shown in the page."""
    return sent(request, _opened(request, uuid), inline=True)


@require_safe
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The bytes, to be kept."""
    return sent(request, _opened(request, uuid))


@require_safe
def thumbnail(request: HttpRequest, uuid: UUID, size: int) -> HttpResponseBase:
    """A small picture of it."""
    return sent_small(request, _opened(request, uuid), size)


@require_http_methods(["GET", "HEAD", "POST"])
def pieces(request: HttpRequest, space: str, subject: UUID) -> HttpResponse:
    """The files of a thing that one writes, as they come; posted without a script, they are joined whole, and
    what is said of them is kept."""
    app, _ = _written(request, space, subject)
    if request.method == "POST":
        _take_all(request, space, subject)
        return redirect(_edit_url(app, subject))
    context = {"space": space, "subject": subject, "pieces": pieces_of(space, [subject])[subject]}
    if not wants_part(request):
        return redirect(_edit_url(app, subject))
    return render(request, "documents/pieces_edit.html#joined", context)


@require_POST
def remove(request: HttpRequest, space: str, subject: UUID, file: UUID) -> HttpResponse:
    """Joined no more."""
    app, _ = _written(request, space, subject)
    try:
        keeping.detach(by=person_of(request), space=space, subject=subject, file=file)
    except NoSuchDocument as error:
        raise Http404 from error
    except DomainError as error:
        messages.error(request, said(request, error))
    if wants_part(request):
        context = {"space": space, "subject": subject, "pieces": pieces_of(space, [subject])[subject]}
        return render(request, "documents/pieces_edit.html#joined", context)
    return redirect(_edit_url(app, subject))


@require_POST
def caption(request: HttpRequest, space: str, subject: UUID, file: UUID) -> HttpResponse:
    """What is said of one, kept as it is typed."""
    _written(request, space, subject)
    text = request.POST.get(f"legende-{file}", "")
    try:
        keeping.caption(by=person_of(request), space=space, subject=subject, file=file, text=text)
    except DomainError as error:
        raise Http404 from error
    return HttpResponse(status=204)


@require_POST
def picture(request: HttpRequest, space: str, subject: UUID) -> JsonResponse:
    """A picture for the text, joined at once: its address, or why it was refused."""
    me, file = person_of(request), request.FILES.get("image")
    try:
        keeping.require_joinable(by=me, space=space, subject=subject, size=(file and file.size) or 0)
        if file is None:
            raise NotAPicture()
        received = receive(file=file, name=str(file.name))
        made = keeping.join(
            by=me, space=space, subject=subject, blob=received.blob, name=received.name, inline=True
        )
    except DomainError as error:
        reword(error, pupil=is_pupil(request))
        return JsonResponse(error.as_problem(), status=error.status)
    return JsonResponse({"src": reverse("pieces:content", args=[made.uuid])}, status=201)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, space: str, subject: UUID) -> HttpResponse:
    """What to join, of one's documents, one folder at a time; then joined."""
    app, label = _written(request, space, subject)
    if request.method == "POST":
        return _join_chosen(request, app, subject, label)
    return _show(request, app, subject, label)


class Sending:
    """The thing is told by `space` and `subject`."""

    purpose = PIECES
    upload_view = "pieces:upload"

    def authorise(self, request: HttpRequest, metadata: UploadMetadata) -> dict[str, Any]:
        """Refused before the first byte where it may not be joined, or would not fit."""
        space, subject = metadata.values.get("space", ""), uuid_of(metadata.values.get("subject"))
        try:
            if subject is None:
                raise NoSuchDocument()
            keeping.require_joinable(
                by=person_of(request), space=space, subject=subject, size=metadata.length
            )
        except DomainError as error:
            reword(error, pupil=is_pupil(request))
            raise
        return {"space": space, "subject": str(subject)}

    def finished(self, upload: Upload) -> dict[str, str]:
        """The file, joined."""
        return {"X-Document": str(keeping.take(upload).uuid)}


class PieceUploadsView(Sending, TusCreation):
    """New uploads."""


class PieceUploadView(Sending, TusUpload):
    """One upload under way."""


def _opened(request: HttpRequest, uuid: UUID) -> downloads.Content:
    """To whom an application opens its door; a 404 to the others."""
    try:
        return downloads.piece(person_of(request), uuid)
    except NoSuchDocument as error:
        raise Http404 from error


def _written(request: HttpRequest, space: str, subject: UUID) -> tuple[SpaceUser, str]:
    """The application, and what the thing is called, where the person may write it now; a 404 else."""
    app = spaces.user_of(space)
    if app is None or app.writes is None:
        raise Http404
    try:
        return app, app.writes(person_of(request), subject)
    except DomainError as error:
        raise Http404 from error


def _edit_url(app: SpaceUser, subject: UUID) -> str:
    return app.edit_url(subject) if app.edit_url is not None else app.url(subject)


def _take_all(request: HttpRequest, space: str, subject: UUID) -> None:
    me = person_of(request)
    try:
        for each in pieces_of(space, [subject])[subject]:
            text = request.POST.get(f"legende-{each.uuid}")
            if text is not None and text != each.caption:
                keeping.caption(by=me, space=space, subject=subject, file=each.uuid, text=text)
        for file in request.FILES.getlist("fichier"):
            keeping.require_joinable(by=me, space=space, subject=subject, size=file.size or 0)
            received = receive(file=file, name=str(file.name))
            keeping.join(by=me, space=space, subject=subject, blob=received.blob, name=received.name)
    except DomainError as error:
        messages.error(request, said(request, error))


def _join_chosen(request: HttpRequest, app: SpaceUser, subject: UUID, label: str) -> HttpResponse:
    me = person_of(request)
    wanted = uuids_of(request.POST.getlist("d")[:MOST])
    chosen = list(files_seen(me, reach_in(request)).filter(uuid__in=wanted)) if wanted else []
    if not chosen:
        words = "Choisis d’abord un fichier." if is_pupil(request) else "Choisissez d’abord un fichier."
        return _show(request, app, subject, label, problem=words)
    try:
        made = keeping.join_documents(by=me, space=app.key, subject=subject, documents=chosen)
    except DomainError as error:
        return _show(request, app, subject, label, problem=said(request, error))
    messages.success(request, f"{counted(len(made), 'fichier')} {agree(len(made), 'joint')}.")
    return redirect(_edit_url(app, subject))


def _show(
    request: HttpRequest, app: SpaceUser, subject: UUID, label: str, *, problem: str = ""
) -> HttpResponse:
    me, reach = person_of(request), reach_in(request)
    try:
        found = shelf_asked(me, reach, request.GET.dict())
    except NoSuchDocument as error:
        raise Http404 from error
    context: dict[str, Any] = {
        "label": label,
        "shelf": found,
        "problem": problem,
        "back": _edit_url(app, subject),
    }
    return render(request, "documents/choose_pieces.html", context, status=422 if problem else 200)
