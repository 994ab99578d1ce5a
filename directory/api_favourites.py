"""Favourites in the API: the caller's own, by the same services as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts import sessions
from accounts.models import User
from core.api import UUID_PATTERN, CursorPages, body_of
from directory.annuaire.recipients import Recipient, recipients_of
from directory.annuaire.viewer import Viewer
from directory.errors import OutOfReach
from directory.models import Favourite, Group
from directory.querysets import favourites_of, groups_addressable_by, people_visible_to
from directory.services import favourites

NAME, MOST = 120, favourites.MOST


class ByName(CursorPages):
    ordering: Any = ("name", "pk")


class FavouriteSerializer(serializers.ModelSerializer[Favourite]):
    """A favourite; `size` counts its recipients, a group for one."""

    size = serializers.IntegerField()

    class Meta:
        model = Favourite
        fields = ["uuid", "name", "size", "created_at"]


class RecipientSerializer(serializers.Serializer[Recipient]):
    """A recipient; `reached` is false once it is no longer within the caller's reach, `left` is true of a
    person who is no longer in a school of the caller's."""

    kind = serializers.ChoiceField(["person", "group"])
    uuid = serializers.UUIDField()
    name = serializers.CharField()
    reached = serializers.BooleanField()
    left = serializers.BooleanField()


class OneFavouriteSerializer(FavouriteSerializer):
    """A favourite with its recipients."""

    recipients = RecipientSerializer(many=True)

    class Meta(FavouriteSerializer.Meta):
        fields = [*FavouriteSerializer.Meta.fields, "recipients"]


class EntriesSerializer(serializers.Serializer[Any]):
    """Persons and groups by their UUID."""

    persons = serializers.ListField(child=serializers.UUIDField(), max_length=MOST, default=list)
    groups = serializers.ListField(child=serializers.UUIDField(), max_length=MOST, default=list)


class NewFavouriteSerializer(EntriesSerializer):
    """A favourite to make."""

    name = serializers.CharField(max_length=NAME)


class FavouriteNameSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=NAME)


class EntriesCountSerializer(serializers.Serializer[Any]):
    """How many recipients were concerned."""

    count = serializers.IntegerField()


class FavouriteViewSet(mixins.ListModelMixin, GenericViewSet[Favourite]):
    """The caller's own favourites; nobody else's exist."""

    queryset = Favourite.objects.none()
    serializer_class = FavouriteSerializer
    pagination_class = ByName
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Favourite]:
        return favourites_of(self.request.user)

    @extend_schema(responses=OneFavouriteSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """One favourite with its recipients."""
        return self._told(self.get_object())

    @extend_schema(request=NewFavouriteSerializer, responses={201: OneFavouriteSerializer})
    def create(self, request: Request) -> Response:
        """A new favourite, with its first recipients."""
        given = self._given(request, NewFavouriteSerializer)
        persons, groups = self._reached(given)
        made = favourites.create(by=request.user, name=given["name"], persons=persons, groups=groups)
        return self._told(self.get_queryset().get(pk=made.pk), status.HTTP_201_CREATED)

    @extend_schema(request=FavouriteNameSerializer, responses=OneFavouriteSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Renames a favourite."""
        given = self._given(request, FavouriteNameSerializer)
        return self._told(favourites.rename(by=request.user, favourite=self.get_object(), name=given["name"]))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Deletes a favourite; what was shared through it stays shared."""
        sessions.require_full_assurance(request)
        favourites.delete(by=request.user, favourite=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        operation_id="favourites_add_entries", request=EntriesSerializer, responses=EntriesCountSerializer
    )
    @action(detail=True, methods=["post"])
    def entries(self, request: Request, uuid: str) -> Response:
        """Adds recipients within the caller's reach."""
        given = self._given(request, EntriesSerializer)
        favourite = self.get_object()
        persons, groups = self._reached(given)
        count = favourites.add(by=request.user, favourite=favourite, persons=persons, groups=groups)
        return Response({"count": count})

    @extend_schema(
        operation_id="favourites_remove_entries", request=EntriesSerializer, responses=EntriesCountSerializer
    )
    @action(detail=True, methods=["post"], url_path="entries/remove")
    def remove_entries(self, request: Request, uuid: str) -> Response:
        """Takes recipients out, those no longer within reach too."""
        given = self._given(request, EntriesSerializer)
        favourite = self.get_object()
        persons = User.objects.filter(favouriteentry__favourite=favourite, uuid__in=given["persons"])
        groups = Group.objects.filter(favouriteentry__favourite=favourite, uuid__in=given["groups"])
        count = favourites.remove(by=request.user, favourite=favourite, persons=persons, groups=groups)
        return Response({"count": count})

    def _given(self, request: Request, kind: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        sessions.require_full_assurance(request)
        return body_of(request, kind)

    def _reached(self, given: dict[str, Any]) -> tuple[list[User], list[Group]]:
        """The persons and groups named; one who is not within reach is nobody."""
        people, kinds = set(given["persons"]), set(given["groups"])
        persons = list(people_visible_to(self.request.user).filter(uuid__in=people)) if people else []
        groups = list(groups_addressable_by(self.request.user).filter(uuid__in=kinds)) if kinds else []
        if len(persons) != len(people) or len(groups) != len(kinds):
            raise OutOfReach("Un des destinataires choisis n’existe pas.")
        return persons, groups

    def _told(self, favourite: Favourite, code: int = status.HTTP_200_OK) -> Response:
        recipients = recipients_of(favourite, Viewer(self.request.user))
        told = FavouriteSerializer(favourite).data | {
            "recipients": RecipientSerializer(recipients, many=True).data
        }
        return Response(told, status=code)
