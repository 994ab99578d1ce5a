"""The resumable upload protocol tus 1.0, as two views that a space subclasses.

Core protocol, and the extensions creation, creation-with-upload, termination, expiration
(https://tus.io/protocols/resumable-upload). A space says who may send what, where, and what becomes
of it:

    class Sending:
        purpose = "documents"
        upload_view = "documents:upload"

        def authorise(self, request, metadata):   # UploadMetadata: name, length, values
            return {"folder": "…"}                # kept as upload.target; DomainError or Http404 refuse

        def finished(self, upload):               # upload.blob, upload.name, upload.target
            ...                                   # in a transaction; may answer headers {"X-…": "…"}

    class UploadsView(Sending, TusCreation): ...      # path("envois/")
    class UploadView(Sending, TusUpload): ...         # path("envois/<uuid:upload>/"), its `upload_view`

A script sends Django's token as `X-CSRFToken`; bodies are read as they come.
"""

import base64
import binascii
import uuid
from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.urls import reverse
from django.utils.http import http_date
from django.views import View

from core.errors import DomainError
from core.storage import uploads
from core.storage.errors import UploadTooLarge
from core.storage.models import Upload
from core.storage.uploads import UploadMetadata, WrongOffset

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration"
BYTES = "application/offset+octet-stream"
_OVERRIDE = "X-HTTP-Method-Override"


class _Unusable(Exception):
    """A request that the protocol does not allow: its answer's status, and words for a developer."""

    def __init__(self, status: int, words: str) -> None:
        self.status, self.words = status, words
        super().__init__(words)


class _TusView(View):
    purpose = ""
    upload_view = ""

    def authorise(self, request: HttpRequest, metadata: UploadMetadata) -> dict[str, Any]:
        """Whether the person may send this; answers what `finished` will need, as JSON."""
        raise NotImplementedError

    def finished(self, upload: Upload) -> uploads.Given:
        """The content is whole: in one transaction, make of it what it is for, and hold it."""
        raise NotImplementedError

    def owner(self, request: HttpRequest) -> uuid.UUID:
        """Who sends: a signed-in person's UUID."""
        return cast("uuid.UUID", cast("Any", request.user).uuid)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "GET":
            # There is nothing to read here, whatever version of the protocol one speaks.
            return HttpResponseNotAllowed(["POST", "HEAD", "PATCH", "DELETE", "OPTIONS"])
        override = request.headers.get(_OVERRIDE, "").upper()
        if request.method == "POST" and override in {"PATCH", "DELETE", "HEAD"}:
            request.method = override
        try:
            if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
                raise _Unusable(412, "this server speaks tus 1.0.0")
            response = super().dispatch(request, *args, **kwargs)
        except Http404:
            response = HttpResponse("no such upload", status=404, content_type="text/plain")
        except _Unusable as refused:
            response = HttpResponse(refused.words, status=refused.status, content_type="text/plain")
        except DomainError as error:
            response = JsonResponse(
                error.as_problem(), status=error.status, content_type="application/problem+json"
            )
        if response.status_code == 412:
            response["Tus-Version"] = VERSION
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(status=204)
        response["Tus-Version"] = VERSION
        response["Tus-Extension"] = EXTENSIONS
        response["Tus-Max-Size"] = str(settings.CARTABLE_UPLOAD_BYTES)
        return response

    def received(self, request: HttpRequest, upload: Upload, length: int) -> uploads.Given:
        """Writes the body after what is there; what is whole is given to its space."""
        if length:
            uploads.add(upload, cast("Any", request), offset=upload.offset, length=length)
        return uploads.finish(upload, self.finished) if upload.whole else None


class TusCreation(_TusView):
    """POST makes an upload, with its first bytes where the request brings some."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        values = _metadata(request.headers.get("Upload-Metadata", ""))
        length = _number(request.headers.get("Upload-Length"), "Upload-Length")
        if length > settings.CARTABLE_UPLOAD_BYTES:
            raise UploadTooLarge(settings.CARTABLE_UPLOAD_BYTES)
        brought = _body_length(request) if request.headers.get("Content-Type") == BYTES else 0
        if brought > length:
            raise _Unusable(413, "more bytes than Upload-Length")
        metadata = UploadMetadata(values.get("filename") or values.get("name") or "", length, values)
        with transaction.atomic():  # what `authorise` locked is held until the upload counts
            target = self.authorise(request, metadata)
            upload = uploads.begin(
                owner=self.owner(request), purpose=self.purpose, target=target, metadata=metadata
            )
        given = self.received(request, upload, brought)
        response = HttpResponse(status=201)
        response["Location"] = reverse(self.upload_view, kwargs={"upload": upload.uuid})
        if brought or not length:
            response["Upload-Offset"] = str(upload.offset)
        return _told(response, upload, given)


class TusUpload(_TusView):
    """HEAD tells how much arrived, PATCH brings more, DELETE ends it; another's upload is unknown."""

    http_method_names = ["head", "patch", "delete", "options"]

    def head(self, request: HttpRequest, upload: uuid.UUID, **kwargs: Any) -> HttpResponse:
        """A content whose making was cut short is made now: nobody would send another byte."""
        found = self.found(request, upload)
        given = self.received(request, found, 0)
        response = HttpResponse(status=200)
        response["Upload-Offset"] = str(found.offset)
        response["Upload-Length"] = str(found.length)
        return _told(response, found, given)

    def patch(self, request: HttpRequest, upload: uuid.UUID, **kwargs: Any) -> HttpResponse:
        found = self.found(request, upload)
        if request.headers.get("Content-Type") != BYTES:
            raise _Unusable(415, f"Content-Type must be {BYTES}")
        offset = _number(request.headers.get("Upload-Offset"), "Upload-Offset")
        length = _body_length(request)
        if offset != found.offset:
            raise WrongOffset(offset=found.offset)
        if offset + length > found.length:
            raise _Unusable(413, "more bytes than Upload-Length")
        given = self.received(request, found, length)
        response = HttpResponse(status=204)
        response["Upload-Offset"] = str(found.offset)
        return _told(response, found, given)

    def delete(self, request: HttpRequest, upload: uuid.UUID, **kwargs: Any) -> HttpResponse:
        uploads.end(self.found(request, upload))
        return HttpResponse(status=204)

    def found(self, request: HttpRequest, upload: uuid.UUID) -> Upload:
        found = Upload.objects.filter(uuid=upload, owner=self.owner(request), purpose=self.purpose).first()
        if found is None:
            raise Http404
        if uploads.expired(found):
            uploads.end(found)
            raise uploads.UploadEnded()
        return found


def _told(response: HttpResponse, upload: Upload, given: Mapping[str, str] | None) -> HttpResponse:
    if not upload.finished_at:
        response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    for name, value in (given or {}).items():
        response[name] = value
    return response


def _number(text: str | None, header: str) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 18:
        raise _Unusable(400, f"{header} must be a number of bytes")
    return int(text)


def _body_length(request: HttpRequest) -> int:
    told = request.headers.get("Content-Length")
    if not told and request.headers.get("Transfer-Encoding"):
        raise _Unusable(411, "Content-Length is needed")
    return _number(told or "0", "Content-Length")


def _metadata(header: str) -> dict[str, str]:
    """`key base64,key base64`: keys are ASCII without spaces, a value may lack."""
    values = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, encoded = pair.partition(" ")
        try:
            values[key] = base64.b64decode(encoded.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise _Unusable(400, f"Upload-Metadata: {key} is not UTF-8 in Base64") from error
    return values
