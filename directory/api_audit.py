"""The log of administrative acts, for those who administer."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView

from accounts.models import User
from core.api import CursorPages
from core.models import AuditEntry
from directory.querysets.audit import Asked, audit_visible_to


class ByTime(CursorPages):
    ordering: Any = ("-pk",)


class AuditSerializer(serializers.ModelSerializer[AuditEntry]):
    """An act: its verb, who did it, on whom or what, in which school, from what to what."""

    class Meta:
        model = AuditEntry
        fields = ["at", "actor", "verb", "subject", "school", "run", "before", "after"]


class AskedSerializer(serializers.Serializer[Any]):
    actor = serializers.UUIDField(required=False)
    subject = serializers.UUIDField(required=False)
    school = serializers.UUIDField(required=False)
    verb = serializers.RegexField(r"^[a-z_.]{1,60}$", required=False)
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


@extend_schema(
    parameters=[
        OpenApiParameter("actor", OpenApiTypes.UUID, description="Who did it."),
        OpenApiParameter("subject", OpenApiTypes.UUID, description="On whom, or what."),
        OpenApiParameter("school", OpenApiTypes.UUID),
        OpenApiParameter("verb", OpenApiTypes.STR, description="Such as `block.profile`."),
        OpenApiParameter("since", OpenApiTypes.DATE),
        OpenApiParameter("until", OpenApiTypes.DATE),
    ]
)
class AuditView(ListAPIView[AuditEntry]):
    """What was done to the schools of the caller's scope, and to their people, the newest first."""

    queryset = AuditEntry.objects.none()
    serializer_class = AuditSerializer
    pagination_class = ByTime

    def get_queryset(self) -> QuerySet[AuditEntry]:
        asked = AskedSerializer(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        assert isinstance(self.request.user, User)
        question = Asked(
            actors=(given["actor"],) if "actor" in given else None,
            subjects=(given["subject"],) if "subject" in given else None,
            school=given.get("school"),
            verbs=(given["verb"],) if "verb" in given else (),
            since=given.get("since"),
            until=given.get("until"),
        )
        return question.of(audit_visible_to(self.request.user))
