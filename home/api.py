"""Notices of a school, in the API: read, acknowledged, written and followed by the same services as the pages."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.enums import Profile
from core.api import UUID_PATTERN, body_of
from core.text import uuid_of
from directory.annuaire.viewer import Viewer, viewer_of
from directory.querysets.administered import administered_schools
from home.enums import Stage, Weight
from home.lines import counts_of, lines_of
from home.models import TITLE_LENGTH, Notice
from home.querysets import (
    asked_by,
    classes_of,
    classes_offered,
    in_order,
    notices_managed_within,
    notices_visible_to,
    of_stage,
)
from home.services import acknowledge, notices
from home.services.notices import Words, stage_of
from schools.models import School
from sharing.reaching import reach_in

MOST = 200


class NoticeSerializer(serializers.Serializer[Any]):
    """A notice as the caller reads it. `children`: those of theirs that it is about; `asked`: it waits, or
    waited until `read_at`, for their word."""

    uuid = serializers.UUIDField(source="notice.uuid")
    school = serializers.UUIDField(source="notice.school.uuid")
    title = serializers.CharField(source="notice.title")
    body = serializers.CharField(source="notice.body")
    weight = serializers.ChoiceField(Weight.choices, source="notice.weight")
    starts_on = serializers.DateField(source="notice.starts_on")
    ends_on = serializers.DateField(source="notice.ends_on")
    children = serializers.SerializerMethodField()
    asked = serializers.BooleanField(source="concern.asked")
    read_at = serializers.DateTimeField(source="concern.read_at", allow_null=True)

    def get_children(self, line: Any) -> list[str]:
        return [str(child.uuid) for child in line.concern.children]


class ManagedNoticeSerializer(serializers.ModelSerializer[Notice]):
    """A notice as who administers its school reads it; no class is the whole school."""

    school = serializers.UUIDField(source="school.uuid")
    profiles = serializers.ListField(child=serializers.ChoiceField(Profile.choices))
    classes = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField()

    class Meta:
        model = Notice
        fields = [
            "uuid", "school", "title", "body", "profiles", "classes", "weight", "asks", "starts_on", "ends_on",
            "stage", "changed_at", "posted_at", "withdrawn_at", "reminded_on",
        ]  # fmt: skip

    def get_classes(self, notice: Notice) -> list[str]:
        return [str(each.uuid) for each in self.context["classes"].get(notice.pk, [])]

    def get_stage(self, notice: Notice) -> str:
        return stage_of(notice).value


class NoticeWordsSerializer(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=TITLE_LENGTH, allow_blank=True, default="")
    body = serializers.CharField(allow_blank=True, default="")
    profiles = serializers.ListField(child=serializers.ChoiceField(Profile.choices))
    classes = serializers.ListField(child=serializers.UUIDField(), default=list)
    weight = serializers.ChoiceField(Weight.choices, default=Weight.NORMAL)
    asks = serializers.BooleanField(default=False)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class NewNoticeSerializer(NoticeWordsSerializer):
    school = serializers.UUIDField()


class ReaderSerializer(serializers.Serializer[Any]):
    """A relative who was asked, for one of their children."""

    relative = serializers.UUIDField()
    pupil = serializers.UUIDField()
    school_class = serializers.CharField()
    read_at = serializers.DateTimeField(allow_null=True)


class ReadersSerializer(serializers.Serializer[Any]):
    asked = serializers.IntegerField()
    read = serializers.IntegerField()
    readers = ReaderSerializer(many=True)


class NoticeViewSet(GenericViewSet[Notice]):
    """What one's schools tell today; with `managed`, all that one writes, of a `stage` where it is given."""

    queryset: QuerySet[Notice] = Notice.objects.none()
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN
    serializer_class = NoticeSerializer
    pagination_class = None

    @extend_schema(
        responses=NoticeSerializer(many=True),
        parameters=[OpenApiParameter("managed", bool), OpenApiParameter("stage", str, enum=Stage.values)],
    )
    def list(self, request: Request) -> Response:
        if "managed" in request.query_params:
            rows = self._managed_rows()
            stage = request.query_params.get("stage")
            if stage is not None:
                if stage not in Stage.values:
                    raise NotFound()
                rows = of_stage(rows, Stage(stage))
            return Response(self._told(list(rows.order_by("-starts_on", "-pk")[:MOST])))
        reach = reach_in(request._request)
        found = list(in_order(notices_visible_to(reach))[:MOST])
        return Response(NoticeSerializer(lines_of(self._viewer.person, found, reach), many=True).data)

    def retrieve(self, request: Request, uuid: str) -> Response:
        """As one reads it; as one writes it, with `managed`."""
        if "managed" in request.query_params:
            return Response(self._told([self._managed(uuid)])[0])
        found = self._visible(uuid)
        (line,) = lines_of(self._viewer.person, [found], reach_in(request._request))
        return Response(NoticeSerializer(line).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, uuid: str) -> Response:
        """« J’ai lu »."""
        acknowledge.acknowledge(by=self._viewer.person, notice=self._visible(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=NewNoticeSerializer, responses={201: ManagedNoticeSerializer})
    def create(self, request: Request) -> Response:
        """A draft."""
        asked = body_of(request, NewNoticeSerializer)
        if not self._manages:
            raise NotFound()
        mine = administered_schools(self._viewer.standpoint)
        school: School = get_object_or_404(mine, uuid=asked.pop("school"))
        made = notices.write(by=self._viewer.person, school=school, words=self._words(school, asked))
        return Response(self._told([made])[0], status=status.HTTP_201_CREATED)

    @extend_schema(request=NoticeWordsSerializer, responses=ManagedNoticeSerializer)
    def update(self, request: Request, uuid: str) -> Response:
        """All that it says and to whom."""
        found = self._managed(uuid)
        words = self._words(found.school, body_of(request, NoticeWordsSerializer))
        done = notices.edit(by=self._viewer.person, notice=found, words=words)
        return Response(self._told([done])[0])

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """For good: a draft, or one withdrawn."""
        notices.erase(by=self._viewer.person, notice=self._managed(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=ManagedNoticeSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, uuid: str) -> Response:
        """Publishes a draft."""
        return self._did(notices.post(by=self._viewer.person, notice=self._managed(uuid)))

    @extend_schema(request=None, responses=ManagedNoticeSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, uuid: str) -> Response:
        return self._did(notices.withdraw(by=self._viewer.person, notice=self._managed(uuid)))

    @extend_schema(request=None, responses=ManagedNoticeSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, uuid: str) -> Response:
        return self._did(notices.put_back(by=self._viewer.person, notice=self._managed(uuid)))

    @extend_schema(responses=ReadersSerializer)
    @action(detail=True, methods=["get"])
    def readers(self, request: Request, uuid: str) -> Response:
        """Whom it asks, class by class, and since when they have read."""
        asked = asked_by(self._managed(uuid))
        everybody, _ = counts_of(asked)
        return Response(
            ReadersSerializer(
                {
                    "asked": everybody.number,
                    "read": everybody.done,
                    "readers": [
                        {
                            "relative": each.relative_uuid,
                            "pupil": each.pupil_uuid,
                            "school_class": each.label,
                            "read_at": each.read_at,
                        }
                        for each in asked
                    ],
                }
            ).data
        )

    @extend_schema(
        request=None, responses={200: {"type": "object", "properties": {"people": {"type": "integer"}}}}
    )
    @action(detail=True, methods=["post"])
    def remind(self, request: Request, uuid: str) -> Response:
        """Tells those who have not read it, once a day at most."""
        count = acknowledge.remind(by=self._viewer.person, notice=self._managed(uuid))
        return Response({"people": count})

    @property
    def _viewer(self) -> Viewer:
        return viewer_of(self.request._request)

    @property
    def _manages(self) -> bool:
        me = self._viewer
        return me.person.profile != Profile.PUPIL and me.standpoint.administers_something

    def _managed_rows(self) -> QuerySet[Notice, Notice]:
        if not self._manages:
            return Notice.objects.none()
        return notices_managed_within(self._viewer.standpoint)

    def _managed(self, uuid: str) -> Notice:
        found: Notice = get_object_or_404(self._managed_rows(), uuid=uuid_of(uuid))
        return found

    def _visible(self, uuid: str) -> Notice:
        rows = notices_visible_to(reach_in(self.request._request))
        found: Notice = get_object_or_404(rows, uuid=uuid_of(uuid))
        return found

    def _words(self, school: School, asked: dict[str, Any]) -> Words:
        """Raises NotFound for a class that is not one of the school's now."""
        named = set(asked.pop("classes"))
        classes = list(classes_offered(school).filter(uuid__in=named))
        if len(classes) != len(named):
            raise NotFound()
        profiles = [Profile(each) for each in asked.pop("profiles")]
        return Words(**asked | {"weight": Weight(asked["weight"])}, profiles=profiles, classes=classes)

    def _told(self, found: Sequence[Notice]) -> Any:
        context = {"classes": classes_of(found)}
        return ManagedNoticeSerializer(found, many=True, context=context).data

    def _did(self, notice: Notice) -> Response:
        return Response(self._told([notice])[0])
