"""The turn of schools, foreseen, rehearsed, reported and taken back, in the API: what the console's pages tell."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from accounts.requests import person_of
from core.api import UUID_PATTERN, body_of
from directory.querysets import schools_administered_by, standpoint_of
from directory.querysets.administered import administered_schools
from rollover import undoing
from rollover.api import AskedSerializer, StartedSerializer, academy_asked
from rollover.files import file_of
from rollover.models import Rehearsal, Turnover
from rollover.querysets import state_of, turnovers_visible_to
from rollover.report import report_of
from rollover.services import ask, export_turn
from rollover.services.preview import EndingThing, SchoolFigures, preview_school, preview_schools
from rollover.services.rehearse import KEPT
from schools.models import School

FORMS = "csv|xlsx"
FILE = {(200, "text/csv"): OpenApiTypes.BINARY}
PAGE = OpenApiParameter("page", int)


class SchoolFiguresSerializer(serializers.Serializer[SchoolFigures]):
    """A school and what its next turn would end; `due` where its year is open."""

    uuid = serializers.UUIDField(source="school.uuid")
    uai = serializers.CharField(source="school.uai")
    name = serializers.CharField(source="school.name")
    class_year = serializers.IntegerField(source="school.class_year")
    running_year = serializers.IntegerField(source="school.running_year")
    year = serializers.IntegerField()
    due = serializers.BooleanField()
    grants = serializers.IntegerField(source="purged")
    decided = serializers.IntegerField()
    told = serializers.JSONField()


class RehearsalSerializer(serializers.ModelSerializer[Rehearsal]):
    class Meta:
        model = Rehearsal
        fields = ["uuid", "from_year", "to_year", "at", "by", "told"]


class FiguresPages(PageNumberPagination):
    page_size = 40


class SchoolTurnViewSet(GenericViewSet[School]):
    """The schools that the caller administers, and what their next turn would end."""

    queryset = School.objects.none()
    serializer_class = SchoolFiguresSerializer
    pagination_class = FiguresPages
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[School]:
        return schools_administered_by(person_of(self.request._request)).order_by("name", "pk")

    def _person(self) -> User:
        return person_of(self.request._request)

    def _required(self) -> QuerySet[School]:
        me = standpoint_of(self._person())
        if not me.administers_something:
            raise Http404
        return administered_schools(me).order_by("name", "pk")

    def list(self, request: Request) -> Response:
        """Each with its figures, counted together, a page at a time."""
        page = self.paginate_queryset(self._required()) or []
        return self.get_paginated_response(SchoolFiguresSerializer(preview_schools(page), many=True).data)

    @extend_schema(parameters=[PAGE], responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """What the next turn of a school would end: classes, shares, people, what stays, what was decided; its
        things, a page at a time. `told` is null where it has no class to turn."""
        school = get_object_or_404(self.get_queryset(), uuid=uuid)
        number = _number(request)
        found = preview_school(
            school, first=(number - 1) * FiguresPages.page_size, most=FiguresPages.page_size
        )
        if found is None:
            return Response({"school": school.uuid, "told": None})
        last = Rehearsal.objects.filter(school=school).first()
        return Response(
            {
                "school": school.uuid,
                "year": found.year,
                "told": found.kept(),
                "last_rehearsal": RehearsalSerializer(last).data if last else None,
                "things": [_thing(each) for each in found.things],
                "things_left_out": found.things_left_out,
            }
        )

    @extend_schema(operation_id="rollovers_schools_export_all", responses=FILE)
    @action(detail=False, url_path=rf"export/(?P<form>{FORMS})")
    def export_all(self, request: Request, form: str) -> HttpResponseBase:
        """The figures of every school of the scope, as a spreadsheet; recorded."""
        rows = export_turn.export_schools(by=self._person(), schools=list(self._required()), form=form)
        return file_of(rows, name="changement-d-annee", form=form)

    @extend_schema(responses=FILE)
    @action(detail=True, url_path=rf"export/(?P<form>{FORMS})")
    def export(self, request: Request, uuid: str, form: str) -> HttpResponseBase:
        """What the turn of a school would end, as a spreadsheet; recorded."""
        school = get_object_or_404(self.get_queryset(), uuid=uuid)
        rows = export_turn.export_preview(by=self._person(), school=school, form=form)
        return file_of(rows, name=f"changement-d-annee-{school.uai}", form=form)

    @extend_schema(responses=RehearsalSerializer(many=True))
    @action(detail=True)
    def rehearsals(self, request: Request, uuid: str) -> Response:
        """The last rehearsals of a school, the newest first."""
        school = get_object_or_404(self.get_queryset(), uuid=uuid)
        kept = Rehearsal.objects.filter(school=school)[:KEPT]
        return Response(RehearsalSerializer(kept, many=True).data)

    @extend_schema(request=AskedSerializer, responses={202: StartedSerializer})
    @action(detail=False, methods=["post"])
    def rehearse(self, request: Request) -> Response:
        """Rehearses the turn of a school, or of an academy's, as a job; nothing is changed."""
        asked, by = body_of(request, AskedSerializer), self._person()
        if "school" in asked:
            school = get_object_or_404(self.get_queryset(), uuid=asked["school"])
            job = ask.start_rehearsal(by=by, school=school)
        else:
            job = ask.start_rehearsal(by=by, academy=academy_asked(by, asked["academy"]))
        return Response(StartedSerializer(job).data, status=status.HTTP_202_ACCEPTED)


