"""What the last feeds did in a school, for whoever administers it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api import NewestFirst
from directory.api_school import SCHOOL, SchoolAct
from directory.querysets import schools_administered_by
from feeds.models import PlanRow
from feeds.querysets import awaiting_a_class, counts_of_school, plan_of_school, runs_of_school

LAST = 6
AWAITED = 200


class SchoolRowSerializer(serializers.ModelSerializer[PlanRow]):
    """What a run did to one person, or one class, of the school."""

    class Meta:
        model = PlanRow
        fields = ["kind", "action", "label", "before", "after"]


@extend_schema(parameters=[SCHOOL], responses=OpenApiTypes.OBJECT)
class SchoolFeedsView(SchoolAct):
    """The last runs that spoke of the school, with how many of each kind they concerned; who is awaited."""

    def get(self, request: Request, uuid: UUID) -> Response:
        school = self.school(uuid)
        runs = list(runs_of_school(school)[:LAST])
        counts = counts_of_school(school, runs)
        return Response(
            {
                "runs": [
                    {
                        "uuid": run.uuid,
                        "number": run.pk,
                        "source": run.source,
                        "fed_on": run.fed_on,
                        "counts": [
                            {"kind": kind, "action": action, "number": number}
                            for (kind, action), number in sorted(counts[run.pk].items())
                        ],
                    }
                    for run in runs
                ],
                "awaiting_a_class": [
                    {"uuid": pupil.uuid, "name": pupil.full_name}
                    for pupil in awaiting_a_class(school)[:AWAITED]
                ],
            }
        )


@extend_schema_view(
    get=extend_schema(
        parameters=[SCHOOL, OpenApiParameter("run", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        operation_id="administration_schools_feed_rows",
    )
)
class SchoolFeedRowsView(ListAPIView[PlanRow]):
    """What one run did in the school, row by row."""

    queryset = PlanRow.objects.none()
    serializer_class = SchoolRowSerializer
    pagination_class: Any = NewestFirst

    def get_queryset(self) -> QuerySet[PlanRow, PlanRow]:
        assert isinstance(self.request.user, User)
        school = get_object_or_404(schools_administered_by(self.request.user), uuid=self.kwargs["uuid"])
        run = get_object_or_404(runs_of_school(school), uuid=self.kwargs["run"])
        return plan_of_school(school).filter(run=run)
