"""What pupils write, read before it goes, in the API: where it is asked for, what waits, one let go or handed
back."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, body_of
from directory.annuaire.viewer import viewer_of
from messaging import care
from messaging.api_words import AddressSerializer, AttachmentSerializer
from messaging.models import Message
from messaging.services import reviews

KEY = f"(?P<key>{UUID_PATTERN})"


class ReviewedPlaceSerializer(serializers.Serializer[Any]):
    """A class or a school; `above`: its school chose for it."""

    uuid = serializers.UUIDField(source="place.uuid")
    name = serializers.SerializerMethodField()
    on = serializers.BooleanField()
    above = serializers.BooleanField()

    def get_name(self, reviewed: Any) -> str:
        return str(getattr(reviewed.place, "label", "") or reviewed.place.name)


class ReviewPlacesSerializer(serializers.Serializer[Any]):
    classes = ReviewedPlaceSerializer(many=True)
    schools = ReviewedPlaceSerializer(many=True)


class ReviewSwitchSerializer(serializers.Serializer[Any]):
    on = serializers.BooleanField()


class HandBackSerializer(serializers.Serializer[Any]):
    word = serializers.CharField(max_length=reviews.WORD)


class WaitingMessageSerializer(serializers.ModelSerializer[Message]):
    """A pupil's message that waits: whole, for whoever reads it."""

    author = serializers.UUIDField(source="author.uuid")
    addresses = AddressSerializer(many=True)
    attachments = AttachmentSerializer(many=True)

    class Meta:
        model = Message
        fields = [
            "uuid", "author", "author_name", "subject", "body", "text", "changed_at", "addresses", "attachments",
        ]  # fmt: skip


class ReviewViewSet(GenericViewSet[Message]):
    """What waits for the caller to read it; the first first."""

    queryset = Message.objects.none()
    serializer_class = WaitingMessageSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Message, Message]:
        found = care.messages_to_review(self.request.user)
        return found.prefetch_related("addresses__person", "attachments")

    @extend_schema(responses=WaitingMessageSerializer(many=True))
    def list(self, request: Request) -> Response:
        """100 at most."""
        return Response(WaitingMessageSerializer(self.get_queryset()[:100], many=True).data)

    def retrieve(self, request: Request, uuid: str) -> Response:
        """One of them."""
        return Response(WaitingMessageSerializer(self.get_object()).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="let-go")
    def let_go(self, request: Request, uuid: str) -> Response:
        """It goes."""
        reviews.let_go(by=request.user, message=self.get_object())
        return Response(status=204)

    @extend_schema(request=HandBackSerializer, responses={204: None})
    @action(detail=True, methods=["post"], url_path="hand-back")
    def hand_back(self, request: Request, uuid: str) -> Response:
        """It is the pupil's draft again, with a word."""
        word = body_of(request, HandBackSerializer)["word"]
        reviews.hand_back(by=request.user, message=self.get_object(), word=word)
        return Response(status=204)

    @extend_schema(responses=ReviewPlacesSerializer)
    @action(detail=False, methods=["get"])
    def places(self, request: Request) -> Response:
        """The classes and schools where the caller may ask to read."""
        return Response(ReviewPlacesSerializer(self._places()).data)

    @extend_schema(request=ReviewSwitchSerializer, responses=ReviewPlacesSerializer)
    @action(detail=False, methods=["post"], url_path=f"classes/{KEY}")
    def review_class(self, request: Request, key: str) -> Response:
        """Asks for it in a class, or no more."""
        on = body_of(request, ReviewSwitchSerializer)["on"]
        found = next((each for each in self._places().classes if each.place.uuid == UUID(key)), None)
        if found is None:
            raise NotFound()
        reviews.review_class(by=request.user, school_class=found.place, on=on)
        return self.places(request)

    @extend_schema(request=ReviewSwitchSerializer, responses=ReviewPlacesSerializer)
    @action(detail=False, methods=["post"], url_path=f"schools/{KEY}")
    def review_school(self, request: Request, key: str) -> Response:
        """Asks for it in all classes of a school, or no more."""
        on = body_of(request, ReviewSwitchSerializer)["on"]
        found = next((each for each in self._places().schools if each.place.uuid == UUID(key)), None)
        if found is None:
            raise NotFound()
        reviews.review_school(by=request.user, school=found.place, on=on)
        return self.places(request)

    def _places(self) -> care.Reviewable:
        return care.reviewable_by(viewer_of(self.request._request).standpoint)
