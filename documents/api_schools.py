"""The space of a school's people, given by whoever administers them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.enums import Profile
from core.api import body_of
from directory.api_school import SCHOOL, SchoolAct
from directory.querysets import people_administered_by
from documents.querysets import quota_of, school_limits
from documents.services.quota import MOST, set_limit, set_school_limits


class LimitsSerializer(serializers.Serializer[Any]):
    """Bytes by profile; null gives the site's back."""

    limits = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True), allow_empty=False
    )

    def validate_limits(self, given: dict[str, int | None]) -> dict[Profile, int | None]:
        if not given.keys() <= set(Profile.values):
            raise serializers.ValidationError("Un de ces profils n’existe pas.")
        return {Profile(profile): limit for profile, limit in given.items()}


class LimitSerializer(serializers.Serializer[Any]):
    limit = serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True)


@extend_schema(parameters=[SCHOOL], responses=OpenApiTypes.OBJECT)
class SchoolQuotasView(SchoolAct):
    """What the school gives to each profile, and what the site would."""

    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(_limits(school_limits(self.school(uuid))))

    @extend_schema(request=LimitsSerializer)
    def put(self, request: Request, uuid: UUID) -> Response:
        """Changes those of the profiles that are named."""
        school = self.school(uuid)
        given = body_of(request, LimitsSerializer)
        set_school_limits(by=self.me, school=school, limits=given["limits"])
        return Response(_limits(school_limits(school)))


@extend_schema(
    parameters=[
        OpenApiParameter("uuid", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The person.")
    ],
    responses=OpenApiTypes.OBJECT,
)
class PersonQuotaView(SchoolAct):
    """The space of one person of the caller's scope."""

    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(self._told(uuid))

    @extend_schema(request=LimitSerializer)
    def put(self, request: Request, uuid: UUID) -> Response:
        """Another space than their profile's; null gives that one back."""
        person = get_object_or_404(people_administered_by(self.me), uuid=uuid)
        set_limit(by=self.me, person=person, limit=body_of(request, LimitSerializer)["limit"])
        return Response(self._told(uuid))

    def _told(self, uuid: UUID) -> dict[str, int | None]:
        person = get_object_or_404(people_administered_by(self.me), uuid=uuid)
        quota = quota_of(person)
        return {"used": quota.used, "limit": quota.limit, "own": quota.own}


def _limits(chosen: dict[Profile, int | None]) -> dict[str, dict[str, int | None]]:
    return {
        profile.value: {"limit": limit, "usual": settings.CARTABLE_QUOTA_BYTES[profile]}
        for profile, limit in chosen.items()
    }
