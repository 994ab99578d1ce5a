"""The search over all that someone may see, in the API."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ui import search

SHOWN = 20


class HitSerializer(serializers.Serializer[search.Hit]):
    """One thing found: the address of its page, its title, a line about it."""

    url = serializers.CharField()
    title = serializers.CharField()
    sub = serializers.CharField()


class RoomFoundSerializer(serializers.Serializer[search.Found]):
    """What one room found: `kind` names it."""

    kind = serializers.CharField(source="provider.key")
    label = serializers.CharField(source="provider.label")
    hits = HitSerializer(many=True)


class SearchView(APIView):
    """What the caller may see that fits `q`, room by room, twenty of each at most."""

    @extend_schema(
        operation_id="search",
        parameters=[OpenApiParameter("q", str)],
        responses=RoomFoundSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        found: Any = search.run(request._request, request.query_params.get("q", ""), limit=SHOWN)
        return Response(RoomFoundSerializer(found, many=True).data)
