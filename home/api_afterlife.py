"""*Ce que deviennent mes contenus*, in the API: what the page says, for whoever asks."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ui import afterlife


class AfterlifeLineSerializer(serializers.Serializer[Any]):
    """`fate`: kept, ends (with the year), back (can be brought back); `until`: how long, in words."""

    fate = serializers.CharField()
    text = serializers.CharField()
    until = serializers.CharField(allow_blank=True)


class AfterlifeSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    label = serializers.CharField()
    lines = AfterlifeLineSerializer(many=True)


class AfterlifeView(APIView):
    """What is kept of what the caller makes, what ends, what can be brought back and until when."""

    @extend_schema(operation_id="afterlife_list", responses=AfterlifeSerializer(many=True))
    def get(self, request: Request) -> Response:
        found = [
            {
                "key": each.entry.key,
                "label": each.entry.label,
                "lines": [
                    {"fate": fate.value, "text": text, "until": until}
                    for fate, lines in each.parts
                    for text, until in lines
                ],
            }
            for each in afterlife.told(request._request)
        ]
        return Response(AfterlifeSerializer(found, many=True).data)
