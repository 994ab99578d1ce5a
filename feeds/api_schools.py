"""Schools as those who administer them watch them: the console's first page, for machines."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN
from directory.querysets import schools_administered_by
from feeds.models import FeedRun
from feeds.querysets import runs_visible_to
from feeds.services.census import census
from feeds.services.watch import watch
from schools.models import School
from schools.querysets import named_like


class ToldRunSerializer(serializers.ModelSerializer[FeedRun]):
    """A run that speaks of a school; its report may be another's to open."""

    number = serializers.IntegerField(source="pk")

    class Meta:
        model = FeedRun
        fields = ["uuid", "number", "source", "state", "cause", "fed_on", "started_at"]


class WatchSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="school.uuid")
    uai = serializers.CharField(source="school.uai")
    name = serializers.CharField(source="school.name")
    city = serializers.CharField(source="school.city")
    running_year = serializers.IntegerField(source="school.running_year")
    class_year = serializers.IntegerField(source="school.class_year")
    held_at = serializers.DateTimeField(source="school.held_at")
    pupils = serializers.IntegerField()
    awaiting_pupils = serializers.IntegerField()
    teachers = serializers.IntegerField()
    idle_teachers = serializers.IntegerField()
    classes = serializers.IntegerField()
    has_head = serializers.BooleanField()
    last_run = ToldRunSerializer()
    to_decide = ToldRunSerializer(many=True)


class Pages(PageNumberPagination):
    page_size = 40


class WatchedSchoolViewSet(GenericViewSet[School]):
    """The schools that the caller administers, with what is to be watched in each."""

    queryset = School.objects.none()
    serializer_class = WatchSerializer
    pagination_class = Pages
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[School]:
        return schools_administered_by(self.request.user)

    @extend_schema(parameters=[OpenApiParameter("q", description="Words of the name, town or UAI.")])
    def list(self, request: Request) -> Response:
        """Schools by name, a page at a time."""
        found = named_like(self.get_queryset(), request.query_params.get("q", "")[:80])
        page = self.paginate_queryset(found)
        return self.get_paginated_response(WatchSerializer(watch(page or []), many=True).data)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """One school, with its people by profile and state, and which runs the caller may open."""
        school = get_object_or_404(self.get_queryset(), uuid=uuid)
        (told,) = watch([school])
        runs = [*told.to_decide, *([told.last_run] if told.last_run else [])]
        mine = runs_visible_to(request.user).filter(pk__in=[run.pk for run in runs])
        return Response(
            {
                **WatchSerializer(told).data,
                "census": census(school=school),
                "readable_runs": [str(run.uuid) for run in mine],
            }
        )
