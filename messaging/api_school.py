"""Messages of a school, for whoever administers it: what stops sending, who sent what to how many."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.enums import Profile
from core import clock
from core.api import body_of
from directory.api_school import SCHOOL, SchoolAct
from directory.enums import Scope
from directory.querysets.administered import people_administered_by
from messaging.care import alerts_of
from messaging.models import Alert, Message, Stop
from messaging.querysets import sent_lately, stops_of
from messaging.services.alerts import close, end_access
from messaging.services.stops import let_send, scope_of, stop_sending

DAYS, SHOWN = 30, 200


class StopSerializer(serializers.ModelSerializer[Stop]):
    """Sending stopped; an empty `profile` is everybody."""

    profile = serializers.ChoiceField(Profile.choices, allow_blank=True, required=False, default="")
    person = serializers.UUIDField(source="person.uuid", allow_null=True, default=None)
    scope = serializers.SerializerMethodField()

    class Meta:
        model = Stop
        fields = ["uuid", "profile", "person", "scope", "reason", "by", "at"]

    def get_scope(self, stop: Stop) -> str:
        return scope_of(stop).value


class NewStopSerializer(serializers.Serializer[Any]):
    profile = serializers.ChoiceField(Profile.choices, allow_blank=True, required=False, default="")
    person = serializers.UUIDField(required=False, allow_null=True, default=None)
    scope = serializers.ChoiceField(Scope.choices, required=False, default=Scope.SCHOOL)
    reason = serializers.CharField(max_length=300, allow_blank=True, required=False, default="")


class SentMessageSerializer(serializers.ModelSerializer[Message]):
    """A message sent, without its text."""

    author = serializers.UUIDField(source="author.uuid", allow_null=True, default=None)

    class Meta:
        model = Message
        fields = ["uuid", "author", "author_name", "subject", "sent_at", "reached", "recalled_at"]


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """An account that wrote like a stolen one."""

    person = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")

    class Meta:
        model = Alert
        fields = ["uuid", "person", "name", "sign", "reached", "at"]


class AlertActSerializer(serializers.Serializer[Any]):
    """`renew`: the account's password and code open nothing any more, its sessions end, a mail chosen in the last
    three months is forgotten."""

    act = serializers.ChoiceField(["close", "renew"])


class SchoolMessagesSerializer(serializers.Serializer[Any]):
    alerts = AlertSerializer(many=True)
    stops = StopSerializer(many=True)
    sent = SentMessageSerializer(many=True)


class SchoolMessagesView(SchoolAct):
    """What stops sending in a school, and what its people sent in thirty days, 200 messages at most."""

    @extend_schema(parameters=[SCHOOL], responses=SchoolMessagesSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        school = self.school(uuid)
        sent = sent_lately(school, clock.now() - timedelta(days=DAYS))[:SHOWN]
        return Response(
            SchoolMessagesSerializer(
                {"alerts": alerts_of(school), "stops": stops_of(school), "sent": sent}
            ).data
        )

    @extend_schema(parameters=[SCHOOL], request=NewStopSerializer, responses={201: StopSerializer})
    def post(self, request: Request, uuid: UUID) -> Response:
        """Stops sending."""
        school = self.school(uuid)
        asked = body_of(request, NewStopSerializer)
        made = stop_sending(
            by=self.me,
            school=school,
            scope=Scope(asked["scope"]),
            profile=Profile(asked["profile"]) if asked["profile"] else None,
            person=get_object_or_404(people_administered_by(self.me), uuid=asked["person"])
            if asked["person"]
            else None,
            reason=asked["reason"],
        )
        return Response(StopSerializer(made).data, status=status.HTTP_201_CREATED)


class SchoolAlertView(SchoolAct):
    @extend_schema(parameters=[SCHOOL], request=AlertActSerializer, responses={204: None})
    def post(self, request: Request, uuid: UUID, alert: UUID) -> Response:
        """Looked at: it is shown no more."""
        found = get_object_or_404(alerts_of(self.school(uuid)), uuid=alert)
        act = end_access if body_of(request, AlertActSerializer)["act"] == "renew" else close
        act(by=self.me, alert=found)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SchoolStopView(SchoolAct):
    @extend_schema(parameters=[SCHOOL], request=None, responses={204: None})
    def delete(self, request: Request, uuid: UUID, stop: UUID) -> Response:
        """Lets them send again."""
        school = self.school(uuid)
        let_send(by=self.me, school=school, stop=get_object_or_404(stops_of(school), uuid=stop))
        return Response(status=status.HTTP_204_NO_CONTENT)
