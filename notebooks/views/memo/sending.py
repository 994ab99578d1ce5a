"""Files sent to a page by pieces: pictures, films, what the microphone took."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from accounts.models import User
from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.storage.models import Upload
from core.storage.tus import TusCreation, TusUpload
from core.storage.uploads import UploadMetadata
from core.text import uuid_of
from documents.querysets import PIECES
from documents.services import quota
from notebooks.memo_enums import SPACE
from notebooks.memo_reading import page_seen
from notebooks.models import MemoPage
from notebooks.services import memo_blocks
from sharing.errors import reword


class Sending:
    """The page is told as in a form: `page`."""

    purpose = PIECES
    upload_view = "notebooks:memo_upload"

    def authorise(self, request: HttpRequest, metadata: UploadMetadata) -> dict[str, Any]:
        """Refused before the first byte where it would not fit."""
        me = person_of(request)
        found = page_seen(me, uuid_of(metadata.values.get("page")) or UUID(int=0))
        if found is None:
            raise Http404
        try:
            memo_blocks.require_file(by=me, page=found[0])
            quota.require_room(me, metadata.length)
        except DomainError as error:
            reword(error, pupil=is_pupil(request))
            raise
        return {"space": SPACE, "subject": str(found[0].uuid)}

    def finished(self, upload: Upload) -> dict[str, str]:
        """A block, at the end of the page."""
        assert upload.blob is not None
        page = MemoPage.objects.get(uuid=UUID(upload.target["subject"]))
        person = User.objects.get(uuid=upload.owner)
        made = memo_blocks.add_file(by=person, page=page, blob=upload.blob, name=upload.name, upload=upload)
        return {"X-Block": str(made.uuid)}


class UploadsView(Sending, TusCreation):
    """New uploads."""


class UploadView(Sending, TusUpload):
    """One upload under way."""
