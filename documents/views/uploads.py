"""Resumable uploads: who may send what where, and the file that comes of it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from core.errors import DomainError
from core.storage.models import Upload
from core.storage.tus import TusCreation, TusUpload
from core.storage.uploads import UploadMetadata
from core.text import uuid_of
from documents.enums import FOLDER
from documents.querysets import PURPOSE
from documents.services import files
from documents.views.requests import is_pupil, person_of, seen
from sharing.errors import reword


class Sending:
    """`folder` of the metadata is a folder's UUID, or '' for one's own root."""

    purpose = PURPOSE
    upload_view = "documents:upload"

    def authorise(self, request: HttpRequest, metadata: UploadMetadata) -> dict[str, Any]:
        """The folder as the person sees it; refused before the first byte where it would not fit."""
        text = metadata.values.get("folder", "")
        folder = None
        if text:
            folder = get_object_or_404(seen(request), kind=FOLDER, trashed_at=None, uuid=uuid_of(text))
        try:
            files.require_room(by=person_of(request), folder=folder, size=metadata.length)
        except DomainError as error:
            reword(error, pupil=is_pupil(request))
            raise
        return {"folder": str(folder.uuid) if folder else ""}

    def finished(self, upload: Upload) -> dict[str, str]:
        """The file, in its folder."""
        return {"X-Document": str(files.take(upload).uuid)}


class UploadsView(Sending, TusCreation):
    """New uploads: room is asked for and reserved in the transaction that begins one."""


class UploadView(Sending, TusUpload):
    """One upload under way."""
