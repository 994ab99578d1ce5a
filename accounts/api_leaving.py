"""One's way out, in the API: its days, the choice about what is left to others, the archive of one's contents.
Whoever is pre-deleted has these too."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import takeout_job
from accounts.leaving import Leaving, leaving_of
from accounts.left_behind import LeftThings, left_by
from accounts.middleware import View, open_to_pre_deleted
from accounts.models import User
from accounts.services import objection
from accounts.takeout_job import Standing
from core.api import body_of
from core.storage.serve import serve


class LeavingSerializer(serializers.Serializer[Leaving]):
    """The days of an absence, as far as they are known; `closed`: the account is pre-deleted already."""

    absent_since = serializers.DateField()
    told_from = serializers.DateField()
    pre_deleted_on = serializers.DateField()
    deleted_on = serializers.DateField()
    closed = serializers.BooleanField()
    objected = serializers.BooleanField()


class LeftThingsSerializer(serializers.Serializer[LeftThings]):
    """What others read, in one application."""

    app = serializers.CharField()
    key = serializers.CharField()
    number = serializers.IntegerField()
    text = serializers.CharField()


class MyLeavingSerializer(serializers.Serializer[Any]):
    """`leaving` is null for who is here; then nothing is left behind."""

    leaving = LeavingSerializer(allow_null=True)
    left = LeftThingsSerializer(many=True)


class StayingSerializer(serializers.Serializer[Any]):
    """Whether what one left in shared spaces may stay once the account is deleted."""

    stays = serializers.BooleanField()


class TakeoutSerializer(serializers.Serializer[Standing]):
    """The archive asked for last: `state` is `none`, `making`, `ready` or `failed`; `size` in bytes."""

    state = serializers.SerializerMethodField()
    uuid = serializers.UUIDField(source="takeout.uuid")
    job = serializers.UUIDField(source="takeout.job", allow_null=True)
    asked_at = serializers.DateTimeField(source="takeout.asked_at")
    kept_until = serializers.DateTimeField(source="takeout.kept_until", allow_null=True)
    files = serializers.IntegerField(source="takeout.files")
    missing = serializers.IntegerField(source="takeout.missing")
    size = serializers.SerializerMethodField()

    def get_state(self, standing: Standing) -> str:
        if standing.ready:
            return "ready"
        if standing.under_way:
            return "making"
        return "failed" if standing.failed else "none"

    def get_size(self, standing: Standing) -> int:
        return standing.takeout.blob.size if standing.takeout.blob else 0


class _OfWhoeverLeaves(APIView):
    """Open to whoever is pre-deleted as to the others."""

    @classmethod
    def as_view(cls, **initkwargs: Any) -> View:
        return open_to_pre_deleted(super().as_view(**initkwargs))

    def person(self, request: Request) -> User:
        """With every column: the request's own holds a few."""
        return User.objects.get(pk=request.user.pk)


class MyLeavingView(_OfWhoeverLeaves):
    """The days of one's absence, and what one would leave to others."""

    @extend_schema(operation_id="me_leaving", responses=MyLeavingSerializer)
    def get(self, request: Request) -> Response:
        return self._told(self.person(request))

    @extend_schema(operation_id="me_leaving_choice", request=StayingSerializer, responses=MyLeavingSerializer)
    def post(self, request: Request) -> Response:
        """Says whether it may stay."""
        given = body_of(request, StayingSerializer)
        return self._told(objection.say_what_stays(by=self.person(request), stays=given["stays"]))

    def _told(self, person: User) -> Response:
        leaving = leaving_of(person)
        left = left_by(person) if leaving else []
        return Response(MyLeavingSerializer({"leaving": leaving, "left": left}).data)


class TakeoutView(_OfWhoeverLeaves):
    """The archive of one's contents."""

    @extend_schema(operation_id="me_takeout", responses={200: TakeoutSerializer, 404: None})
    def get(self, request: Request) -> Response:
        """Where the one asked for last stands."""
        standing = takeout_job.standing_of(self.person(request))
        if standing is None:
            raise Http404
        return Response(TakeoutSerializer(standing).data)

    @extend_schema(operation_id="me_ask_takeout", request=None, responses={202: TakeoutSerializer})
    def post(self, request: Request) -> Response:
        """Asks for it: the one of this hour, where there is one."""
        standing = takeout_job.ask(by=self.person(request))
        return Response(TakeoutSerializer(standing).data, status=status.HTTP_202_ACCEPTED)


class TakeoutFileView(_OfWhoeverLeaves):
    """Its bytes, for its person alone."""

    @extend_schema(
        operation_id="me_takeout_content", responses={(200, "application/zip"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, uuid: UUID) -> HttpResponseBase:
        found = takeout_job.file_of(self.person(request), uuid)
        if found is None or found.blob is None:
            raise Http404
        return serve(request._request, blob=found.blob, name=found.name)
