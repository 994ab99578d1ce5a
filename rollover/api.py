"""Turnovers of schools in the API: the same scope and the same services as the console's pages."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, NewestFirst, body_of
from core.models import Job
from directory.querysets import schools_administered_by, standpoint_of
from directory.querysets.administered import administered_academies
from rollover.models import Turnover
from rollover.querysets import state_of, turnovers_visible_to
from rollover.rules import next_year
from rollover.services import ask
from rollover.services.roll import roll_school
from schools.models import Academy


class TurnoverSerializer(serializers.ModelSerializer[Turnover]):
    """A school's turnover; those of one command bear the same `run`."""

    school = serializers.UUIDField(source="school.uuid")
    uai = serializers.CharField(source="school.uai")
    year = serializers.IntegerField(source="to_year")
    state = serializers.SerializerMethodField()
    automatic = serializers.BooleanField()

    class Meta:
        model = Turnover
        fields = [
            "uuid", "run", "school", "uai", "year", "state", "automatic", "at", "undone_at", "figures",
        ]  # fmt: skip

    def get_state(self, turnover: Turnover) -> str:
        return state_of(turnover)


class YearSerializer(serializers.Serializer[Any]):
    year = serializers.IntegerField(required=False, allow_null=True, min_value=2000, max_value=2100)


class AskedSerializer(YearSerializer):
    """A school (its UUID) or an academy (its code); the year that begins, the running one by default."""

    school = serializers.UUIDField(required=False)
    academy = serializers.CharField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("school" in attrs) == ("academy" in attrs):
            raise serializers.ValidationError("Donnez une école, ou une académie.")
        return attrs


class UndoSerializer(serializers.Serializer[Any]):
    """The school (its UUID) in which a run is undone; all those of the caller by default."""

    school = serializers.UUIDField(required=False)


class StartedSerializer(serializers.ModelSerializer[Job]):
    class Meta:
        model = Job
        fields = ["uuid", "name", "label", "state"]


class RolloverViewSet(GenericViewSet[Turnover]):
    """Turnovers of the schools that the caller administers: list, preview, start, undo."""

    queryset = Turnover.objects.none()
    serializer_class = TurnoverSerializer
    pagination_class = NewestFirst
    lookup_field = "run"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Turnover]:
        return turnovers_visible_to(standpoint_of(self.request.user))

    def list(self, request: Request) -> Response:
        """Turnovers, automatic or asked for, newest first."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(TurnoverSerializer(page, many=True).data)

    @extend_schema(parameters=[OpenApiParameter("year", int)], responses=OpenApiTypes.OBJECT)
    @action(detail=False, url_path=rf"preview/(?P<school>{UUID_PATTERN})")
    def preview(self, request: Request, school: str) -> Response:
        """What the turn of a school would end, by default its next one, counted as the turn itself counts;
        nothing is changed."""
        found = get_object_or_404(schools_administered_by(request.user), uuid=school)
        asked = YearSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        year = asked.validated_data.get("year") or next_year(found)
        return Response(roll_school(school=found, year=year, dry_run=True).as_dict())

    @extend_schema(request=AskedSerializer, responses={202: StartedSerializer})
    def create(self, request: Request) -> Response:
        """Turns a school, or an academy's, as a job."""
        asked = body_of(request, AskedSerializer)
        year = asked.get("year")
        if "school" in asked:
            school = get_object_or_404(schools_administered_by(request.user), uuid=asked["school"])
            return _accepted(ask.start_school(by=request.user, school=school, year=year))
        academy = academy_asked(request.user, asked["academy"])
        return _accepted(ask.start_academy(by=request.user, academy=academy, year=year))

    @extend_schema(request=UndoSerializer, responses={202: StartedSerializer})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, run: str) -> Response:
        """Undoes a run, in the schools that the caller administers, or in one of them, as a job."""
        asked = body_of(request, UndoSerializer)
        mine = self.get_queryset().filter(run=run)
        if "school" in asked:
            mine = mine.filter(school__uuid=asked["school"])
        found = mine.first()
        if found is None:
            raise NotFound
        school = found.school if "school" in asked else None
        return _accepted(ask.start_undo(by=request.user, run=uuid.UUID(run), school=school))


def academy_asked(person: Any, code: str) -> Academy:
    """An academy that this person administers, by its code. Raises Http404."""
    return get_object_or_404(administered_academies(standpoint_of(person)), code=code)


def _accepted(job: Job) -> Response:
    return Response(StartedSerializer(job).data, status=status.HTTP_202_ACCEPTED)
