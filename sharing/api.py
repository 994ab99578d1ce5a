"""What is shared, in the API: the same gate and the same services as the panel."""

import uuid as uuids
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from accounts import sessions
from accounts.models import User
from core.api import UUID_PATTERN, NewestFirst, body_of
from directory.annuaire.viewer import Viewer, viewer_of
from directory.models import Group
from directory.querysets import favourites_of
from directory.querysets.addressable import groups_addressable_from
from sharing.enums import Role
from sharing.errors import NotAManager, NothingShared
from sharing.lifetime import Mark, mark_of
from sharing.models import Grant, Handover, Resource
from sharing.querysets import shared_by, shared_with, visible_to
from sharing.reaching import reach_in
from sharing.rules import Act, may
from sharing.services import hand_over, share
from sharing.services.undo import may_put_back, put_back, removed_by_hand

LISTS = {"with_me": shared_with, "by_me": shared_by}


class ResourceSerializer(serializers.ModelSerializer[Resource]):
    """Something that can be shared; `role` is the caller's on it."""

    role = serializers.ChoiceField(source="my_role", choices=Role.choices)
    owner = serializers.UUIDField(source="owner.uuid", allow_null=True, default=None)
    owner_school = serializers.UUIDField(source="owner_school.uuid", allow_null=True, default=None)

    class Meta:
        model = Resource
        fields = [
            "uuid", "kind", "title", "role", "owner", "owner_school", "school_year", "created_at", "changed_at",
            "trashed_at",
        ]  # fmt: skip


class GrantSerializer(serializers.ModelSerializer[Grant]):
    """One right: of a person or of a group, then of a year for a group of scolarity. `mark` says whether it
    ends with the school year."""

    person = serializers.UUIDField(source="person.uuid", allow_null=True, default=None)
    group = serializers.UUIDField(source="group.uuid", allow_null=True, default=None)
    name = serializers.SerializerMethodField()
    mark = serializers.SerializerMethodField()

    class Meta:
        model = Grant
        fields = ["person", "group", "name", "role", "year", "mark", "given_by", "given_at", "origins"]

    def get_name(self, grant: Grant) -> str:
        return grant.group.label if grant.group else (grant.person.full_name if grant.person else "")

    def get_mark(self, grant: Grant) -> Mark:
        return mark_of(grant)


class RoleSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=Role.choices)


class RecipientsSerializer(RoleSerializer):
    """Whom to share with, by their UUID, and as what."""

    persons = serializers.ListField(child=serializers.UUIDField(), max_length=500, default=list)
    groups = serializers.ListField(child=serializers.UUIDField(), max_length=100, default=list)
    favourites = serializers.ListField(child=serializers.UUIDField(), max_length=20, default=list)


class SharedSerializer(serializers.Serializer[Any]):
    """How many persons and groups were named, and how many people they are in all."""

    persons = serializers.IntegerField()
    groups = serializers.IntegerField()
    people_reached = serializers.IntegerField()


