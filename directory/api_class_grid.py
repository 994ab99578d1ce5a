"""The classes of a school and their teachers, read and saved whole."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts import sessions
from core.api import UUID_PATTERN, body_of
from directory.class_grid import Grid, class_grid, pairs_named
from directory.querysets import schools_administered_by
from directory.services.class_teachers import save_grid
from schools.models import School

MOST = 2_000


class GridPairSerializer(serializers.Serializer[Any]):
    teacher = serializers.UUIDField()
    school_class = serializers.UUIDField()


class SaveGridSerializer(serializers.Serializer[Any]):
    """What is not named stays as it is."""

    attach = GridPairSerializer(many=True, max_length=MOST, default=list)
    detach = GridPairSerializer(many=True, max_length=MOST, default=list)


class SavedSerializer(serializers.Serializer[Any]):
    """What changed; what was so already is not counted."""

    attached = serializers.IntegerField()
    detached = serializers.IntegerField()


class GridClassSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField()
    label = serializers.CharField()
    pupils = serializers.IntegerField()
    teachers = serializers.ListField(child=serializers.UUIDField())


class GridTeacherSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")


class GridSerializer(serializers.Serializer[Any]):
    """`awaited`: last year's classes that have not arrived."""

    classes = GridClassSerializer(many=True)
    teachers = GridTeacherSerializer(many=True)
    awaited = serializers.ListField(child=serializers.CharField())


class AdministeredClassViewSet(GenericViewSet[School]):
    """The grid of a school of the caller's scope, by the school's UUID."""

    queryset = School.objects.none()
    serializer_class = GridSerializer
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(responses=GridSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """Classes with a pupil, who teaches in them, and what is awaited."""
        return Response(GridSerializer(_told(class_grid(self._school(uuid)))).data)

    @extend_schema(request=SaveGridSerializer, responses=SavedSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Attaches and detaches teachers, all at once or none."""
        sessions.require_full_assurance(request)
        given = body_of(request, SaveGridSerializer)
        school = self._school(uuid)
        grid = class_grid(school)
        attach, detach = (
            pairs_named(grid, [(pair["teacher"], pair["school_class"]) for pair in given[name]])
            for name in ("attach", "detach")
        )
        saved = save_grid(by=request.user, school=school, attach=attach, detach=detach)
        return Response({"attached": saved.attached, "detached": saved.detached})

    def _school(self, uuid: str) -> School:
        return get_object_or_404(schools_administered_by(self.request.user), uuid=uuid)


def _told(grid: Grid) -> dict[str, Any]:
    return {
        "classes": [
            {
                "uuid": each.uuid,
                "label": each.label,
                "pupils": each.size,
                "teachers": [line.person.uuid for line in grid.teachers if each.pk in line.classes],
            }
            for each in grid.classes
        ],
        "teachers": grid.teachers,
        "awaited": [each.label for each in grid.awaited],
    }
