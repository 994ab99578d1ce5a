"""The Espace documentaire in the API: the same gate and the same services as its pages. Resumable uploads
(tus 1.0) go to the pages' address, `/documents/envois/`."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from core.api import UUID_PATTERN, NewestFirst, body_of
from core.storage.serve import serve
from core.storage.services import receive
from core.text import uuid_of
from documents import querysets
from documents.api_words import (
    ArrangedSerializer,
    ChosenSerializer,
    CommentSerializer,
    ContentSerializer,
    DocumentSerializer,
    ErasedSerializer,
    MovedSerializer,
    NewFileSerializer,
    NewFolderSerializer,
    QuotaSerializer,
    ReturnedSerializer,
    SaidSerializer,
    SpaceSerializer,
    TitleSerializer,
    TrashedSerializer,
    VersionSerializer,
)
from documents.enums import FOLDER
from documents.models import FileVersion
from documents.services import arrange, comments, files, folders, returns, stars, trash
from documents.services.downloads import download
from documents.services.space import free_space
from sharing.models import Resource
from sharing.querysets import reach_of
from sharing.rules import Act, Reach, may

PLACES = {
    "mine": querysets.mine,
    "shared": querysets.shared,
    "attached": querysets.attached,
    "trash": querysets.trashed,
    "starred": querysets.starred,
}


@extend_schema(
    parameters=[
        OpenApiParameter("place", enum=sorted(PLACES)),
        OpenApiParameter("folder", OpenApiTypes.UUID),
        OpenApiParameter("q", description="words of the name"),
    ]
)
class DocumentViewSet(ReadOnlyModelViewSet[Resource]):
    """Folders and files that the caller sees: of a `place`, of a `folder`, or by their name (`q`)."""

    queryset = Resource.objects.none()
    serializer_class = DocumentSerializer
    pagination_class = NewestFirst
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @cached_property
    def reach(self) -> Reach:
        """What the caller reaches by, read once for the request."""
        return reach_of(self.request.user)

    def get_queryset(self) -> QuerySet[Resource]:
        found = self._asked() if self.action == "list" else self._seen()
        return found.select_related("owner", "file")

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """With the UUIDs of the folders above that the caller sees, read at once."""
        shown = args[0] if args else None
        if shown is not None:
            rows = shown if kwargs.get("many") else [shown]
            above = {row.parent_id for row in rows} - {None}
            seen = self._seen().filter(pk__in=above) if above else None
            parents = dict(seen.values_list("pk", "uuid")) if seen is not None else {}
            kwargs["context"] = self.get_serializer_context() | {"parents": parents}
        return super().get_serializer(*args, **kwargs)

    @extend_schema(request=TitleSerializer, responses=DocumentSerializer, parameters=[])
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Renames it."""
        title = body_of(self.request, TitleSerializer)["title"]
        return self._told(arrange.rename(by=request.user, resource=self.get_object(), title=title))

    @extend_schema(request=NewFolderSerializer, responses={201: DocumentSerializer}, parameters=[])
    @action(detail=False, methods=["post"])
    def folders(self, request: Request) -> Response:
        """A new folder."""
        given = body_of(self.request, NewFolderSerializer)
        parent = self._folder(given["folder"])
        made = folders.create_folder(by=request.user, title=given["title"], parent=parent)
        return self._told(made, status.HTTP_201_CREATED)

    @extend_schema(request=NewFileSerializer, responses={201: DocumentSerializer}, parameters=[])
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def files(self, request: Request) -> Response:
        """A file sent whole."""
        given = body_of(self.request, NewFileSerializer)
        parent = self._folder(given["folder"])
        received = receive(file=given["file"], name=given["file"].name)
        made = files.add(by=request.user, blob=received.blob, name=received.name, folder=parent)
        return self._told(made, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="documents_content", responses={(200, "*/*"): OpenApiTypes.BINARY}, parameters=[]
    )
    @action(detail=True, methods=["get"])
    def content(self, request: Request, uuid: str) -> HttpResponseBase:
        """Its bytes, with ranges."""
        found = download(request.user, UUID(uuid), reach=self.reach)
        return serve(request._request, blob=found.blob, name=found.name)

    @extend_schema(
        operation_id="documents_replace",
        request=ContentSerializer,
        responses=DocumentSerializer,
        parameters=[],
    )
    @content.mapping.put
    def replace(self, request: Request, uuid: str) -> Response:
        """A new version of a file."""
        resource, sent = self.get_object(), body_of(self.request, ContentSerializer)["file"]
        received = receive(file=sent, name=sent.name)
        return self._told(
            files.replace(by=request.user, resource=resource, blob=received.blob, name=received.name)
        )

    @extend_schema(operation_id="documents_versions", responses=VersionSerializer(many=True), parameters=[])
    @action(detail=True, methods=["get"], pagination_class=None)
    def versions(self, request: Request, uuid: str) -> Response:
        """All versions of a file, the last first; who may not write is told of the one shown."""
        found = self.get_object()
        rows = found.file.versions.all() if found.kind != FOLDER else FileVersion.objects.none()
        if not may(found.my_role, Act.REREAD):
            rows = rows.filter(number=F("file__current"))
        return Response(VersionSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="documents_show_version", request=None, responses=DocumentSerializer, parameters=[]
    )
    @action(detail=True, methods=["put"], url_path=r"versions/(?P<number>[0-9]{1,9})")
    def version(self, request: Request, uuid: str, number: str) -> Response:
        """Shows this version again."""
        shown = files.restore_version(by=request.user, resource=self.get_object(), number=int(number))
        return self._told(shown)

    @extend_schema(operation_id="documents_erase_version", request=None, responses={204: None}, parameters=[])
    @version.mapping.delete
    def erase_version(self, request: Request, uuid: str, number: str) -> Response:
        """Deletes a former version for good."""
        files.erase_version(by=request.user, resource=self.get_object(), number=int(number))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="documents_star", request=None, responses={204: None}, parameters=[])
    @action(detail=True, methods=["put"])
    def star(self, request: Request, uuid: str) -> Response:
        """Marks it."""
        stars.star(by=request.user, resource=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="documents_unstar", request=None, responses={204: None}, parameters=[])
    @star.mapping.delete
    def unstar(self, request: Request, uuid: str) -> Response:
        """Takes the mark away."""
        stars.star(by=request.user, resource=self.get_object(), on=False)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="documents_comments", responses=CommentSerializer(many=True), parameters=[])
    @action(detail=True, methods=["get"])
    def comments(self, request: Request, uuid: str) -> Response:
        """What people say of it, the last first."""
        rows = self.get_object().comments.select_related("author")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(CommentSerializer(page, many=True).data)

    @extend_schema(
        operation_id="documents_comment",
        request=SaidSerializer,
        responses={201: CommentSerializer},
        parameters=[],
    )
    @comments.mapping.post
    def comment(self, request: Request, uuid: str) -> Response:
        """Says something of it."""
        text = body_of(self.request, SaidSerializer)["text"]
        made = comments.comment(by=request.user, resource=self.get_object(), text=text)
        return Response(CommentSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="documents_delete_comment", request=None, responses={204: None}, parameters=[]
    )
    @action(detail=True, methods=["delete"], url_path=f"comments/(?P<key>{UUID_PATTERN})")
    def delete_comment(self, request: Request, uuid: str, key: str) -> Response:
        """Takes a comment away."""
        found = self.get_object().comments.filter(uuid=key).first()
        if found is None:
            raise NotFound()
        comments.delete_comment(by=request.user, comment=found)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=MovedSerializer, responses=ArrangedSerializer, parameters=[])
    @action(detail=False, methods=["post"])
    def move(self, request: Request) -> Response:
        """Moves several: all, or none."""
        return self._arranged(arrange.move)

    @extend_schema(request=MovedSerializer, responses=ArrangedSerializer, parameters=[])
    @action(detail=False, methods=["post"])
    def copy(self, request: Request) -> Response:
        """Copies several: all, or none."""
        return self._arranged(arrange.copy)

    @extend_schema(request=ChosenSerializer, responses=TrashedSerializer, parameters=[])
    @action(detail=False, methods=["post"])
    def trash(self, request: Request) -> Response:
        """The first step of a deletion."""
        done = trash.trash(by=request.user, resources=self._chosen())
        told = {"documents": [each.uuid for each in done.resources], "sent_home": len(done.sent_home)}
        return Response(TrashedSerializer(told).data)

    @extend_schema(request=ChosenSerializer, responses={204: None}, parameters=[])
    @action(detail=False, methods=["post"])
    def restore(self, request: Request) -> Response:
        """Takes several out of the trash."""
        trash.restore(by=request.user, resources=self._chosen())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ChosenSerializer, responses=ErasedSerializer, parameters=[])
    @action(detail=False, methods=["post"])
    def erase(self, request: Request) -> Response:
        """The second step: for good, and it frees space."""
        return Response(ErasedSerializer(trash.erase(by=request.user, resources=self._chosen())).data)

    @extend_schema(request=None, responses=ErasedSerializer, parameters=[])
    @action(detail=False, methods=["post"])
    def empty_trash(self, request: Request) -> Response:
        """The second step, for all that is in the trash."""
        return Response(ErasedSerializer(trash.empty_trash(by=request.user)).data)

    @extend_schema(operation_id="documents_returned", responses=ReturnedSerializer(many=True), parameters=[])
    @action(detail=False, methods=["get"])
    def returned(self, request: Request) -> Response:
        """What came back to the caller from folders that went, until it is read."""
        page = self.paginate_queryset(querysets.returned_to(request.user))
        return self.get_paginated_response(ReturnedSerializer(page, many=True).data)

    @extend_schema(operation_id="documents_dismiss", request=None, responses={204: None}, parameters=[])
    @action(detail=False, methods=["delete"], url_path=f"returned/(?P<key>{UUID_PATTERN})")
    def dismiss(self, request: Request, key: str) -> Response:
        """It was read."""
        if not returns.dismiss(by=request.user, uuids=[UUID(key)]):
            raise NotFound()
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="documents_quota", responses=QuotaSerializer, parameters=[])
    @action(detail=False, methods=["get"], pagination_class=None)
    def quota(self, request: Request) -> Response:
        """The caller's space."""
        return Response(QuotaSerializer(querysets.quota_of(request.user)).data)

    @extend_schema(operation_id="documents_space", responses=OpenApiResponse(SpaceSerializer), parameters=[])
    @action(detail=False, methods=["get"], pagination_class=None)
    def space(self, request: Request) -> Response:
        """Where it goes, and what would free some."""
        return Response(SpaceSerializer(free_space(request.user)).data)

    def _seen(self) -> QuerySet[Resource]:
        return querysets.seen(self.request.user, self.reach)

    def _asked(self) -> QuerySet[Resource]:
        me, params = self.request.user, self.request.query_params
        folder = self._folder(_uuid(params["folder"])) if params.get("folder") else None
        if folder is not None:
            found = querysets.inside(me, folder, self.reach)
        elif params.get("q"):
            found = self._seen().filter(trashed_at__isnull=True)
        else:
            found = PLACES.get(params.get("place", ""), querysets.mine)(me, self.reach)
        return querysets.named(found, params["q"]) if params.get("q") else found

    def _folder(self, uuid: UUID | None) -> Resource | None:
        if uuid is None:
            return None
        found = self._seen().filter(uuid=uuid, kind=FOLDER).first()
        if found is None:
            raise NotFound()
        return found

    def _chosen(self, given: dict[str, Any] | None = None) -> list[Resource]:
        wanted = set((given or body_of(self.request, ChosenSerializer))["documents"])
        found = list(self._seen().filter(uuid__in=wanted).order_by("pk"))
        if len(found) != len(wanted):
            raise NotFound()
        return found

    def _arranged(self, act: Any) -> Response:
        given = body_of(self.request, MovedSerializer)
        done = act(by=self.request.user, resources=self._chosen(given), parent=self._folder(given["folder"]))
        told = {
            "documents": [each.uuid for each in done.resources],
            "gained": done.change.gained,
            "lost": done.change.lost,
        }
        return Response(ArrangedSerializer(told).data)

    def _told(self, resource: Resource, code: int = status.HTTP_200_OK) -> Response:
        found = self._seen().select_related("owner", "file").get(pk=resource.pk)
        return Response(self.get_serializer(found).data, status=code)


def _uuid(text: str) -> UUID:
    found = uuid_of(text)
    if found is None:
        raise NotFound()
    return found
