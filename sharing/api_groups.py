"""The groups of a scope as its administrators see them, in the API: figures, marks, what a deletion ends,
cleaning. What they are, and their members, are at `/groups/` (directory)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts import sessions
from accounts.enums import Profile
from core.api import UUID_PATTERN, CursorPages, body_of
from core.text import uuid_of
from directory.api import GroupSerializer
from directory.models import Group
from directory.querysets import groups_administered_by, schools_administered_by
from sharing.group_upkeep import (
    KINDS,
    Cleaning,
    GroupFilters,
    GroupLine,
    Mark,
    cleanings_of,
    ending_of,
    lines_of,
    narrowed,
)
from sharing.services.clean_groups import clean_groups


class InOrder(CursorPages):
    ordering: Any = ("sort", "rank", "pk")


class AdministeredGroupLineSerializer(serializers.Serializer[Any]):
    """A group with its figures: `left` of its members left the school; `marks` call for a look."""

    group = GroupSerializer()
    members = serializers.IntegerField()
    shares = serializers.IntegerField()
    left = serializers.IntegerField()
    marks = serializers.ListField(child=serializers.ChoiceField(choices=[mark.value for mark in Mark]))


class EndingSerializer(serializers.Serializer[Any]):
    """What would end with the group."""

    shares = serializers.IntegerField()
    things = serializers.IntegerField()
    people = serializers.IntegerField()


class CleaningSerializer(serializers.Serializer[Any]):
    """An act that would clean a group: `key` names it; `offered` is whether it is proposed at once."""

    key = serializers.CharField()
    group = serializers.UUIDField(source="line.group.uuid")
    label = serializers.CharField(source="line.group.label")
    act = serializers.CharField()
    mark = serializers.CharField()
    people = serializers.IntegerField()
    shares = serializers.IntegerField()
    offered = serializers.BooleanField()


class CleaningsSerializer(serializers.Serializer[Any]):
    cleanings = CleaningSerializer(many=True)


class KeysSerializer(serializers.Serializer[Any]):
    """The acts to do, by their key."""

    school = serializers.UUIDField()
    keys = serializers.ListField(child=serializers.CharField(max_length=60), max_length=500)


class CleanedSerializer(serializers.Serializer[Any]):
    """Groups deleted, memberships ended, acts that held no longer."""

    deleted = serializers.ListField(child=serializers.CharField())
    taken_out = serializers.IntegerField()
    skipped = serializers.IntegerField()


_FILTERS = [
    OpenApiParameter("school", description="UUID of a school of the scope."),
    OpenApiParameter("kind", enum=list(KINDS)),
    OpenApiParameter("school_class", description="UUID of a class."),
    OpenApiParameter("profile", enum=Profile.values),
    OpenApiParameter("mark", enum=[mark.value for mark in Mark]),
    OpenApiParameter("q", description="Words of its name."),
]


class AdministeredGroupViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Group]):
    """The groups that the caller administers."""

    queryset = Group.objects.none()
    serializer_class = AdministeredGroupLineSerializer
    pagination_class = InOrder
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Group]:
        return groups_administered_by(self.request.user).select_related("school", "school_class")

    @extend_schema(parameters=_FILTERS)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of them, filtered; what no filter knows gives nothing."""
        page = self.paginate_queryset(self._asked(request))
        return self.get_paginated_response(_told(page or []))

    @extend_schema(responses=AdministeredGroupLineSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(_told([self.get_object()])[0])

    @extend_schema(responses=EndingSerializer)
    @action(detail=True, methods=["get"])
    def ending(self, request: Request, uuid: str) -> Response:
        """How many shares would end for how many people, were the group deleted."""
        return Response(EndingSerializer(ending_of(self.get_object())).data)

    @extend_schema(parameters=[OpenApiParameter("school", required=True)], responses=CleaningsSerializer)
    @action(detail=False, methods=["get"], pagination_class=None)
    def cleaning(self, request: Request) -> Response:
        """What would clean the groups of a school."""
        found: Sequence[Cleaning] = cleanings_of(self._of_school(request.query_params.get("school", "")))
        return Response(CleaningsSerializer({"cleanings": found}).data)

    @extend_schema(request=KeysSerializer, responses=CleanedSerializer)
    @cleaning.mapping.post
    def clean(self, request: Request) -> Response:
        """Does what these keys name, all or none."""
        sessions.require_full_assurance(request)
        given = body_of(request, KeysSerializer)
        groups = self._of_school(str(given["school"]))
        done = clean_groups(by=request.user, groups=groups, keys=given["keys"])
        return Response(CleanedSerializer(done).data)

    def _of_school(self, asked: str) -> QuerySet[Group]:
        school = get_object_or_404(schools_administered_by(self.request.user), uuid=uuid_of(asked))
        return Group.objects.filter(school=school)

    def _asked(self, request: Request) -> QuerySet[Group]:
        asked = request.query_params
        groups = self.get_queryset()
        if asked.get("school"):
            school = uuid_of(asked["school"])
            groups = groups.filter(school__uuid=school) if school else groups.none()
        filters = GroupFilters(
            kind=asked.get("kind", ""),
            school_class=asked.get("school_class", ""),
            profile=asked.get("profile", ""),
            mark=asked.get("mark", ""),
            typed=asked.get("q", ""),
        )
        known = (
            filters.kind in {"", *KINDS}
            and filters.profile in {"", *Profile.values}
            and filters.mark in {"", *Mark}
            and (not filters.school_class or uuid_of(filters.school_class))
        )
        return narrowed(groups, filters) if known else narrowed(groups.none(), GroupFilters())


def _told(groups: list[Group]) -> list[dict[str, Any]]:
    lines: list[GroupLine] = lines_of(groups)
    return [dict(AdministeredGroupLineSerializer(line).data) for line in lines]
