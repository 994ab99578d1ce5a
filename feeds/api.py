"""Runs of feeds in the API: the same scope and the same services as the console's pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.enums import Source
from core.api import UUID_PATTERN, CursorPages, JSONParser, NewestFirst, body_of
from core.models import Job
from directory.querysets import schools_administered_by
from feeds import report
from feeds.changes import tell
from feeds.enums import PlanAction, PlanKind, RunState
from feeds.models import Anomaly, FeedRun
from feeds.querysets import runs_to_decide, runs_visible_to
from feeds.rules import waits
from feeds.services import decide
from feeds.services.send import kept_job, send_csv
from feeds.services.uploads import MOST_FILES


class InOrder(CursorPages):
    ordering: Any = ("pk",)
    page_size = 200


class RunSerializer(serializers.ModelSerializer[FeedRun]):
    """A run in a list."""

    number = serializers.IntegerField(source="pk")
    academy = serializers.CharField(source="academy.code", default=None)
    school = serializers.UUIDField(source="school.uuid", default=None)

    class Meta:
        model = FeedRun
        fields = [
            "uuid",
            "number",
            "source",
            "state",
            "academy",
            "school",
            "origin",
            "fed_on",
            "started_at",
            "finished_at",
        ]


class SentSerializer(serializers.Serializer[Any]):
    """ONDE's files of one school. Without `dry_run: false`, nothing is changed."""

    school = serializers.UUIDField()
    files = serializers.ListField(child=serializers.FileField(), max_length=MOST_FILES)
    year = serializers.IntegerField(required=False, allow_null=True, min_value=2000, max_value=2100)
    dry_run = serializers.BooleanField(default=True)
    accept_departures = serializers.BooleanField(default=False)


class AcceptSerializer(serializers.Serializer[Any]):
    accept_departures = serializers.BooleanField(default=False)


class JobSerializer(serializers.ModelSerializer[Job]):
    """A job: where it stands, how far it is, what came of it."""

    progress = serializers.DictField()

    class Meta:
        model = Job
        fields = [
            "uuid",
            "name",
            "label",
            "state",
            "progress",
            "result",
            "problem",
            "started_at",
            "finished_at",
        ]


class AnomalySerializer(serializers.ModelSerializer[Anomaly]):
    class Meta:
        model = Anomaly
        fields = ["code", "file", "line", "message"]


class ChangeSerializer(serializers.Serializer[Any]):
    """A field before and after: its name in the code and in French, its values in French."""

    name = serializers.CharField(source="field")
    word = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class PlanRowSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField(source="row.kind")
    action = serializers.CharField(source="row.action")
    label = serializers.CharField(source="row.label")
    school = serializers.CharField()
    changes = ChangeSerializer(many=True)


class FeedRunViewSet(GenericViewSet[FeedRun]):
    """Runs of the caller's scope: list, report, import of a CSV, apply, undo."""

    queryset = FeedRun.objects.none()
    serializer_class = RunSerializer
    pagination_class = NewestFirst
    parser_classes = (JSONParser, MultiPartParser)
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[FeedRun]:
        return runs_visible_to(self.request.user)

    @extend_schema(
        parameters=[
            OpenApiParameter("state", enum=RunState.values),
            OpenApiParameter("source", enum=Source.values),
            OpenApiParameter("to_decide", bool, description="Those alone that wait for a decision."),
        ]
    )
    def list(self, request: Request) -> Response:
        """Runs, newest first."""
        runs = self.get_queryset()
        state, source = request.query_params.get("state"), request.query_params.get("source")
        if state in RunState.values:
            runs = runs.filter(state=state)
        if source in Source.values:
            runs = runs.filter(source=source)
        if request.query_params.get("to_decide") == "true":
            runs = runs_to_decide(runs)
        page = self.paginate_queryset(runs)
        return self.get_paginated_response(RunSerializer(page, many=True).data)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """The report of a run, with who was created, moved, restored, absent or changed, and what can be
        decided of it."""
        run = get_object_or_404(self.get_queryset(), uuid=uuid)
        decisions = {"waits": waits(run), "files_kept": kept_job(run) is not None}
        return Response({**report.as_dict(run), **decisions, "details": report.details(run)})

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True)
    def lines(self, request: Request, uuid: str) -> Response:
        """The report of a run as lines of French text."""
        run = get_object_or_404(self.get_queryset(), uuid=uuid)
        return Response({"lines": report.as_lines(report.as_dict(run))})

    @extend_schema(parameters=[OpenApiParameter("code")], responses=AnomalySerializer(many=True))
    @action(detail=True, pagination_class=InOrder)
    def anomalies(self, request: Request, uuid: str) -> Response:
        """What could not be used, a page at a time; `code` for one kind."""
        found = get_object_or_404(self.get_queryset(), uuid=uuid).anomalies.all()
        code = request.query_params.get("code")
        page = self.paginate_queryset(found.filter(code=code) if code else found)
        return self.get_paginated_response(AnomalySerializer(page, many=True).data)

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", enum=PlanKind.values),
            OpenApiParameter("action", enum=PlanAction.values),
        ],
        responses=PlanRowSerializer(many=True),
    )
    @action(detail=True, pagination_class=InOrder)
    def plan(self, request: Request, uuid: str) -> Response:
        """What the run does, row by row, each field before and after in French; a page at a time."""
        asked = {name: request.query_params.get(name) for name in ("kind", "action")}
        found = get_object_or_404(self.get_queryset(), uuid=uuid).plan.all()
        page = self.paginate_queryset(found.filter(**{name: v for name, v in asked.items() if v}))
        return self.get_paginated_response(PlanRowSerializer(tell(page or []), many=True).data)

    @extend_schema(request=SentSerializer, responses={202: JobSerializer})
    def create(self, request: Request) -> Response:
        """Imports ONDE's CSV files of a school that the caller administers, as a job."""
        sent = body_of(request, SentSerializer)
        school = get_object_or_404(schools_administered_by(request.user), uuid=sent.pop("school"))
        job = send_csv(by=request.user, school=school, **sent)
        return _accepted(job)

    @extend_schema(request=AcceptSerializer, responses={202: JobSerializer})
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, uuid: str) -> Response:
        """Applies a refused or parked run, or the files that a dry run kept, as a job."""
        run = get_object_or_404(self.get_queryset(), uuid=uuid)
        said = body_of(request, AcceptSerializer)
        return _accepted(decide.start_apply(by=request.user, run=run, **said))

    @extend_schema(request=None, responses={202: JobSerializer})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, uuid: str) -> Response:
        """Undoes an applied run, as a job."""
        run = get_object_or_404(self.get_queryset(), uuid=uuid)
        return _accepted(decide.start_undo(by=request.user, run=run))


class JobViewSet(GenericViewSet[Job]):
    """The caller's own jobs."""

    queryset = Job.objects.none()
    serializer_class = JobSerializer
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(responses=JobSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """How far a job is; 404 for someone else's."""
        job = get_object_or_404(Job, uuid=uuid, actor=request.user.uuid)
        return Response(JobSerializer(job).data)


def _accepted(job: Job) -> Response:
    return Response(JobSerializer(job).data, status=status.HTTP_202_ACCEPTED)
