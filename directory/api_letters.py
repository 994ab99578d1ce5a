"""Letters of a first sign-in in the API: who would have which, the drawing as a job, its file, the mails."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts import sessions
from accounts.enums import Profile
from core.api import UUID_PATTERN, body_of
from core.storage.serve import disposition
from directory import letters_job
from directory.letters import LettersAsked, tallies
from directory.querysets import schools_administered_by
from directory.services.letters import letters_of, mail_letters
from schools.models import School

MOST = 2_000


class LettersAskedSerializer(serializers.Serializer[Any]):
    """Whose letters: by profile and class, those who never signed in; or of people by name."""

    profiles = serializers.ListField(
        child=serializers.ChoiceField(Profile.choices), required=False, default=list
    )
    school_class = serializers.UUIDField(required=False)
    only_new = serializers.BooleanField(required=False, default=False)
    since = serializers.DateField(required=False, allow_null=True, default=None)
    people = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST, required=False, default=list
    )


class PrintLettersSerializer(LettersAskedSerializer):
    """`page`: one a page; `slips`: several to cut out. `renew`: new codes for who never signed in."""

    layout = serializers.ChoiceField(letters_job.LAYOUTS, default="page")
    renew = serializers.BooleanField(required=False, default=False)


class AwaitedSerializer(serializers.Serializer[Any]):
    uuid = serializers.UUIDField(source="person.uuid")
    name = serializers.CharField(source="person.full_name")
    profile = serializers.CharField(source="person.profile")
    children = serializers.ListField(child=serializers.CharField())


class TallySerializer(serializers.Serializer[Any]):
    """A class: how many letters, who never signed in, to how many of them one may write."""

    section = serializers.CharField()
    people = serializers.IntegerField()
    mailable = serializers.IntegerField()
    new = AwaitedSerializer(many=True)


class LettersSerializer(serializers.Serializer[Any]):
    """`kept_back`: people who administer more than the caller, whose code is not theirs to print."""

    letters = serializers.IntegerField()
    classes = TallySerializer(many=True)
    kept_back = serializers.ListField(child=serializers.UUIDField())


class LettersStartedSerializer(serializers.Serializer[Any]):
    """The job, to follow at `/jobs/<uuid>/`; its file lies at `file/` for some hours."""

    job = serializers.UUIDField()


class MailedSerializer(serializers.Serializer[Any]):
    sent = serializers.IntegerField()


class LettersViewSet(ViewSet):
    """Letters of a school that the caller administers, by its UUID."""

    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(
        parameters=[LettersAskedSerializer],
        responses=LettersSerializer,
        operation_id="administration_letters",
    )
    def retrieve(self, request: Request, uuid: str) -> Response:
        """Who would have a letter, and who is still awaited, class by class."""
        asked = LettersAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        what = _asked(dict(asked.validated_data))
        chosen = letters_of(by=request.user, school=_school(request, uuid), asked=what)
        told = {
            "letters": len(chosen.letters),
            "classes": tallies(chosen.letters),
            "kept_back": [person.uuid for person in chosen.kept_back],
        }
        return Response(LettersSerializer(told).data)

    @extend_schema(request=PrintLettersSerializer, responses={202: LettersStartedSerializer})
    @action(detail=True, methods=["post"], url_path="print", url_name="print")
    def draw(self, request: Request, uuid: str) -> Response:
        """Starts the drawing of a PDF."""
        sessions.require_full_assurance(request)
        school = _school(request, uuid)
        given = body_of(request, PrintLettersSerializer)
        job = letters_job.start(
            by=request.user,
            school=school,
            asked=_asked(given),
            layout=given["layout"],
            renew=given["renew"],
        )
        return Response({"job": job.uuid}, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=LettersAskedSerializer, responses=MailedSerializer)
    @action(detail=True, methods=["post"])
    def mail(self, request: Request, uuid: str) -> Response:
        """Writes to those who never signed in and whose address is known: a link, no code."""
        sessions.require_full_assurance(request)
        school = _school(request, uuid)
        asked = _asked(body_of(request, LettersAskedSerializer))
        return Response({"sent": mail_letters(by=request.user, school=school, asked=asked)})

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, uuid: str) -> HttpResponse:
        """The PDF of a job, by the job's UUID, for whoever asked and for some hours."""
        found = letters_job.file_of(request.user, UUID(uuid))
        if found is None:
            raise NotFound
        drawn, name = found
        headers = {"Content-Disposition": disposition(name, inline=False)}
        return HttpResponse(drawn, content_type="application/pdf", headers=headers)


def _school(request: Request, uuid: str) -> School:
    return get_object_or_404(schools_administered_by(request.user), uuid=uuid)


def _asked(given: dict[str, Any]) -> LettersAsked:
    return LettersAsked(
        profiles=tuple(Profile(value) for value in given["profiles"]),
        school_class=given.get("school_class"),
        only_new=given["only_new"],
        since=given["since"],
        people=tuple(given["people"]),
    )
