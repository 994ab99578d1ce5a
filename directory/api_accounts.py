"""The accounts that the caller administers, in the API: the console's list, filters and export."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts import sessions
from accounts.enums import Profile, Source
from accounts.models import User
from core.api import CursorPages, body_of
from directory import bulk_jobs
from directory.account_export import export_response
from directory.account_filters import AccountFilters, AccountState
from directory.account_lines import AccountLine, account_lines
from directory.account_search import find_accounts
from directory.querysets import classes_administered_by, groups_administered_by
from directory.querysets.accounts import schools_asked
from directory.querysets.administered import administered_schools
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint
from directory.services.bulk_accounts import MOST, BulkAct, Foreseen, Order, choose, foresee
from schools.models import School


class ByName(CursorPages):
    ordering: Any = ("sort_name", "pk")


class AccountLineSerializer(serializers.Serializer[AccountLine]):
    """An account in the list; schools, classes and children are those of the caller's scope."""

    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    first_name = serializers.CharField(source="person.first_name")
    last_name = serializers.CharField(source="person.last_name")
    username = serializers.CharField(source="person.username")
    profile = serializers.CharField(source="person.profile")
    source = serializers.CharField(source="person.source")
    state = serializers.CharField()
    functions = serializers.ListField(child=serializers.CharField())
    classes = serializers.ListField(child=serializers.CharField())
    schools = serializers.ListField(child=serializers.CharField())
    children = serializers.ListField(child=serializers.CharField())


class AccountFiltersSerializer(serializers.Serializer[Any]):
    """What accounts are asked for; filters combine. `school` is one of the scope, by its UUID."""

    q = serializers.CharField(max_length=80, required=False, allow_blank=True)
    school = serializers.UUIDField(required=False)
    profile = serializers.ChoiceField(Profile.choices, required=False)
    school_class = serializers.UUIDField(required=False)
    function = serializers.CharField(max_length=120, required=False, allow_blank=True)
    source = serializers.ChoiceField(Source.choices, required=False)
    state = serializers.ChoiceField(AccountState.choices, required=False)
    without_class = serializers.BooleanField(required=False)
    without_ine = serializers.BooleanField(required=False)
    since = serializers.DateField(required=False)


class AccountsBulkSerializer(AccountFiltersSerializer):
    """An act, and on whom: `people`, or with `everything` all that the filters list."""

    act = serializers.ChoiceField(BulkAct.choices)
    people = serializers.ListField(child=serializers.UUIDField(), max_length=MOST, default=list)
    everything = serializers.BooleanField(default=False)
    into_class = serializers.UUIDField(required=False)
    into_group = serializers.UUIDField(required=False)
    reason = serializers.CharField(max_length=500, default="", allow_blank=True)
    message = serializers.CharField(max_length=500, default="", allow_blank=True)
    dry_run = serializers.BooleanField(default=True)


class AccountsChosenSerializer(serializers.Serializer[Any]):
    """Accounts by their UUID."""

    people = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST)


class SkippedSerializer(serializers.Serializer[Any]):
    """Somebody left out, and why."""

    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    why = serializers.CharField()


class ForeseenSerializer(serializers.Serializer[Foreseen]):
    """What an act would do now, and whom it would leave out."""

    count = serializers.IntegerField()
    skipped = SkippedSerializer(many=True)


class AccountsStartedSerializer(serializers.Serializer[Any]):
    """The job that does it, and on how many."""

    job = serializers.UUIDField()
    count = serializers.IntegerField()


def filters_asked(given: dict[str, Any]) -> AccountFilters:
    """The filters of a body or of an address already read by its serializer."""
    return AccountFilters(
        typed=given.get("q", "").strip(),
        profile=Profile(given["profile"]) if given.get("profile") else None,
        school_class=given.get("school_class"),
        function=given.get("function", "").strip(),
        source=Source(given["source"]) if given.get("source") else None,
        state=AccountState(given["state"]) if given.get("state") else None,
        without_class=given.get("without_class", False),
        without_ine=given.get("without_ine", False),
        since=given.get("since"),
    )


