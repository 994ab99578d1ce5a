"""« Préparer la rentrée », for machines: a school's steps and checklist, a scope's schools and districts."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import sessions
from core import clock
from core.api import body_of
from core.text import uuid_of
from directory.api_school import SCHOOL, SchoolAct
from directory.querysets.administered import administered_academies
from directory.querysets.standpoint import standpoint_of
from directory.services.season import reopen_item, see_item, set_first_day
from feeds.calendar import Stage, calendar_of
from feeds.season_file import season_file
from feeds.season_scope import DistrictNeed, by_need, districts_by_need, in_district, schools_of
from schools.boards import Board, Line, boards
from schools.models import Academy, School, SchoolYear
from schools.season import first_day_in, year_prepared
from schools.services.season import REASON

DISTRICT = OpenApiParameter("district", OpenApiTypes.UUID, description="The schools of this district alone.")


class SeasonLineSerializer(serializers.Serializer[Line]):
    """An item of the checklist; `number` is null before its time."""

    key = serializers.CharField(source="item.key")
    label = serializers.CharField(source="item.label")
    why = serializers.CharField(source="item.why")
    state = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    words = serializers.CharField()
    arrives = serializers.BooleanField(source="item.arrives")
    may_be_seen = serializers.BooleanField(source="item.may_be_seen")
    url = serializers.CharField()
    seen_at = serializers.DateTimeField(source="seen.at", default=None)
    reason = serializers.CharField(source="seen.reason", default="")


class SeasonStageSerializer(serializers.Serializer[Stage]):
    """A step; `day` is its own where `dated`, else around when it is awaited."""

    step = serializers.CharField(source="step.name")
    label = serializers.CharField(source="step.label")
    state = serializers.CharField()
    day = serializers.DateField(allow_null=True)
    dated = serializers.BooleanField()


class SeasonSchoolSerializer(serializers.Serializer[Board]):
    """A school of a scope: where it stands, how many points are open, each item's count."""

    uuid = serializers.UUIDField(source="school.uuid")
    uai = serializers.CharField(source="school.uai")
    name = serializers.CharField(source="school.name")
    city = serializers.CharField(source="school.city")
    year = serializers.IntegerField(source="standing.year")
    step = serializers.CharField(source="step.name")
    open = serializers.IntegerField()
    alerts = serializers.IntegerField()
    counts = serializers.SerializerMethodField()

    def get_counts(self, board: Board) -> dict[str, int | None]:
        return {line.item.key: line.number for line in board.lines}


class SeasonDistrictSerializer(serializers.Serializer[DistrictNeed]):
    """A district: how many of its schools have something open. `uuid` is null for schools without one."""

    uuid = serializers.UUIDField(source="district.uuid", default=None)
    name = serializers.CharField(source="district.name", default="")
    schools = serializers.IntegerField()
    helped = serializers.IntegerField()
    open = serializers.IntegerField()
    alerts = serializers.IntegerField()


class SeasonSeenSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=REASON, required=False, default="", allow_blank=True)


class FirstDaySerializer(serializers.Serializer[Any]):
    """The first day of class of an academy, in the year that its schools prepare: `chosen` where somebody said it,
    else null; `first_day`, the one that stands."""

    academy = serializers.CharField(source="year.academy.code", read_only=True)
    name = serializers.CharField(source="year.academy.name", read_only=True)
    year = serializers.IntegerField(source="year.year", read_only=True)
    first_day = serializers.DateField(read_only=True)
    chosen = serializers.DateField(source="year.first_day", allow_null=True, required=False)


class SeasonPages(PageNumberPagination):
    page_size = 40


class SeasonAct(SchoolAct):
    """For whoever administers something; to the others nothing is here."""

    def asked(self) -> list[School]:
        """The schools of the scope, or those of the district of the address. Raises Http404."""
        me = standpoint_of(self.me)
        if not me.administers_something:
            raise Http404
        schools, told = schools_of(me), self.request.GET.get("district", "")
        if told:
            district = uuid_of(told)
            if district is None or not (found := list(in_district(schools, district))):
                raise Http404
            return found
        return list(schools)


