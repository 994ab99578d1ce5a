"""Mes applis, in the API: the same doors and marks as the page."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts.requests import person_of
from home.services import favourites
from home.views.apps import opening

KEY = OpenApiParameter("key", str, OpenApiParameter.PATH)


class AppSerializer(serializers.Serializer[Any]):
    """A door that opens to the caller; `url` is its page."""

    key = serializers.CharField()
    label = serializers.CharField()
    url = serializers.CharField()
    favourite = serializers.BooleanField()


class AppViewSet(ViewSet):
    """The applications that open to the caller."""

    lookup_field = "key"
    lookup_value_regex = "[a-z0-9_.-]{1,40}"

    @extend_schema(responses=AppSerializer(many=True))
    def list(self, request: Request) -> Response:
        kept = favourites.favourites_of(person_of(request._request))
        told = [
            {"key": key, "label": door.entry.label, "url": door.url, "favourite": key in kept}
            for key, door in opening(request._request).items()
        ]
        return Response(AppSerializer(told, many=True).data)

    @extend_schema(parameters=[KEY], request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def favourite(self, request: Request, key: str) -> Response:
        """Keeps it at hand on the home page."""
        favourites.mark(by=person_of(request._request), key=self._open(request, key))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[KEY], request=None, responses={204: None})
    @favourite.mapping.delete
    def forget(self, request: Request, key: str) -> Response:
        """At hand no more."""
        favourites.unmark(by=person_of(request._request), key=self._open(request, key))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _open(self, request: Request, key: str) -> str:
        if key not in opening(request._request):
            raise NotFound()
        return key