class BulkSerializer(serializers.Serializer[Any]):
    """One act on several resources, on all or on none: `add` recipients, give grants a `role`, or `remove`
    them: all grants, or those of the `persons` and `groups` named alone."""

    act = serializers.ChoiceField(choices=["add", "role", "remove"])
    resources = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)
    persons = serializers.ListField(child=serializers.UUIDField(), max_length=500, default=list)
    groups = serializers.ListField(child=serializers.UUIDField(), max_length=100, default=list)
    favourites = serializers.ListField(child=serializers.UUIDField(), max_length=20, default=list)
    role = serializers.ChoiceField(choices=Role.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["act"] != "remove" and "role" not in attrs:
            raise serializers.ValidationError({"role": ["Choisissez un droit."]})
        if attrs["act"] != "add" and attrs["favourites"]:
            raise serializers.ValidationError({"favourites": ["Nommez les personnes de ce favori."]})
        return attrs


class BulkDoneSerializer(serializers.Serializer[Any]):
    """How many were concerned: resources by `add`, else grants. `people_reached` by what was added;
    `withdrawal` names what was removed, to put it back."""

    count = serializers.IntegerField()
    people_reached = serializers.IntegerField(allow_null=True, default=None)
    withdrawal = serializers.UUIDField(allow_null=True, default=None)


class RemovedSerializer(serializers.Serializer[Any]):
    """What a removal is undone by: `POST /resources/undo/`."""

    withdrawal = serializers.UUIDField()


class GrantCountSerializer(serializers.Serializer[Any]):
    """How many were concerned."""

    count = serializers.IntegerField()


class ToSerializer(serializers.Serializer[Any]):
    """A person by their UUID."""

    to = serializers.UUIDField()


class HandoverSerializer(serializers.ModelSerializer[Handover]):
    """Ownership offered."""

    resource = serializers.UUIDField(source="resource.uuid")
    title = serializers.CharField(source="resource.title")
    to = serializers.UUIDField(source="to.uuid")

    class Meta:
        model = Handover
        fields = ["uuid", "resource", "title", "to", "by", "at"]


@extend_schema(parameters=[OpenApiParameter("shared", enum=sorted(LISTS))])
class ResourceViewSet(ReadOnlyModelViewSet[Resource]):
    """What the caller may see; with `shared`, what others share with them, or what they share."""

    queryset = Resource.objects.none()
    serializer_class = ResourceSerializer
    pagination_class = NewestFirst
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Resource, Any]:
        asked = self.request.query_params.get("shared", "") if self.action == "list" else ""
        found = LISTS.get(asked, visible_to)(self.request.user, reach_in(self.request))
        return found.select_related("owner", "owner_school")

    @extend_schema(operation_id="resources_grants", responses=GrantSerializer(many=True), parameters=[])
    @action(detail=True, methods=["get"], pagination_class=NewestFirst)
    def grants(self, request: Request, uuid: str) -> Response:
        """Who has which right on it, for whoever manages it."""
        resource = self._managed()
        found = Grant.objects.filter(resource=resource).select_related(
            "person", "group__school", "group__school_class"
        )
        page = self.paginate_queryset(found)
        return self.get_paginated_response(GrantSerializer(page, many=True).data)

    @extend_schema(
        operation_id="resources_share", request=RecipientsSerializer, responses={201: SharedSerializer}
    )
    @grants.mapping.post
    def share(self, request: Request, uuid: str) -> Response:
        """Shares it."""
        resource, given = self._managed(), self._given(RecipientsSerializer)
        done = share.share(
            by=request.user, resource=resource, role=Role(given["role"]), **self._recipients(given)
        )
        return Response(SharedSerializer(done).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="resources_change_grant", request=RoleSerializer, responses=GrantCountSerializer
    )
    @action(
        detail=True,
        methods=["patch"],
        url_path=f"grants/(?P<of>persons|groups|favourites)/(?P<key>{UUID_PATTERN})",
    )
    def grant(self, request: Request, uuid: str, of: str, key: str) -> Response:
        """Gives another role to a person, a group, or those of a favourite."""
        resource, given = self._managed(), self._given(RoleSerializer)
        count = share.change_role(
            by=request.user, resource=resource, role=Role(given["role"]), **_grantee(resource, of, key)
        )
        return Response({"count": count})

    @extend_schema(operation_id="resources_remove_grant", request=None, responses=RemovedSerializer)
    @grant.mapping.delete
    def remove_grant(self, request: Request, uuid: str, of: str, key: str) -> Response:
        """Stops sharing it with a person, a group, or through a favourite."""
        resource = self._managed()
        sessions.require_full_assurance(request)
        done = share.remove(by=request.user, resource=resource, **_grantee(resource, of, key))
        return Response({"withdrawal": done.withdrawal.uuid if done.withdrawal else None})

    @extend_schema(
        operation_id="resources_undo",
        request=RemovedSerializer,
        responses=GrantCountSerializer,
        parameters=[],
    )
    @action(detail=False, methods=["post"])
    def undo(self, request: Request) -> Response:
        """Puts back shares that were removed, as they were, while nothing stands in their place."""
        found = removed_by_hand(self._given(RemovedSerializer)["withdrawal"])
        if found is None or not may_put_back(by=request.user, withdrawal=found):
            raise NotFound()
        return Response({"count": put_back(by=request.user, withdrawal=found).count})

    @extend_schema(operation_id="resources_offer", request=ToSerializer, responses={201: HandoverSerializer})
    @action(detail=True, methods=["post"])
    def handover(self, request: Request, uuid: str) -> Response:
        """Offers its ownership to somebody, who accepts or not."""
        resource, given = self._managed(), self._given(ToSerializer)
        (to,) = _named(self._viewer.people, [given["to"]], "to")
        made = hand_over.offer(by=request.user, resource=resource, to=to)
        return Response(HandoverSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="resources_bulk", request=BulkSerializer, responses=BulkDoneSerializer, parameters=[]
    )
    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        """One act on several things; `not-shared-together` names those that cannot be shared, and why."""
        given = self._given(BulkSerializer)
        seen = visible_to(request.user, reach_in(request))
        chosen = _named(seen, given["resources"], "resources")
        told: dict[str, Any]
        match given["act"]:
            case "add":
                shared = share.share_all(
                    by=request.user, resources=chosen, role=Role(given["role"]), **self._recipients(given)
                )
                told = {"count": len(chosen), "people_reached": shared.people_reached}
            case "role":
                role, those = Role(given["role"]), _there(chosen, given)
                told = {"count": share.change_roles(by=request.user, resources=chosen, role=role, **those)}
            case _:
                done = share.remove_all(by=request.user, resources=chosen, **_there(chosen, given))
                told = {
                    "count": done.count,
                    "withdrawal": done.withdrawal.uuid if done.withdrawal else None,
                }
        return Response(BulkDoneSerializer(told).data)

    @property
    def _viewer(self) -> Viewer:
        return viewer_of(self.request)

    def _recipients(self, given: dict[str, Any]) -> dict[str, list[Any]]:
        """Persons, groups and favourites that a body names, within the caller's reach."""
        groups = groups_addressable_from(self._viewer.standpoint)
        return {
            "persons": _named(self._viewer.people, given["persons"], "persons"),
            "groups": _named(groups.select_related("school", "school_class"), given["groups"], "groups"),
            "favourites": _named(favourites_of(self.request.user), given["favourites"], "favourites"),
        }

    def _managed(self) -> Resource:
        """The resource of the address, for whoever manages it; nobody else knows with whom it is shared."""
        resource: Resource = self.get_object()
        if not may(resource.my_role, Act.SHARE):  # type: ignore[attr-defined]
            raise NotAManager()
        return resource

    def _given(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        sessions.require_full_assurance(self.request)
        return body_of(self.request, serializer)


class HandoverViewSet(mixins.ListModelMixin, GenericViewSet[Handover]):
    """What is offered to the caller; they accept or decline."""

    queryset = Handover.objects.none()
    serializer_class = HandoverSerializer
    pagination_class = NewestFirst
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Handover, Any]:
        mine = Handover.objects.filter(to=self.request.user, answered_at__isnull=True)
        return mine.filter(resource__trashed_at__isnull=True).select_related("resource", "to")

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, uuid: str) -> Response:
        """It becomes theirs."""
        handover = self.get_object()
        sessions.require_full_assurance(request)
        hand_over.accept(by=request.user, handover=handover)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, uuid: str) -> Response:
        """It stays its owner's."""
        handover = self.get_object()
        sessions.require_full_assurance(request)
        hand_over.decline(by=request.user, handover=handover)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _named(found: QuerySet[Any, Any], asked: list[uuids.UUID], field: str) -> list[Any]:
    """What these UUIDs name, within reach; one that is not does not exist."""
    chosen = list(found.filter(uuid__in=asked)) if asked else []
    if {each.uuid for each in chosen} != set(asked):
        raise serializers.ValidationError({field: ["Un des éléments choisis n’existe pas."]})
    return chosen


def _there(resources: list[Resource], given: dict[str, Any]) -> dict[str, list[Any]]:
    """Persons and groups that a body names among those who have a grant there, out of reach by now or not."""
    grants = Grant.objects.filter(resource__in=resources)
    persons = User.objects.filter(pk__in=grants.values("person_id"))
    groups = Group.objects.filter(pk__in=grants.values("group_id"))
    return {
        "persons": _named(persons, given["persons"], "persons"),
        "groups": _named(groups, given["groups"], "groups"),
    }


def _grantee(resource: Resource, of: str, key: str) -> dict[str, Any]:
    """Whom a grant of this resource is to, though they may be out of reach by now."""
    if of == "favourites":
        return {"favourite": uuids.UUID(key)}
    model, name = (User, "person") if of == "persons" else (Group, "group")
    found = model._default_manager.filter(grant__resource=resource, uuid=key).first()
    if found is None:
        raise NothingShared()
    return {name: found}
