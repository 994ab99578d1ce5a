"""A school run by whoever administers it: its settings, blocks, applications, administrators."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.enums import Profile
from accounts.models import User
from core.api import body_of
from directory.enums import Scope
from directory.models import Administrator
from directory.querysets import schools_administered_by
from directory.querysets.administrators import may_be_named_by, rights_over, rights_visible_to
from directory.querysets.blocks import ProfileState, blocks_of, profiles_of, standing
from directory.services import school_settings
from directory.services.administrators import give_rights, take_rights
from directory.services.blocks import block_profile, change_block, lift_profile
from schools.models import School
from schools.querysets import applications_off, settings_of
from ui.applications import applications

SCHOOL = OpenApiParameter("uuid", OpenApiTypes.UUID, OpenApiParameter.PATH, description="The school.")


class SettingsSerializer(serializers.Serializer[Any]):
    """What a school chose. `name` is what it goes by: '' gives back `fed_name`, the feed's."""

    name = serializers.CharField(max_length=200, allow_blank=True, required=False)
    fed_name = serializers.CharField(read_only=True)
    logo = serializers.BooleanField(read_only=True)
    message = serializers.CharField(max_length=600, allow_blank=True, required=False)
    message_profiles = serializers.ListField(
        child=serializers.ChoiceField(Profile.choices), required=False, max_length=len(Profile)
    )
    message_until = serializers.DateField(allow_null=True, required=False)
    quiet = serializers.BooleanField(required=False)
    quiet_from = serializers.TimeField(required=False)
    quiet_until = serializers.TimeField(required=False)
    quiet_weekends = serializers.BooleanField(required=False)
    relatives_reach_relatives = serializers.BooleanField(required=False)


class LogoSerializer(serializers.Serializer[Any]):
    logo = serializers.FileField(max_length=200)


class BlockSerializer(serializers.Serializer[Any]):
    """A block of a profile: one end at most."""

    profile = serializers.ChoiceField(Profile.choices)
    starts_at = serializers.DateTimeField(required=False, allow_null=True)
    ends_at = serializers.DateTimeField(required=False, allow_null=True)
    until_turnover = serializers.BooleanField(required=False, default=False)
    reason = serializers.CharField(max_length=200, allow_blank=True, required=False, default="")
    message = serializers.CharField(max_length=300, allow_blank=True, required=False, default="")


class BlockChangeSerializer(BlockSerializer):
    profile = None  # it is in the address
    starts_at = None  # what has begun has begun


class ApplicationsSerializer(serializers.Serializer[Any]):
    """The profiles that each application is closed to, by its key."""

    off = serializers.DictField(
        child=serializers.ListField(child=serializers.ChoiceField(Profile.choices), max_length=len(Profile))
    )


class RightSerializer(serializers.Serializer[Any]):
    """A person, and the scope in which they are to administer."""

    person = serializers.UUIDField()
    scope = serializers.ChoiceField([Scope.SCHOOL, Scope.DISTRICT, Scope.ACADEMY], default=Scope.SCHOOL)


