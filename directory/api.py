"""People, schools, classes and groups in the API: the same reach and the same services as the pages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from accounts import sessions
from accounts.enums import Profile
from accounts.models import User
from core.api import UUID_PATTERN, CursorPages, body_of
from directory.group_search import find_groups
from directory.models import Group, SchoolClass
from directory.querysets import (
    classes_visible_to,
    groups_administered_by,
    groups_visible_to,
    members_of,
    members_visible_to,
    people_administered_by,
    people_visible_to,
    schools_administered_by,
    schools_visible_to,
)
from directory.services import class_teachers, groups
from schools.models import School


class ByName(CursorPages):
    ordering: Any = ("sort_name", "pk")


class ByLabel(CursorPages):
    ordering: Any = ("label", "pk")


class BySchoolName(CursorPages):
    ordering: Any = ("name", "pk")


class ByKey(CursorPages):
    ordering: Any = ("pk",)


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person within the caller's reach."""

    name = serializers.CharField(source="full_name")

    class Meta:
        model = User
        fields = ["uuid", "name", "first_name", "last_name", "profile"]


class SchoolSerializer(serializers.ModelSerializer[School]):
    class Meta:
        model = School
        fields = ["uuid", "uai", "name", "kind", "city", "running_year", "class_year"]


class ClassSerializer(serializers.ModelSerializer[SchoolClass]):
    school = serializers.UUIDField(source="school.uuid")

    class Meta:
        model = SchoolClass
        fields = ["uuid", "label", "year", "school"]


class GroupSerializer(serializers.ModelSerializer[Group]):
    """A group; `label` is its name on screen."""

    label = serializers.CharField()
    school = serializers.UUIDField(source="school.uuid")
    school_class = serializers.UUIDField(source="school_class.uuid", allow_null=True, default=None)

    class Meta:
        model = Group
        fields = [
            "uuid", "kind", "label", "profile", "school", "school_class", "protected", "open_to_members", "year",
        ]  # fmt: skip


class NewGroupSerializer(serializers.Serializer[Any]):
    """A manual group to make."""

    school = serializers.UUIDField()
    name = serializers.CharField(max_length=120)


class NameSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)


class PeopleSerializer(serializers.Serializer[Any]):
    """People by their UUID."""

    people = serializers.ListField(child=serializers.UUIDField(), max_length=500)


class NewMembersSerializer(serializers.Serializer[Any]):
    """People by their UUID, or everybody of a group of scolarity (a class, a profile) by its own."""

    people = serializers.ListField(
        child=serializers.UUIDField(), max_length=500, required=False, default=list
    )
    of_group = serializers.UUIDField(required=False)


class CountSerializer(serializers.Serializer[Any]):
    """How many were concerned."""

    count = serializers.IntegerField()


@extend_schema(parameters=[OpenApiParameter("profile", enum=Profile.values)])
class PeopleViewSet(ReadOnlyModelViewSet[User]):
    """Whom the caller may find."""

    queryset = User.objects.none()
    serializer_class = PersonSerializer
    pagination_class = ByName
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[User]:
        found = people_visible_to(self.request.user)
        profile = self.request.query_params.get("profile", "")
        if not profile:
            return found
        return found.filter(profile=profile) if profile in Profile.values else found.none()


class SchoolViewSet(ReadOnlyModelViewSet[School]):
    """The caller's schools, their children's, those they administer."""

    queryset = School.objects.none()
    serializer_class = SchoolSerializer
    pagination_class = BySchoolName
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[School]:
        return schools_visible_to(self.request.user)


