"""The Annuaire in the API: the same reach, search and cards as its pages."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from core.api import UUID_PATTERN
from directory.annuaire.card import Card, card_of
from directory.annuaire.lines import Line, lines
from directory.annuaire.viewer import Viewer
from directory.search import find_people

PAGE = 40


class LineSerializer(serializers.Serializer[Line]):
    """A person in a list."""

    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    profile = serializers.CharField(source="person.profile")
    sub = serializers.CharField()


class FoundSerializer(serializers.Serializer[dict[str, Any]]):
    """What a search found: `approximate` when no name is written as typed."""

    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    approximate = serializers.BooleanField()
    results = LineSerializer(many=True)


class PlaceSerializer(serializers.Serializer[Any]):
    """A school of the person and what they do there."""

    uai = serializers.CharField(source="school.uai")
    name = serializers.CharField(source="school.name")
    function = serializers.CharField()
    classes = serializers.ListField(child=serializers.CharField())


class ContactSerializer(serializers.Serializer[Any]):
    """How to reach a person, where the caller may know."""

    email = serializers.CharField()
    phones = serializers.ListField(child=serializers.CharField())
    address = serializers.CharField()


class GuardianSerializer(serializers.Serializer[Any]):
    """A relative of a pupil."""

    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    legal = serializers.BooleanField()
    limit = serializers.CharField()


class CardSerializer(serializers.Serializer[Card]):
    """A person's card: what is not for the caller is empty."""

    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    profile = serializers.CharField(source="person.profile")
    birth_date = serializers.DateField(allow_null=True)
    schools = PlaceSerializer(source="places", many=True)
    children = LineSerializer(many=True)
    guardians = GuardianSerializer(many=True)
    teachers = LineSerializer(many=True)
    contact = ContactSerializer()


class AnnuaireViewSet(ViewSet):
    """Search, and one card."""

    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(
        operation_id="annuaire_search",
        parameters=[OpenApiParameter("q", str, required=True), OpenApiParameter("page", int)],
        responses=FoundSerializer,
    )
    def list(self, request: Request) -> Response:
        """People within the caller's reach whose name fits `q`: accents, case and typos forgiven."""
        me = Viewer(request.user)
        found = find_people(me.people, request.query_params.get("q", ""))
        page = Paginator(found.people, PAGE).get_page(request.query_params.get("page"))
        told = {
            "count": page.paginator.count,
            "pages": page.paginator.num_pages,
            "approximate": found.approximate,
            "results": lines(page.object_list, me),
        }
        return Response(FoundSerializer(told).data)

    @extend_schema(operation_id="annuaire_card", responses=CardSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """A person's card; 404 outside the caller's reach, as for nobody."""
        me = Viewer(request.user)
        person = get_object_or_404(me.people, uuid=uuid)
        return Response(CardSerializer(card_of(person, me)).data)