class SchoolAct(APIView):
    """What lies behind a school of the caller's scope; the others do not exist."""

    def school(self, uuid: UUID) -> School:
        schools = schools_administered_by(self.me).select_related("academy", "district")
        return get_object_or_404(schools, uuid=uuid)

    @property
    def me(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user


@extend_schema(parameters=[SCHOOL], responses=SettingsSerializer)
class SchoolSettingsView(SchoolAct):
    """Name, message, quiet hours, reach between relatives."""

    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(_settings(self.school(uuid)))

    @extend_schema(request=SettingsSerializer)
    def patch(self, request: Request, uuid: UUID) -> Response:
        """Changes what is named; the rest stays."""
        school = self.school(uuid)
        given = body_of(request, SettingsSerializer)
        now = settings_of(school)
        if "name" in given:
            school_settings.rename(by=self.me, school=school, name=given["name"])
        if {"message", "message_profiles", "message_until"} & given.keys():
            school_settings.set_message(
                by=self.me,
                school=school,
                text=given.get("message", now.message),
                profiles=given.get("message_profiles", now.message_profiles),
                until=given.get("message_until", now.message_until),
            )
        if {"quiet", "quiet_from", "quiet_until", "quiet_weekends"} & given.keys():
            school_settings.set_quiet(
                by=self.me,
                school=school,
                on=given.get("quiet", now.quiet),
                starts=given.get("quiet_from", now.quiet_from),
                ends=given.get("quiet_until", now.quiet_until),
                weekends=given.get("quiet_weekends", now.quiet_weekends),
            )
        if "relatives_reach_relatives" in given:
            school_settings.set_reach(by=self.me, school=school, relatives=given["relatives_reach_relatives"])
        return Response(_settings(school))


class SchoolLogoView(SchoolAct):
    """A school's logo."""

    @extend_schema(
        parameters=[SCHOOL], request={"multipart/form-data": LogoSerializer}, responses={204: None}
    )
    def put(self, request: Request, uuid: UUID) -> Response:
        """Any picture that browsers show; it is made small."""
        school = self.school(uuid)
        given = body_of(request, LogoSerializer)
        school_settings.set_logo(by=self.me, school=school, file=given["logo"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[SCHOOL], request=None, responses={204: None})
    def delete(self, request: Request, uuid: UUID) -> Response:
        school_settings.set_logo(by=self.me, school=self.school(uuid), file=None)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SchoolBlocksView(SchoolAct):
    """Blocks of the school's profiles."""

    @extend_schema(parameters=[SCHOOL], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, uuid: UUID) -> Response:
        """A line per profile with its counts, and what was done."""
        school = self.school(uuid)
        return Response(
            {
                "profiles": [_state(state) for state in profiles_of(school)],
                "history": [_block(block) for block in blocks_of(school)[:50]],
            }
        )

    @extend_schema(parameters=[SCHOOL], request=BlockSerializer, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, uuid: UUID) -> Response:
        """Blocks a profile."""
        school = self.school(uuid)
        given = body_of(request, BlockSerializer)
        profile = Profile(given.pop("profile"))
        block = block_profile(by=self.me, school=school, profile=profile, **given)
        return Response(_block(block), status=status.HTTP_201_CREATED)


class SchoolBlockView(SchoolAct):
    """The block of one profile that stands, or is foreseen."""

    @extend_schema(parameters=[SCHOOL], request=BlockChangeSerializer, responses=OpenApiTypes.OBJECT)
    def put(self, request: Request, uuid: UUID, profile: str) -> Response:
        """Another end, reason or message."""
        school = self.school(uuid)
        found = standing(blocks_of(school)).filter(profile=profile)
        block = get_object_or_404(found.order_by("starts_at", "pk")[:1])
        given = body_of(request, BlockChangeSerializer)
        return Response(_block(change_block(by=self.me, block=block, **given)))

    @extend_schema(parameters=[SCHOOL], request=None, responses={204: None})
    def delete(self, request: Request, uuid: UUID, profile: str) -> Response:
        """Lets the profile in again."""
        school = self.school(uuid)
        if profile not in Profile.values:
            return Response(status=status.HTTP_404_NOT_FOUND)
        lift_profile(by=self.me, school=school, profile=Profile(profile))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(parameters=[SCHOOL], responses=OpenApiTypes.OBJECT)
class SchoolApplicationsView(SchoolAct):
    """Applications, and the profiles that each is closed to."""

    def get(self, request: Request, uuid: UUID) -> Response:
        return Response(_applications(self.school(uuid)))

    @extend_schema(request=ApplicationsSerializer)
    def put(self, request: Request, uuid: UUID) -> Response:
        """Closes and opens those that are named."""
        school = self.school(uuid)
        given = body_of(request, ApplicationsSerializer)
        school_settings.set_applications(by=self.me, school=school, off=given["off"])
        return Response(_applications(school))


@extend_schema(parameters=[SCHOOL], responses=OpenApiTypes.OBJECT)
class SchoolAdministratorsView(SchoolAct):
    """Who administers the school: it, its district, its academy."""

    def get(self, request: Request, uuid: UUID) -> Response:
        return Response([_right(right) for right in rights_over(self.school(uuid))])

    @extend_schema(request=RightSerializer, responses={201: OpenApiTypes.OBJECT})
    def post(self, request: Request, uuid: UUID) -> Response:
        """Names someone within reach, in a scope that the caller holds."""
        school = self.school(uuid)
        given = body_of(request, RightSerializer)
        person = get_object_or_404(may_be_named_by(self.me), uuid=given["person"])
        places = {Scope.SCHOOL: school, Scope.DISTRICT: school.district, Scope.ACADEMY: school.academy}
        place = places[Scope(given["scope"])]
        if place is None:
            raise serializers.ValidationError({"scope": ["Cette école n’a pas de circonscription."]})
        right = give_rights(by=self.me, person=person, place=place)
        return Response(_right(right), status=status.HTTP_201_CREATED)


class AdministratorView(SchoolAct):
    """One right of administration."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, key: int) -> Response:
        """Takes it back; a feed's is refused."""
        right = get_object_or_404(rights_visible_to(self.me), pk=key)
        take_rights(by=self.me, right=right)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _settings(school: School) -> dict[str, Any]:
    chosen = settings_of(school)
    return {
        "name": school.name,
        "fed_name": school.fed_name or school.name,
        "logo": chosen.logo_id is not None,
        "message": chosen.message,
        "message_profiles": chosen.message_profiles,
        "message_until": chosen.message_until,
        "quiet": chosen.quiet,
        "quiet_from": chosen.quiet_from,
        "quiet_until": chosen.quiet_until,
        "quiet_weekends": chosen.quiet_weekends,
        "relatives_reach_relatives": school.relatives_reach_relatives,
    }


def _state(state: ProfileState) -> dict[str, Any]:
    return {
        "profile": state.profile,
        "people": state.people,
        "administrators": state.administrators,
        "elsewhere": state.elsewhere,
        "blocked_alone": state.alone,
        "blocked": state.blocked,
        "foreseen": state.foreseen,
        "block": _block(state.block) if state.block else None,
    }


def _block(block: Any) -> dict[str, Any]:
    keys = (
        "profile",
        "starts_at",
        "ends_at",
        "until_turnover",
        "reason",
        "message",
        "people",
        "by",
        "set_from",
    )
    return {key: getattr(block, key) for key in (*keys, "lifted_at", "lifted_by")}


def _applications(school: School) -> list[dict[str, Any]]:
    off = applications_off(school)
    return [
        {"key": each.key, "label": each.label, "off": sorted(off.get(each.key, ()))} for each in applications
    ]


def _right(right: Administrator) -> dict[str, Any]:
    place = right.school or right.district or right.academy
    return {
        "key": right.pk,
        "person": right.person.uuid,
        "name": right.person.full_name,
        "scope": right.scope,
        "place": place.name if place is not None else "",
        "source": right.source,
        "since": right.since,
    }
