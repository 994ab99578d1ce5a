"""A space of the tests' own that takes uploads; who sends is told by a header."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import include, path

from core.errors import RefusedByRule
from core.storage import services, thumbnails
from core.storage.models import Blob, Upload
from core.storage.serve import serve, serve_thumbnail
from core.storage.tus import TusCreation, TusUpload
from core.storage.uploads import Given, UploadMetadata

SOMEONE = "6a6f5c1e-0000-4000-8000-000000000001"
SOMEONE_ELSE = "6a6f5c1e-0000-4000-8000-000000000002"


class Sending:
    purpose = "tests"
    upload_view = "upload"

    def owner(self, request: HttpRequest) -> uuid.UUID:
        return uuid.UUID(request.headers.get("X-Someone", SOMEONE))

    def authorise(self, request: HttpRequest, metadata: UploadMetadata) -> dict[str, Any]:
        if metadata.values.get("refuse") == "now":
            raise RefusedByRule("Pas ici.")
        return {"shelf": metadata.values.get("shelf", ""), "refuse": metadata.values.get("refuse", "")}

    def finished(self, upload: Upload) -> Given:
        if upload.target["refuse"] == "whole":
            raise RefusedByRule("Plus de place.")
        assert upload.blob is not None
        services.hold(upload.blob)
        return {"X-Kept-As": str(upload.blob.uuid)}


class CreationView(Sending, TusCreation):
    pass


class UploadView(Sending, TusUpload):
    pass


def download(request: HttpRequest, blob: uuid.UUID) -> HttpResponseBase:
    found = Blob.objects.get(uuid=blob)
    name = request.GET.get("name", "a file")
    return serve(request, blob=found, name=name, inline="inline" in request.GET)


def small(request: HttpRequest, blob: uuid.UUID) -> HttpResponseBase:
    found = thumbnails.thumbnail_of(Blob.objects.get(uuid=blob), thumbnails.SMALL)
    assert found is not None
    return serve_thumbnail(request, thumbnail=found)


def token(request: HttpRequest) -> HttpResponseBase:
    from django.http import HttpResponse

    return HttpResponse(get_token(request))


urlpatterns = [
    path("envois/", login_not_required(CreationView.as_view()), name="uploads"),
    path("envois/<uuid:upload>/", login_not_required(UploadView.as_view()), name="upload"),
    path("fichiers/<uuid:blob>/", login_not_required(download), name="download"),
    path("vignettes/<uuid:blob>/", login_not_required(small), name="small"),
    path("jeton/", login_not_required(token), name="token"),
    path("", include("ent.urls")),  # pages of errors link to the site's
]
