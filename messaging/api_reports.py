"""Messages reported to whoever administers: read, with their evidence, and handled."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, body_of
from core.storage.serve import serve
from core.text import uuid_of
from messaging.api_words import AttachmentSerializer
from messaging.care import reports_in, reports_visible_to
from messaging.models import Report
from messaging.querysets import attachments_of
from messaging.services.reports import handle, opened
from schools.models import School

SHOWN = 100


class ReportSerializer(serializers.ModelSerializer[Report]):
    """A line of the list: nothing of what the message says."""

    message = serializers.UUIDField(source="message.uuid")
    author = serializers.UUIDField(source="message.author.uuid", allow_null=True, default=None)
    author_name = serializers.CharField(source="message.author_name")
    reporter = serializers.UUIDField(source="reporter.uuid", allow_null=True, default=None)

    class Meta:
        model = Report
        fields = [
            "uuid", "message", "author", "author_name", "reporter", "reporter_name", "reason", "words", "at",
            "closed_at", "closed_by", "note",
        ]  # fmt: skip


class ReportedMessageSerializer(ReportSerializer):
    """With the evidence: `body` is cleaned HTML, `shown` to whom it was written as the reporter saw it."""

    subject = serializers.CharField(source="message.subject")
    body = serializers.CharField(source="message.body")
    text = serializers.CharField(source="message.text")
    sent_at = serializers.DateTimeField(source="message.sent_at")
    recalled_at = serializers.DateTimeField(source="message.recalled_at", allow_null=True)
    attachments = serializers.SerializerMethodField()

    class Meta(ReportSerializer.Meta):
        fields = [
            *ReportSerializer.Meta.fields,
            "subject", "body", "text", "sent_at", "recalled_at", "shown", "attachments",
        ]  # fmt: skip

    def get_attachments(self, report: Report) -> list[dict[str, Any]]:
        joined = attachments_of([report.message])[report.message_id]
        return [dict(each) for each in AttachmentSerializer(joined, many=True).data]


class HandleSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=2_000, allow_blank=True, required=False, default="")


class ReportViewSet(GenericViewSet[Report]):
    """What was reported in the caller's scope, but for what they wrote themself."""

    queryset = Report.objects.none()
    serializer_class = ReportSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Report, Report]:
        return reports_visible_to(self.request.user)

    @extend_schema(
        responses=ReportSerializer(many=True),
        parameters=[
            OpenApiParameter("school", OpenApiTypes.UUID),
            OpenApiParameter("open", bool, description="those that nobody handled"),
        ],
    )
    def list(self, request: Request) -> Response:
        """The last 100, the last first."""
        rows = self.get_queryset()
        asked = request.query_params
        if asked.get("school"):
            rows = reports_in(rows, get_object_or_404(School.objects.all(), uuid=uuid_of(asked["school"])))
        if asked.get("open") == "true":
            rows = rows.filter(closed_at__isnull=True)
        return Response(ReportSerializer(rows[:SHOWN], many=True).data)

    @extend_schema(responses=ReportedMessageSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """One report, with the message. That it was read is written in the log."""
        found = self.get_object()
        opened(by=request.user, report=found)
        return Response(ReportedMessageSerializer(found).data)

    @extend_schema(request=HandleSerializer, responses=ReportSerializer)
    @action(detail=True, methods=["post"])
    def handle(self, request: Request, uuid: str) -> Response:
        """Marks it as handled."""
        found = self.get_object()
        handle(by=request.user, report=found, note=body_of(request, HandleSerializer)["note"])
        return Response(ReportSerializer(self.get_queryset().get(pk=found.pk)).data)

    @extend_schema(operation_id="reports_attachment", responses={(200, "*/*"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path=f"attachments/(?P<key>{UUID_PATTERN})")
    def attachment(self, request: Request, uuid: str, key: str) -> HttpResponseBase:
        """The bytes of a file of the message."""
        message = self.get_object().message
        found = get_object_or_404(message.attachments.select_related("blob"), uuid=UUID(key))
        return serve(request._request, blob=found.blob, name=found.name)
