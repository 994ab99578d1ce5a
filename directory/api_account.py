"""The address of one's own, in the API: a mail goes, so the directory serves it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import sessions
from accounts.enums import Profile
from accounts.models import User
from accounts.rules import EMAIL_LENGTH
from core.api import body_of
from directory.annuaire.seen_by import READERS, Seen, seen_by_others
from directory.services.own_address import ask_confirmation


class EmailSerializer(serializers.Serializer[Any]):
    """The address wanted: kept once the link sent to it was opened."""

    email = serializers.EmailField(max_length=EMAIL_LENGTH)


class OwnEmailView(APIView):
    """Asks for an address of one's own."""

    @extend_schema(operation_id="me_ask_email", request=EmailSerializer, responses={202: None})
    def post(self, request: Request) -> Response:
        sessions.require_full_assurance(request)
        if request.user.profile == Profile.PUPIL:
            raise PermissionDenied
        given = body_of(request, EmailSerializer)
        person = User.objects.get(pk=request.user.pk)
        ask_confirmation(person=person, email=given["email"])
        return Response(status=status.HTTP_202_ACCEPTED)


class SeenSerializer(serializers.Serializer[Seen]):
    """A part of one's card; `read_by`: who reads it, among those who find one."""

    part = serializers.CharField()
    label = serializers.CharField()
    value = serializers.CharField()
    read_by = serializers.SerializerMethodField()

    def get_read_by(self, seen: Seen) -> dict[str, bool]:
        return {stand.value: reads for stand, (_, reads) in zip(READERS, seen.read_by, strict=True)}


class SeenByView(APIView):
    """What others see of the caller."""

    @extend_schema(operation_id="me_seen_by", responses=SeenSerializer(many=True))
    def get(self, request: Request) -> Response:
        person = User.objects.get(pk=request.user.pk)
        return Response(SeenSerializer(seen_by_others(person), many=True).data)
