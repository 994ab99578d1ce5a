"""One's own account in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts import sessions
from accounts.addresses import client_address
from accounts.models import User
from accounts.password_rules import LONGEST
from accounts.services import own_email, passwords


class MeSerializer(serializers.ModelSerializer[User]):
    """Who one is, and who says so."""

    name = serializers.CharField(source="full_name")
    contact_email = serializers.CharField()

    class Meta:
        model = User
        fields = [
            "uuid", "username", "name", "first_name", "last_name", "profile", "birth_date", "email",
            "own_email", "contact_email", "source", "activated_at",
        ]  # fmt: skip


class PasswordSerializer(serializers.Serializer[Any]):
    """The present password, and the one to come."""

    present = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    password = serializers.CharField(max_length=LONGEST, trim_whitespace=False)


class MeViewSet(ViewSet):
    """Reads one's account; changes its password and ends its other sessions."""

    @extend_schema(operation_id="me", responses=MeSerializer)
    def list(self, request: Request) -> Response:
        return Response(MeSerializer(User.objects.get(pk=request.user.pk)).data)

    @extend_schema(operation_id="me_password", request=PasswordSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def password(self, request: Request) -> Response:
        """Changes the password: this session stays, the others end."""
        sessions.require_full_assurance(request)
        given = PasswordSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        person = passwords.change_password(
            by=User.objects.get(pk=request.user.pk), address=client_address(request), **given.validated_data
        )
        sessions.renew(request, person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="me_sessions", request=None, responses={204: None})
    @action(detail=False, methods=["delete"])
    def sessions(self, request: Request) -> Response:
        """Ends one's sessions on every other device."""
        person = passwords.sign_out_everywhere(by=User.objects.get(pk=request.user.pk))
        sessions.renew(request, person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="me_forget_email", request=None, responses={204: None})
    @action(detail=False, methods=["delete"], url_path="own-email")
    def own_email(self, request: Request) -> Response:
        """Back to the address that the feed gives, if any."""
        sessions.require_full_assurance(request)
        own_email.forget_own_email(by=User.objects.get(pk=request.user.pk))
        return Response(status=status.HTTP_204_NO_CONTENT)
