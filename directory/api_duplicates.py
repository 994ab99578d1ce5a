"""Accounts that look like one person's, merges and their undoing, as the console has them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import Merge, User
from core.api import UUID_PATTERN, NewestFirst, body_of
from directory.duplicates import Alike, Reason, kept_first
from directory.querysets import people_administered_by, schools_administered_by, standpoint_of
from directory.querysets.accounts import position_of
from directory.querysets.duplicates import look_for_duplicates, merges_visible_to, pairs_of
from directory.services import duplicates

PAGE = 25


class TwinSerializer(serializers.ModelSerializer[User]):
    """One of two accounts."""

    name = serializers.CharField(source="full_name")

    class Meta:
        model = User
        fields = ["uuid", "name", "username", "profile", "source", "activated_at", "last_login"]


class AlikeSerializer(serializers.Serializer[Alike]):
    """Two accounts, which of them to keep unless told otherwise, and why they look like one."""

    kept = serializers.SerializerMethodField()
    gone = serializers.SerializerMethodField()
    reasons = serializers.ListField(child=serializers.ChoiceField(Reason.choices))

    @extend_schema(responses=TwinSerializer)
    def get_kept(self, alike: Alike) -> dict[str, Any]:
        return dict(TwinSerializer(kept_first(alike.first, alike.second)[0]).data)

    @extend_schema(responses=TwinSerializer)
    def get_gone(self, alike: Alike) -> dict[str, Any]:
        return dict(TwinSerializer(kept_first(alike.first, alike.second)[1]).data)


class PairsAskedSerializer(serializers.Serializer[Any]):
    """Which pairs: of a school, or of the whole scope; from one person on, by UUID."""

    school = serializers.UUIDField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python."""
        return super().get_fields() | {"from": serializers.UUIDField(required=False)}


class PairsSerializer(serializers.Serializer[Any]):
    """A page of pairs."""

    next = serializers.UUIDField(allow_null=True)
    results = AlikeSerializer(many=True)


class PairSerializer(serializers.Serializer[Any]):
    """Two people by their UUID."""

    kept = serializers.UUIDField()
    gone = serializers.UUIDField()


class MergeSerializer(serializers.ModelSerializer[Merge]):
    """A merge, standing or undone; `figures` are rows by table."""

    kept = TwinSerializer()
    gone = TwinSerializer()

    class Meta:
        model = Merge
        fields = ["uuid", "kept", "gone", "at", "by", "figures", "undone_at", "undone_by"]


class DuplicateViewSet(GenericViewSet[User]):
    """Pairs of the caller's scope: list, and say of two that they are two."""

    queryset = User.objects.none()
    serializer_class = AlikeSerializer

    @extend_schema(parameters=[PairsAskedSerializer], responses=PairsSerializer)
    def list(self, request: Request) -> Response:
        """Each pair once, by name: those of twenty-five people, found among a few thousand. `from` asks for
        those from one person on; `next` is where the following page begins, null at the end: a page of a
        wide scope may hold few pairs, or none."""
        asked = PairsAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        me, school, given = standpoint_of(request.user), None, asked.validated_data
        if given.get("school"):
            school = get_object_or_404(schools_administered_by(request.user), uuid=given["school"])
        if not me.administers_something:
            return Response({"next": None, "results": []})
        place = position_of(me, school, given["from"]) if given.get("from") else None
        looked = look_for_duplicates(me, school, place, page=PAGE)
        pairs = pairs_of(looked.firsts, me, school)
        following = looked.next.uuid if looked.next else None
        return Response({"next": following, "results": AlikeSerializer(pairs, many=True).data})

    @extend_schema(request=PairSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def dismiss(self, request: Request) -> Response:
        """They are two people: never proposed again."""
        kept, gone = _pair(request)
        duplicates.say_distinct(by=request.user, one=kept, other=gone)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MergeViewSet(GenericViewSet[Merge]):
    """Merges of the caller's scope: list, make, undo."""

    queryset = Merge.objects.none()
    serializer_class = MergeSerializer
    pagination_class = NewestFirst
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Merge]:
        return merges_visible_to(self.request.user)

    def list(self, request: Request) -> Response:
        """Merges, the last first; those undone too."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(MergeSerializer(page, many=True).data)

    @extend_schema(request=PairSerializer, responses={201: MergeSerializer})
    def create(self, request: Request) -> Response:
        """`gone` is absorbed by `kept`: all it has passes, either login works."""
        kept, gone = _pair(request)
        merge = duplicates.merge(by=request.user, kept=kept, gone=gone)
        return Response(MergeSerializer(merge).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=MergeSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, uuid: str) -> Response:
        """Parts the two as they were, but for what no longer exists."""
        merge = duplicates.unmerge(by=request.user, merge=self.get_object())
        return Response(MergeSerializer(merge).data)


def _pair(request: Request) -> tuple[User, User]:
    given = body_of(request, PairSerializer)
    people = people_administered_by(request.user)
    return get_object_or_404(people, uuid=given["kept"]), get_object_or_404(people, uuid=given["gone"])
