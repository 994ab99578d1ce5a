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
