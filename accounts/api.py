"""One's own account in the API."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts import open_sessions, sessions
from accounts.addresses import client_address
from accounts.api_leaving import LeavingSerializer
from accounts.enums import Drawing
from accounts.leaving import leaving_of
from accounts.models import OpenSession, User
from accounts.password_rules import LONGEST
from accounts.portraits import Crop
from accounts.rules import MOTTO_LENGTH
from accounts.services import end_session, own_card, own_email, passwords
from core.api import UUID_PATTERN, body_of


class MeSerializer(serializers.ModelSerializer[User]):
    """Who one is, and who says so."""

    name = serializers.CharField(source="full_name")
    contact_email = serializers.CharField()
    has_photo = serializers.SerializerMethodField()
    leaving = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = [
            "uuid", "username", "name", "first_name", "last_name", "profile", "birth_date", "email",
            "own_email", "contact_email", "source", "activated_at", "motto", "drawing", "has_photo",
            "leaving",
        ]  # fmt: skip

    def get_has_photo(self, person: User) -> bool:
        return person.photo_id is not None

    @extend_schema_field(LeavingSerializer(allow_null=True))
    def get_leaving(self, person: User) -> Any:
        """The days of one's absence; null for who is here."""
        leaving = leaving_of(person)
        return LeavingSerializer(leaving).data if leaving else None


class PhotoSerializer(serializers.Serializer[Any]):
    """A picture, and the square of it: `x` and `y` in parts of its width and height, `side` of its shorter
    side; its centre where they are not given."""

    photo = serializers.FileField()
    x = serializers.FloatField(min_value=0, max_value=1, required=False)
    y = serializers.FloatField(min_value=0, max_value=1, required=False)
    side = serializers.FloatField(min_value=0, max_value=1, required=False)


class MottoSerializer(serializers.Serializer[Any]):
    motto = serializers.CharField(allow_blank=True, max_length=MOTTO_LENGTH)


class DrawingSerializer(serializers.Serializer[Any]):
    """What a pupil is drawn as; '' for initials."""

    drawing = serializers.ChoiceField(Drawing.choices, allow_blank=True)


class OpenSessionSerializer(serializers.ModelSerializer[OpenSession]):
    """A session under way; `here` is the one that asks."""

    here = serializers.SerializerMethodField()

    class Meta:
        model = OpenSession
        fields = ["uuid", "device", "opened_at", "used_at", "here"]

    def get_here(self, session: OpenSession) -> bool:
        return session.key == open_sessions.key_of(self.context["request"])


class PasswordSerializer(serializers.Serializer[Any]):
    """The present password, and the one to come."""

    present = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    password = serializers.CharField(max_length=LONGEST, trim_whitespace=False)


class MeViewSet(ViewSet):
    """Reads one's account; what one says of oneself, its password, its sessions."""

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

    @extend_schema(
        operation_id="me_photo", request={"multipart/form-data": PhotoSerializer}, responses={204: None}
    )
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def photo(self, request: Request) -> Response:
        """Puts one's photo, made square and small, its metadata gone; adults only."""
        sessions.require_full_assurance(request)
        given = body_of(request, PhotoSerializer)
        square: list[Any] = [given.get(name) for name in ("x", "y", "side")]
        crop = None if None in square else Crop(*square)
        own_card.put_photo(by=self._whole(request), file=given["photo"], crop=crop)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="me_forget_photo", request=None, responses={204: None})
    @photo.mapping.delete
    def forget_photo(self, request: Request) -> Response:
        """Takes one's photo away."""
        sessions.require_full_assurance(request)
        person = self._whole(request)
        own_card.take_photo_away(by=person, person=person)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="me_motto", request=MottoSerializer, responses=MeSerializer)
    @action(detail=False, methods=["post"])
    def motto(self, request: Request) -> Response:
        """Says a motto; an empty one says nothing more."""
        sessions.require_full_assurance(request)
        given = body_of(request, MottoSerializer)
        return Response(MeSerializer(own_card.say_motto(by=self._whole(request), motto=given["motto"])).data)

    @extend_schema(operation_id="me_drawing", request=DrawingSerializer, responses=MeSerializer)
    @action(detail=False, methods=["post"])
    def drawing(self, request: Request) -> Response:
        """A pupil chooses what they are drawn as."""
        given = body_of(request, DrawingSerializer)
        person = own_card.choose_drawing(by=self._whole(request), drawing=given["drawing"])
        return Response(MeSerializer(person).data)

    @extend_schema(operation_id="me_sessions_list", responses=OpenSessionSerializer(many=True))
    @action(detail=False, methods=["get"], url_path="sessions")
    def sessions(self, request: Request) -> Response:
        """One's open sessions, the last used first."""
        found = open_sessions.open_sessions_of(self._whole(request))
        return Response(OpenSessionSerializer(found, many=True, context={"request": request}).data)

    @extend_schema(operation_id="me_end_session", request=None, responses={204: None})
    @action(
        detail=False, methods=["delete"], url_path=f"sessions/(?P<uuid>{UUID_PATTERN})", url_name="session"
    )
    def end_session(self, request: Request, uuid: str) -> Response:
        """Ends one of one's sessions."""
        end_session.end_session(by=self._whole(request), session=UUID(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="me_sessions", request=None, responses={204: None})
    @sessions.mapping.delete
    def end_other_sessions(self, request: Request) -> Response:
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

    def _whole(self, request: Request) -> User:
        """With every column: the request's own holds a few."""
        return User.objects.get(pk=request.user.pk)
