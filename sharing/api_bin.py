"""The two steps of deletion in the API, for what has no trash of its own: the same services as the page."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import NewestFirst, body_of
from sharing.models import Resource
from sharing.querysets import in_bin, visible_to
from sharing.services import bin as removal


class BinnedSerializer(serializers.ModelSerializer[Resource]):
    """What the caller threw away."""

    class Meta:
        model = Resource
        fields = ["uuid", "kind", "title", "trashed_at"]


class BinChosenSerializer(serializers.Serializer[Any]):
    """Things by their UUID."""

    resources = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)


class BinViewSet(mixins.ListModelMixin, GenericViewSet[Resource]):
    """What the caller threw away, of the applications that have no trash of their own."""

    queryset = Resource.objects.none()
    serializer_class = BinnedSerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Resource, Any]:
        return in_bin(self.request.user)

    @extend_schema(operation_id="bin_throw", request=BinChosenSerializer, responses={204: None})
    def create(self, request: Request) -> Response:
        """The first step: to the trash."""
        removal.throw(by=request.user, resources=self._chosen(visible_to(request.user)))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=BinChosenSerializer, responses={204: None}, parameters=[])
    @action(detail=False, methods=["post"])
    def restore(self, request: Request) -> Response:
        """Out of the trash."""
        removal.bring_back(by=request.user, resources=self._chosen(in_bin(request.user)))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=BinChosenSerializer, responses={204: None}, parameters=[])
    @action(detail=False, methods=["post"])
    def erase(self, request: Request) -> Response:
        """The second step: for good."""
        removal.erase(by=request.user, resources=self._chosen(in_bin(request.user)))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _chosen(self, within: QuerySet[Resource, Any]) -> list[Resource]:
        wanted = set(body_of(self.request, BinChosenSerializer)["resources"])
        found = list(within.filter(uuid__in=wanted).order_by("pk"))
        if len(found) != len(wanted):
            raise NotFound()
        return found