class ClassViewSet(ReadOnlyModelViewSet[SchoolClass]):
    """The classes that the caller may see; their teachers, attached by hand."""

    queryset = SchoolClass.objects.none()
    serializer_class = ClassSerializer
    pagination_class = ByLabel
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[SchoolClass]:
        return classes_visible_to(self.request.user).select_related("school")

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["put", "delete"], url_path=f"teachers/(?P<person>{UUID_PATTERN})")
    def teachers(self, request: Request, uuid: str, person: str) -> Response:
        """Attaches a teacher of the school to the class, or ends it."""
        school_class = self.get_object()
        teacher = get_object_or_404(people_administered_by(request.user), uuid=person)
        act = class_teachers.attach_teacher if request.method == "PUT" else class_teachers.detach_teacher
        act(by=request.user, teacher=teacher, school_class=school_class)
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("q", description="Words of its name.")]))
class GroupViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Group]):
    """The groups that the caller may know of; manual ones are made, named and filled by administrators."""

    queryset = Group.objects.none()
    serializer_class = GroupSerializer
    pagination_class = ByKey
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def get_queryset(self) -> QuerySet[Group]:
        found = groups_visible_to(self.request.user).select_related("school", "school_class")
        typed = self.request.query_params.get("q", "") if self.action == "list" else ""
        return find_groups(found, typed) if typed else found

    @extend_schema(request=NewGroupSerializer, responses={201: GroupSerializer})
    def create(self, request: Request) -> Response:
        """A new manual group of a school that the caller administers."""
        sessions.require_full_assurance(request)
        given = body_of(request, NewGroupSerializer)
        school = get_object_or_404(schools_administered_by(request.user), uuid=given["school"])
        group = groups.create_group(by=request.user, school=school, name=given["name"])
        return Response(GroupSerializer(group).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=NameSerializer, responses=GroupSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Renames a manual group."""
        sessions.require_full_assurance(request)
        given = body_of(request, NameSerializer)
        group = groups.rename_group(by=request.user, group=self._administered(uuid), name=given["name"])
        return Response(GroupSerializer(group).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Deletes a manual group."""
        groups.delete_group(by=request.user, group=self._administered(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(operation_id="groups_members", responses=PersonSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=ByName)
    def members(self, request: Request, uuid: str) -> Response:
        """Who is in the group, for its school's team and administrators; nobody for the others."""
        found = members_visible_to(request.user, self.get_object())
        page = self.paginate_queryset(found)
        return self.get_paginated_response(PersonSerializer(page, many=True).data)

    @extend_schema(operation_id="groups_add_members", request=NewMembersSerializer, responses=CountSerializer)
    @members.mapping.post
    def add_members(self, request: Request, uuid: str) -> Response:
        """Adds people to a manual group, or everybody of a group of scolarity."""
        group = self._administered(uuid)
        given = body_of(request, NewMembersSerializer)
        people = self._people(request.user, given["people"])
        if "of_group" in given:
            people += members_of([self._administered(str(given["of_group"]))])
        count = groups.add_members(by=request.user, group=group, people=people)
        return Response({"count": count})

    @extend_schema(operation_id="groups_open", request=None, responses=GroupSerializer)
    @action(detail=True, methods=["put"])
    def opening(self, request: Request, uuid: str) -> Response:
        """Lets the relatives and pupils who are in a manual group write to it, and share with it."""
        group = groups.open_group(by=request.user, group=self._administered(uuid), opened=True)
        return Response(GroupSerializer(group).data)

    @extend_schema(operation_id="groups_close", responses=GroupSerializer)
    @opening.mapping.delete
    def closing(self, request: Request, uuid: str) -> Response:
        """Lets them no longer."""
        group = groups.open_group(by=request.user, group=self._administered(uuid), opened=False)
        return Response(GroupSerializer(group).data)

    @extend_schema(request=None, responses=GroupSerializer)
    @action(detail=True, methods=["post"])
    def keep(self, request: Request, uuid: str) -> Response:
        """A manual group of a past year serves the running one too."""
        group = groups.keep_group(by=request.user, group=self._administered(uuid))
        return Response(GroupSerializer(group).data)

    @extend_schema(operation_id="groups_remove_members", request=PeopleSerializer, responses=CountSerializer)
    @action(detail=True, methods=["post"], url_path="members/remove")
    def remove_members(self, request: Request, uuid: str) -> Response:
        """Takes people out of a manual group."""
        group = self._administered(uuid)
        given = body_of(request, PeopleSerializer)
        # Whoever left the school is still in the group, out of everybody's reach: no other list knows them.
        members = User.objects.filter(membership__group=group, uuid__in=given["people"])
        count = groups.remove_members(by=request.user, group=group, people=members)
        return Response({"count": count})

    def _administered(self, uuid: str) -> Group:
        groups_ = groups_administered_by(self.request.user).select_related("school", "school_class")
        return get_object_or_404(groups_, uuid=uuid)

    def _people(self, by: User, uuids: Iterable[UUID]) -> list[User]:
        """The people named, within reach or scope; one who is neither is nobody."""
        asked = set(uuids)
        known = {p.pk: p for p in people_visible_to(by).filter(uuid__in=asked)}
        known |= {p.pk: p for p in people_administered_by(by).filter(uuid__in=asked)}
        if {person.uuid for person in known.values()} != asked:
            raise serializers.ValidationError({"people": ["Une des personnes choisies n’existe pas."]})
        return list(known.values())
