"""Files joined to a thing of an application, in the API: the same application says who may read and write.
Resumable uploads (tus 1.0) go to the pages' address, `/pieces/envois/`."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from core.api import UUID_PATTERN, JSONParser, body_of
from core.storage.services import receive
from documents import spaces
from documents.attachable import MOST, files_seen
from documents.pieces import Piece, pieces_of
from documents.services import keeping


class PieceSerializer(serializers.Serializer[Piece]):
    """A file joined; `inline` says that the thing's text shows it. `content` is its bytes' address."""

    uuid = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    media_type = serializers.CharField()
    inline = serializers.BooleanField()
    caption = serializers.CharField()
    content = serializers.CharField(source="content_url")


class PieceFileSerializer(serializers.Serializer[Any]):
    """A file sent whole; `inline` for a picture that the text will show."""

    file = serializers.FileField(allow_empty_file=True, max_length=1_000)
    inline = serializers.BooleanField(default=False)


class PieceCaptionSerializer(serializers.Serializer[Any]):
    caption = serializers.CharField(max_length=300, allow_blank=True)


class PieceDocumentsSerializer(serializers.Serializer[Any]):
    """Files of the Espace documentaire, by their UUID."""

    documents = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST)


class PieceViewSet(ViewSet):
    """Files of the thing `subject` (a UUID) of the application `space`."""

    lookup_value_regex = UUID_PATTERN
    parser_classes = (JSONParser, MultiPartParser)  # a file comes in parts, the rest as JSON

    @extend_schema(operation_id="pieces_list", responses=PieceSerializer(many=True))
    def list(self, request: Request, space: str, subject: str) -> Response:
        """For whoever may read the thing."""
        app = spaces.user_of(space)
        if app is None or not app.opens(request.user, UUID(subject)):
            raise NotFound()
        return self._told(space, subject)

    @extend_schema(
        operation_id="pieces_join", request=PieceFileSerializer, responses={201: PieceSerializer(many=True)}
    )
    def create(self, request: Request, space: str, subject: str) -> Response:
        """Joins a file."""
        given = body_of(request, PieceFileSerializer)
        about: dict[str, Any] = {"by": request.user, "space": space, "subject": UUID(subject)}
        keeping.require_joinable(**about, size=given["file"].size or 0)
        received = receive(file=given["file"], name=given["file"].name)
        keeping.join(**about, blob=received.blob, name=received.name, inline=given["inline"])
        return self._told(space, subject, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="pieces_join_documents",
        request=PieceDocumentsSerializer,
        responses={201: PieceSerializer(many=True)},
    )
    @action(detail=False, methods=["post"])
    def documents(self, request: Request, space: str, subject: str) -> Response:
        """Joins files that the caller manages in the Espace documentaire."""
        wanted = set(body_of(request, PieceDocumentsSerializer)["documents"])
        chosen = list(files_seen(request.user).filter(uuid__in=wanted).order_by("pk"))
        if len(chosen) != len(wanted):
            raise NotFound()
        keeping.join_documents(by=request.user, space=space, subject=UUID(subject), documents=chosen)
        return self._told(space, subject, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="pieces_caption", request=PieceCaptionSerializer, responses=PieceSerializer(many=True)
    )
    def partial_update(self, request: Request, space: str, subject: str, pk: str) -> Response:
        """Says what a file is."""
        text = body_of(request, PieceCaptionSerializer)["caption"]
        keeping.caption(by=request.user, space=space, subject=UUID(subject), file=UUID(pk), text=text)
        return self._told(space, subject)

    @extend_schema(operation_id="pieces_detach", responses={204: None})
    def destroy(self, request: Request, space: str, subject: str, pk: str) -> Response:
        """It is joined no more; the file stays its owner's."""
        keeping.detach(by=request.user, space=space, subject=UUID(subject), file=UUID(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _told(self, space: str, subject: str, code: int = status.HTTP_200_OK) -> Response:
        found = pieces_of(space, [UUID(subject)])[UUID(subject)]
        return Response(PieceSerializer(found, many=True).data, status=code)
