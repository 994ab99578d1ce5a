"""The Annuaire in the API: the same reach, search and cards as its pages."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts.enums import Profile
from accounts.models import User
from core.api import UUID_PATTERN
from directory.annuaire.birthdays import Birthday, birthdays_of
from directory.annuaire.card import Card, card_of
from directory.annuaire.families import families_of
from directory.annuaire.groups import GroupLine, groups_found
from directory.annuaire.lines import Line, lines
from directory.annuaire.looks import send_photo
from directory.annuaire.members import class_members
from directory.annuaire.viewer import Viewer
from directory.querysets import people_administered_by
from directory.search import find_people
from directory.services import cards

PAGE = 40
CLASS_LISTS = (("teachers", Profile.TEACHER), ("pupils", Profile.PUPIL), ("relatives", Profile.RELATIVE))


class LineSerializer(serializers.Serializer[Line]):
    """A person in a list."""

    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    profile = serializers.CharField(source="person.profile")
    sub = serializers.CharField()
    has_photo = serializers.SerializerMethodField()

    def get_has_photo(self, line: Any) -> bool:
        person = line["person"] if isinstance(line, dict) else line.person
        return person.photo_id is not None


class GroupLineSerializer(serializers.Serializer[GroupLine]):
    """A group found: `members` is null where the caller may not see who they are (`groups/…/members/`
    lists them), `addressed` says whether they may write to it and share with it."""

    uuid = serializers.UUIDField(source="group.uuid")
    label = serializers.CharField(source="group.label")
    kind = serializers.CharField(source="group.kind")
    sub = serializers.CharField()
    members = serializers.IntegerField(allow_null=True)
    addressed = serializers.BooleanField()


class FoundSerializer(serializers.Serializer[dict[str, Any]]):
    """What a search found: `approximate` when no name is written as typed."""

    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    approximate = serializers.BooleanField()
    results = LineSerializer(many=True)
    groups = GroupLineSerializer(many=True)
    more_groups = serializers.BooleanField()


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
    apart = serializers.BooleanField()
    contact = ContactSerializer()


class PupilSerializer(LineSerializer):
    """A pupil of a class, with the relatives whom the caller may see, in the order of calls."""

    guardians = GuardianSerializer(many=True)


class ClassPeopleSerializer(serializers.Serializer[Any]):
    """Who is in a class, among those within the caller's reach."""

    uuid = serializers.UUIDField()
    label = serializers.CharField()
    teachers = LineSerializer(many=True)
    pupils = PupilSerializer(many=True)
    relatives = LineSerializer(many=True)


class CardSerializer(serializers.Serializer[Card]):
    """A person's card: what is not for the caller is empty."""

    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    profile = serializers.CharField(source="person.profile")
    motto = serializers.CharField(source="person.motto")
    drawing = serializers.CharField(source="person.drawing")
    has_photo = serializers.SerializerMethodField()
    birth_date = serializers.DateField(allow_null=True)
    schools = PlaceSerializer(source="places", many=True)
    children = LineSerializer(many=True)
    guardians = GuardianSerializer(many=True)
    teachers = LineSerializer(many=True)
    contact = ContactSerializer()

    def get_has_photo(self, card: Card) -> bool:
        return card.person.photo_id is not None


class BirthdaySerializer(serializers.Serializer[Birthday]):
    """A day of these, never a year of birth."""

    person = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    day = serializers.DateField()


class AnnuaireViewSet(ViewSet):
    """Search, one card, one class."""

    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(
        operation_id="annuaire_search",
        parameters=[OpenApiParameter("q", str, required=True), OpenApiParameter("page", int)],
        responses=FoundSerializer,
    )
    def list(self, request: Request) -> Response:
        """People and groups within the caller's reach whose name fits `q`: accents, case and typos of
        people's names forgiven."""
        me = Viewer(request.user)
        found = find_people(me.people, request.query_params.get("q", ""))
        page = Paginator(found.people, PAGE).get_page(request.query_params.get("page"))
        groups, more = groups_found(me, request.query_params.get("q", ""))
        told = {
            "count": page.paginator.count,
            "pages": page.paginator.num_pages,
            "approximate": found.approximate,
            "results": lines(page.object_list, me),
            "groups": groups,
            "more_groups": more,
        }
        return Response(FoundSerializer(told).data)

    @extend_schema(operation_id="annuaire_card", responses=CardSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """A person's card; 404 outside the caller's reach, as for nobody."""
        me = Viewer(request.user)
        person = get_object_or_404(me.people, uuid=uuid)
        return Response(CardSerializer(card_of(person, me)).data)

    @extend_schema(operation_id="annuaire_birthdays", responses=BirthdaySerializer(many=True))
    @action(detail=False)
    def birthdays(self, request: Request) -> Response:
        """Those of the caller's class in the next days: for its pupils and teachers."""
        return Response(BirthdaySerializer(birthdays_of(Viewer(request.user)), many=True).data)

    @extend_schema(operation_id="annuaire_class", responses=ClassPeopleSerializer)
    @action(detail=False, url_path=f"classes/(?P<uuid>{UUID_PATTERN})", url_name="class")
    def school_class(self, request: Request, uuid: str) -> Response:
        """A class that the caller may see: its people, relatives beside each pupil."""
        me = Viewer(request.user)
        shown = get_object_or_404(me.classes, uuid=uuid)
        members = class_members(shown, me)
        families = families_of(members[Profile.PUPIL], me)
        told: dict[str, Any] = {
            name: [
                {"person": line.person, "sub": line.sub, "guardians": families[line.person.pk]}
                for line in lines(members[profile], me, with_school=False, of_class=shown)
            ]
            for name, profile in CLASS_LISTS
        }
        return Response(ClassPeopleSerializer({"uuid": shown.uuid, "label": shown.label} | told).data)

    @extend_schema(operation_id="annuaire_photo", responses={(200, "image/webp"): OpenApiTypes.BINARY})
    @action(detail=True)
    def photo(self, request: Request, uuid: str) -> HttpResponseBase:
        """The photo of someone within the caller's reach."""
        me = Viewer(request.user)
        sent = send_photo(request, get_object_or_404(me.people.select_related("photo"), uuid=uuid))
        if sent is None:
            raise Http404
        return sent

    @extend_schema(operation_id="annuaire_take_photo_away", request=None, responses={204: None})
    @photo.mapping.delete
    def take_photo_away(self, request: Request, uuid: str) -> Response:
        """Takes a photo off the card of somebody whom the caller administers."""
        cards.take_photo_away(by=request.user, person=self._administered(request, uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="annuaire_take_motto_away", request=None, responses={204: None})
    @action(detail=True, methods=["delete"])
    def motto(self, request: Request, uuid: str) -> Response:
        """Takes a motto off the card of somebody whom the caller administers."""
        cards.take_motto_away(by=request.user, person=self._administered(request, uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _administered(self, request: Request, uuid: str) -> User:
        return get_object_or_404(people_administered_by(request.user), uuid=uuid)
