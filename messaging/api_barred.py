"""Senders kept away from pupils, in the API."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, body_of
from directory.annuaire.viewer import viewer_of
from directory.rules import Standpoint
from messaging import care, picker
from messaging.models import Barred
from messaging.services.bar import bar, unbar


class BarredSerializer(serializers.ModelSerializer[Barred]):
    """`sender` writes to `pupil` no more, through a class."""

    pupil = serializers.UUIDField(source="pupil.uuid")
    pupil_name = serializers.CharField(source="pupil.full_name")
    sender = serializers.UUIDField(source="sender.uuid")
    sender_name = serializers.CharField(source="sender.full_name")
    school_class = serializers.UUIDField(source="school_class.uuid")

    class Meta:
        model = Barred
        fields = [
            "uuid",
            "pupil",
            "pupil_name",
            "sender",
            "sender_name",
            "school_class",
            "reason",
            "by",
            "at",
        ]


class NewBarredSerializer(serializers.Serializer[Any]):
    pupil = serializers.UUIDField()
    sender = serializers.UUIDField()
    reason = serializers.CharField(max_length=300, allow_blank=True, required=False, default="")


class BarredViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Barred]):
    """Those of the pupils of the caller's classes, and of the schools that they direct."""

    queryset = Barred.objects.none()
    serializer_class = BarredSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Barred, Barred]:
        return care.barred_visible_to(self._me())

    @extend_schema(request=NewBarredSerializer, responses={201: BarredSerializer})
    def create(self, request: Request) -> Response:
        """Keeps a sender away from a pupil."""
        asked = body_of(request, NewBarredSerializer)
        pupil = get_object_or_404(care.pupils_protected_by(self._me()), uuid=asked["pupil"])
        sender = get_object_or_404(picker.senders_for(self._me()), uuid=asked["sender"])
        made = bar(by=request.user, pupil=pupil, sender=sender, reason=asked["reason"])
        return Response(BarredSerializer(made).data, status=status.HTTP_201_CREATED)

    def destroy(self, request: Request, uuid: str) -> Response:
        """They write again."""
        unbar(by=request.user, barred=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _me(self) -> Standpoint:
        return viewer_of(self.request._request).standpoint