def school_asked(me: Standpoint, given: dict[str, Any]) -> School | None:
    """The school of a request, of the scope. Raises Http404."""
    if given.get("school") is None:
        return None
    return get_object_or_404(administered_schools(me), uuid=given["school"])


class AdministeredPeopleViewSet(GenericViewSet[User]):
    """Accounts of the caller's scope: the list, and what is done from it. Nobody out of it is counted."""

    queryset = User.objects.none()
    serializer_class = AccountLineSerializer
    pagination_class = ByName

    @extend_schema(parameters=[AccountFiltersSerializer])
    def list(self, request: Request) -> Response:
        """Accounts by name, filtered; those on their way out under `state=pre_deleted` alone."""
        me, school, filters = self._asked(request)
        people: QuerySet[User] = User.objects.none()
        if me.administers_something:
            people = find_accounts(me, school, filters).people
        page = self.paginate_queryset(people)
        lines = account_lines(page or [], schools_asked(me, school))
        return self.get_paginated_response(AccountLineSerializer(lines, many=True).data)

    @extend_schema(
        operation_id="administered_people_export",
        parameters=[AccountFiltersSerializer],
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    @action(detail=False, methods=["get"], url_path="export/(?P<form>csv|xlsx)", url_name="export")
    def export(self, request: Request, form: str) -> HttpResponseBase:
        """The same list whole, as CSV or XLSX; recorded."""
        me, school, filters = self._asked(request)
        if not me.administers_something:
            raise Http404
        return export_response(by=request.user, school=school, filters=filters, form=form)

    @extend_schema(
        operation_id="administered_people_export_chosen",
        request=AccountsChosenSerializer,
        responses={(200, "text/csv"): OpenApiTypes.BINARY},
    )
    @export.mapping.post
    def export_chosen(self, request: Request, form: str) -> HttpResponseBase:
        """These accounts alone, those of the scope, as CSV or XLSX; recorded."""
        given = body_of(request, AccountsChosenSerializer)
        if not standpoint_of(request.user).administers_something:
            raise Http404
        return export_response(
            by=request.user, school=None, filters=AccountFilters(), form=form, chosen=given["people"]
        )

    @extend_schema(
        operation_id="administered_people_bulk",
        request=AccountsBulkSerializer,
        responses={200: ForeseenSerializer, 202: AccountsStartedSerializer},
    )
    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        """One act on many accounts. Foreseen unless `dry_run` is false; then a job, to follow in `jobs`."""
        sessions.require_full_assurance(request)
        given = body_of(request, AccountsBulkSerializer)
        me = standpoint_of(request.user)
        if not me.administers_something:
            raise Http404
        school, order = school_asked(me, given), self._order(request, given)
        uuids = None if given["everything"] else given["people"]
        people = choose(by=request.user, school=school, filters=filters_asked(given), uuids=uuids)
        if given["dry_run"]:
            told = foresee(by=request.user, order=order, people=people)
            return Response(ForeseenSerializer(told).data)
        job = bulk_jobs.start(by=request.user, order=order, people=people)
        return Response({"job": job.uuid, "count": len(people)}, status=status.HTTP_202_ACCEPTED)

    def _order(self, request: Request, given: dict[str, Any]) -> Order:
        act = BulkAct(given["act"])
        target: dict[str, Any] = {}
        if act == BulkAct.CLASS:
            classes = classes_administered_by(request.user).select_related("school")
            target["school_class"] = get_object_or_404(classes, uuid=given.get("into_class"))
        if act == BulkAct.GROUP:
            groups = groups_administered_by(request.user).select_related("school", "school_class")
            target["group"] = get_object_or_404(groups, uuid=given.get("into_group"))
        return Order(act=act, reason=given["reason"], message=given["message"], **target)

    def _asked(self, request: Request) -> tuple[Standpoint, School | None, AccountFilters]:
        asked = AccountFiltersSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        me = standpoint_of(request.user)
        return me, school_asked(me, asked.validated_data), filters_asked(asked.validated_data)
