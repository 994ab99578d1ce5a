"""What is new, in the API: the same lines, marks and choices as the pages."""

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
from directory.annuaire.viewer import viewer_of
from sharing.reaching import reach_in
from timeline.enums import MailPace
from timeline.lines import lines_of
from timeline.models import Event
from timeline.querysets import News, news_about, news_of, unread_count
from timeline.services import read
from timeline.services.preferences import choices_of, prefer
from ui import applications

MOST = 100


class NewsSerializer(serializers.Serializer[Any]):
    """An event as the caller reads it; `url` is the page of its thing."""

    uuid = serializers.UUIDField()
    kind = serializers.CharField()
    at = serializers.DateTimeField()
    actor = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    url = serializers.CharField()
    unread = serializers.BooleanField()


class ChoiceSerializer(serializers.Serializer[Any]):
    """What the caller wants of one kind. `text`: its mails quote it, where the kind has words to quote; left
    out, it stays as it was."""

    kind = serializers.CharField()
    page = serializers.BooleanField()
    mail = serializers.ChoiceField(choices=MailPace.choices)
    text = serializers.BooleanField(required=False)


class UntilSerializer(serializers.Serializer[Any]):
    until = serializers.UUIDField()


class NewsViewSet(GenericViewSet[Event]):
    """What is new for the caller, the newest first; `before` (a UUID) asks for what is older."""

    queryset: QuerySet[Event] = Event.objects.none()
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN
    serializer_class = NewsSerializer
    pagination_class = None

    @extend_schema(
        responses=NewsSerializer(many=True),
        parameters=[OpenApiParameter("app", str), OpenApiParameter("before", str)],
    )
    def list(self, request: Request) -> Response:
        person, reach = viewer_of(request._request).person, reach_in(request._request)
        asked = request.query_params
        before = self._news(asked["before"]).event.pk if "before" in asked else None
        app = asked.get("app")
        news = news_of(
            person,
            reach,
            count=MOST,
            before=before,
            apps=[app] if app else None,
            shut=applications.closed(request._request),
        )
        return Response(NewsSerializer(_told(news, person.profile), many=True).data)

    def retrieve(self, request: Request, uuid: str) -> Response:
        news = self._news(uuid)
        (told,) = _told([news], viewer_of(request._request).person.profile)
        return Response(NewsSerializer(told).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def read(self, request: Request, uuid: str) -> Response:
        """Marks one as read."""
        read.read(by=viewer_of(request._request).person, event=self._news(uuid).event)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=UntilSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def read_all(self, request: Request) -> Response:
        """Marks everything as read, up to an event."""
        news = self._news(str(body_of(request, UntilSerializer)["until"]))
        read.read_all(by=viewer_of(request._request).person, until=news.event)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={200: {"type": "object", "properties": {"unread": {"type": "integer"}}}})
    @action(detail=False, methods=["get"])
    def count(self, request: Request) -> Response:
        """How many are not read, 99 at most; messages are counted by `messages/count`."""
        asked = request._request
        shut = applications.closed(asked)
        return Response({"unread": unread_count(viewer_of(asked).person, reach_in(asked), shut=shut)})

    @extend_schema(responses=ChoiceSerializer(many=True))
    @action(detail=False, methods=["get"])
    def choices(self, request: Request) -> Response:
        """What the caller wants of each kind, chosen or by default."""
        found = choices_of(viewer_of(request._request).person)
        told = [
            {"kind": each.kind.key, "page": each.page, "mail": each.mail, "text": each.text} for each in found
        ]
        return Response(ChoiceSerializer(told, many=True).data)

    @extend_schema(request=ChoiceSerializer, responses={204: None})
    @choices.mapping.post
    def choose(self, request: Request) -> Response:
        """Keeps a choice for one kind."""
        asked = body_of(request, ChoiceSerializer)
        prefer(
            by=viewer_of(request._request).person,
            kind=asked["kind"],
            page=asked["page"],
            mail=MailPace(asked["mail"]),
            text=asked.get("text"),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _news(self, uuid: str) -> News:
        """An event that the caller may know; a 404 otherwise."""
        asked = self.request._request
        rows = Event.objects.select_related("resource", "school")
        event: Event = get_object_or_404(rows, uuid=uuid_of(uuid))
        found = news_about(viewer_of(asked).person, reach_in(asked), event)
        if found is None:
            raise NotFound()
        return found


def _told(news: list[News], profile: str) -> list[dict[str, Any]]:
    """One line an event: a machine groups as it likes."""
    return [
        {
            "uuid": line.newest.uuid,
            "kind": line.newest.kind,
            "at": line.at,
            "actor": line.newest.actor,
            "title": line.told.title,
            "url": line.told.url,
            "unread": line.unread,
        }
        for line in lines_of(news, pupil=profile == Profile.PUPIL, apart=True)
    ]
