"""What is sent to a draft while one writes it: pictures for its text, files by pieces."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.storage.models import Upload
from core.storage.services import receive
from core.storage.tus import TusCreation, TusUpload
from core.storage.uploads import UploadMetadata
from messaging.errors import NotAPicture
from messaging.services import writing
from messaging.views.drafts import draft_named, files_of, known_draft
from messaging.views.requests import is_pupil, person_of
from sharing.errors import reword


@require_POST
def picture(request: HttpRequest) -> JsonResponse:
    """A picture for the text, joined at once: its address, or why it was refused."""
    me, file = person_of(request), request.FILES.get("image")
    try:
        if file is None:
            raise NotAPicture()
        draft = draft_named(me, request.POST)
        received = receive(file=file, name=str(file.name))
        made = writing.attach(by=me, message=draft, blob=received.blob, name=received.name, inline=True)
    except DomainError as error:
        reword(error, pupil=is_pupil(request))
        return JsonResponse(error.as_problem(), status=error.status)
    return JsonResponse({"src": reverse("messaging:attachment", args=[made.uuid])}, status=201)


@require_safe
def joined(request: HttpRequest) -> HttpResponse:
    """The files of a draft, as they come."""
    draft = known_draft(person_of(request), request.GET)
    return render(request, "messaging/compose.html#files", {"files": files_of(draft)})


class Sending:
    """The draft is told as in a form: `brouillon`, or the key of one that is not begun (`nouveau`)."""

    purpose = "messages"
    upload_view = "messaging:upload"

    def authorise(self, request: HttpRequest, metadata: UploadMetadata) -> dict[str, Any]:
        """Refused before the first byte where it would not fit."""
        me = person_of(request)
        try:
            draft = draft_named(me, metadata.values)
            writing.require_room(by=me, message=draft, size=metadata.length)
        except DomainError as error:
            reword(error, pupil=is_pupil(request))
            raise
        return {"message": str(draft.uuid)}

    def finished(self, upload: Upload) -> dict[str, str]:
        """The file, joined."""
        return {"X-Attachment": str(writing.take(upload).uuid)}


class UploadsView(Sending, TusCreation):
    """New uploads."""


class UploadView(Sending, TusUpload):
    """One upload under way."""
