"""What belongs to a school, for whoever administers it. It is shared, entrusted and ceded as anything is:
`/resources/<uuid>/grants/` and `/resources/<uuid>/handover/`."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import sessions
from core.api import CursorPages, body_of
from directory.api_school import SCHOOL, SchoolAct
from sharing.left_to_school import LeftLine, left_to, lines_of
from sharing.models import Resource
from sharing.services import school_things

THING = OpenApiParameter("thing", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The resource.")


class LeftSerializer(serializers.Serializer[LeftLine]):
    """A thing of the school. `from_name` is told of a team alone, `from_profile` of everybody."""

    uuid = serializers.UUIDField(source="resource.uuid")
    kind = serializers.CharField(source="resource.kind")
    title = serializers.CharField(source="resource.title")
    since = serializers.DateTimeField()
    from_name = serializers.CharField(source="name")
    from_profile = serializers.CharField(source="profile")
    readers = serializers.IntegerField()
    below = serializers.IntegerField()
    offered_to = serializers.CharField()
    trashed_at = serializers.DateTimeField(source="resource.trashed_at", allow_null=True)


class TrashedSerializer(serializers.Serializer[Any]):
    trashed = serializers.BooleanField()


class LastChanged(CursorPages):
    ordering: Any = ("-changed_at", "-pk")


@extend_schema(parameters=[SCHOOL])
class SchoolContentsView(SchoolAct):
    """What belongs to the school, the last changed first; with `trash`, what is in its trash."""

    @extend_schema(
        parameters=[OpenApiParameter("trash", OpenApiTypes.BOOL)], responses=LeftSerializer(many=True)
    )
    def get(self, request: Request, uuid: UUID) -> Response:
        trashed = request.query_params.get("trash", "") in {"1", "true"}
        pages = LastChanged()
        found = pages.paginate_queryset(left_to(self.school(uuid), trashed=trashed), request, view=self)
        return pages.get_paginated_response(LeftSerializer(lines_of(found or []), many=True).data)


@extend_schema(parameters=[SCHOOL, THING])
class SchoolContentView(SchoolAct):
    """One of these things, removed in two steps."""

    @extend_schema(request=TrashedSerializer, responses=LeftSerializer)
    def patch(self, request: Request, uuid: UUID, thing: UUID) -> Response:
        """`trashed` true puts it in the trash, false takes it out."""
        resource = self._thing(uuid, thing)
        act = (
            school_things.put_away
            if body_of(request, TrashedSerializer)["trashed"]
            else school_things.bring_back
        )
        act(by=self.me, resource=resource)
        resource.refresh_from_db()
        return Response(LeftSerializer(lines_of([resource])[0]).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, uuid: UUID, thing: UUID) -> Response:
        """For good, once it is in the trash."""
        school_things.erase(by=self.me, resource=self._thing(uuid, thing))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _thing(self, uuid: UUID, thing: UUID) -> Resource:
        sessions.require_full_assurance(self.request)
        return get_object_or_404(Resource.objects.filter(owner_school=self.school(uuid)), uuid=thing)