class TurnoverReportViewSet(GenericViewSet[Turnover]):
    """One school's turn: its report, and what its undo would put back."""

    queryset = Turnover.objects.none()
    serializer_class = RehearsalSerializer
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Turnover]:
        return turnovers_visible_to(standpoint_of(person_of(self.request._request)))

    def _found(self, uuid: str) -> Turnover:
        return get_object_or_404(self.get_queryset(), uuid=UUID(uuid))

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """When, by what, what ended, who lost something, what is left to do; what its undo put back."""
        turnover = self._found(uuid)
        report = report_of(turnover)
        return Response(
            {
                "uuid": turnover.uuid,
                "run": turnover.run,
                "school": turnover.school.uuid,
                "from_year": turnover.from_year,
                "to_year": turnover.to_year,
                "at": turnover.at,
                "state": state_of(turnover),
                "automatic": turnover.automatic,
                "feed_run": turnover.feed_run,
                "by": turnover.by,
                "told": report.told,
                "classes": [asdict(each) for each in report.classes],
                "detachments_lifted": len(turnover.lifted_detachments),
                "blocks_lifted": len(turnover.lifted_blocks),
                "left": [{"label": label, "number": number} for label, number, _ in report.left],
                "undone_at": turnover.undone_at,
                "undone": turnover.undo_figures or None,
            }
        )

    @extend_schema(responses=FILE)
    @action(detail=True, url_path=rf"export/(?P<form>{FORMS})")
    def export(self, request: Request, uuid: str, form: str) -> HttpResponseBase:
        """The report as a spreadsheet; recorded."""
        turnover, by = self._found(uuid), person_of(request._request)
        rows = export_turn.export_report(by=by, turnover=turnover, form=form)
        return file_of(rows, name=f"compte-rendu-{turnover.school.uai}", form=form)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True, url_path="undo")
    def foresee(self, request: Request, uuid: str) -> Response:
        """What its undo would put back, to the row; `refusal` says what forbids it now."""
        turnover = self._found(uuid)
        refusal = undoing.refusal_of([turnover])
        back = None if turnover.undone_at else undoing.foresee([turnover])[turnover.school_id]
        return Response(
            {
                "turnover": turnover.uuid,
                "run": turnover.run,
                "back": back.kept() if back else None,
                "refusal": refusal.as_problem() if refusal else None,
            }
        )


def _number(request: Request) -> int:
    """The page asked; what is no page is the first."""
    return int(Paginator(range(10**9), 1).get_page(request.query_params.get("page")).number)


def _thing(thing: EndingThing) -> dict[str, Any]:
    return {
        "resource": thing.resource.uuid,
        "title": thing.resource.title,
        "kind": thing.resource.kind,
        "endings": [
            {"group": each.group.label, "role": each.role, "year": each.year, "people": each.number}
            for each in thing.endings
        ],
    }