class SeasonSchoolsView(SeasonAct):
    """The schools of the caller's scope, who needs help first."""

    @extend_schema(
        operation_id="season_schools_list",
        parameters=[DISTRICT],
        responses=SeasonSchoolSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        pages = SeasonPages()
        found = by_need(boards(self.asked(), clock.today()))
        page = pages.paginate_queryset(found, request)
        return pages.get_paginated_response(SeasonSchoolSerializer(page or [], many=True).data)


class SeasonDistrictsView(SeasonAct):
    """The districts of the caller's scope, who needs help first; figures are at most ten minutes old."""

    @extend_schema(operation_id="season_districts_list", responses=SeasonDistrictSerializer(many=True))
    def get(self, request: Request) -> Response:
        me = standpoint_of(self.me)
        if not me.administers_something:
            raise Http404
        return Response(SeasonDistrictSerializer(districts_by_need(me, clock.today()), many=True).data)


class SeasonFileView(SeasonAct):
    """The same as a spreadsheet; of one school, its checklist. Recorded."""

    @extend_schema(
        operation_id="season_export",
        parameters=[DISTRICT],
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, form: str) -> HttpResponseBase:
        schools = self.asked()
        if not schools:
            raise Http404
        return season_file(by=self.me, schools=schools, form=form)


class FirstDaysView(SeasonAct):
    """The first day of class of the academies that the caller administers whole."""

    @extend_schema(operation_id="season_academies_list", responses=FirstDaySerializer(many=True))
    def get(self, request: Request) -> Response:
        academies = administered_academies(standpoint_of(self.me))
        if not academies:
            raise Http404
        return Response([_first_day(year_prepared(academy, clock.today())) for academy in academies])


class FirstDayView(SeasonAct):
    """The first day of class of one academy; null, or nothing, goes back to the usual one."""

    def academy(self, code: str) -> Academy:
        """Raises Http404."""
        return get_object_or_404(administered_academies(standpoint_of(self.me)), code=code)

    @extend_schema(operation_id="season_academy_retrieve", responses=FirstDaySerializer)
    def get(self, request: Request, code: str) -> Response:
        return Response(_first_day(year_prepared(self.academy(code), clock.today())))

    @extend_schema(
        operation_id="season_academy_first_day", request=FirstDaySerializer, responses=FirstDaySerializer
    )
    def put(self, request: Request, code: str) -> Response:
        sessions.require_full_assurance(request)
        academy = self.academy(code)
        day = body_of(request, FirstDaySerializer).get("year", {}).get("first_day")
        year = year_prepared(academy, clock.today()).year
        return Response(_first_day(set_first_day(by=self.me, academy=academy, year=year, day=day)))


def _first_day(year: SchoolYear) -> dict[str, Any]:
    return FirstDaySerializer({"year": year, "first_day": first_day_in(year)}).data


@extend_schema(parameters=[SCHOOL])
class SeasonView(SeasonAct):
    """A school's way to its new year: its steps and its checklist."""

    @extend_schema(operation_id="season_retrieve", responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, uuid: UUID) -> Response:
        (board,) = boards([self.school(uuid)], clock.today())
        calendar = calendar_of(board)
        return Response(
            {
                **SeasonSchoolSerializer(board).data,
                "steps": SeasonStageSerializer(calendar.stages, many=True).data,
                "items": SeasonLineSerializer(board.lines, many=True).data,
                "turnover": calendar.turnover,
                "shares_ended": calendar.withdrawn,
            }
        )


@extend_schema(parameters=[SCHOOL])
class SeasonItemView(SeasonAct):
    """An item that was looked at, and whose count may stay."""

    @extend_schema(operation_id="season_item_seen", request=SeasonSeenSerializer, responses={204: None})
    def post(self, request: Request, uuid: UUID, key: str) -> Response:
        sessions.require_full_assurance(request)
        reason = body_of(request, SeasonSeenSerializer)["reason"]
        see_item(by=self.me, school=self.school(uuid), item=key, reason=reason)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="season_item_reopened", responses={204: None})
    def delete(self, request: Request, uuid: UUID, key: str) -> Response:
        """It is to be looked at again."""
        sessions.require_full_assurance(request)
        if not reopen_item(by=self.me, school=self.school(uuid), item=key):
            return Response(status=status.HTTP_404_NOT_FOUND)
        return Response(status=status.HTTP_204_NO_CONTENT)
