"""New passwords forced on a population, in the API: foreseen, then started as a job."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.enums import Profile
from core.api import body_of
from directory import password_jobs
from directory.api_school import SCHOOL, SchoolAct
from directory.enums import Scope
from directory.services.forced_passwords import Population, foresee


class PopulationSerializer(serializers.Serializer[Any]):
    """`apart`: persons left out, by UUID; `spared`: administrators are; `dry`: the numbers alone."""

    scope = serializers.ChoiceField(Scope.choices, required=False, default=Scope.SCHOOL)
    profiles = serializers.ListField(child=serializers.ChoiceField(Profile.choices), allow_empty=False)
    apart = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=1_000
    )
    spared = serializers.BooleanField(required=False, default=True)
    dry = serializers.BooleanField(required=False, default=True)


class PopulationNumbersSerializer(serializers.Serializer[Any]):
    """`mails`: who keeps a mail; `forgotten`: who chose one lately, which is theirs no more."""

    profile = serializers.ChoiceField(Profile.choices)
    people = serializers.IntegerField()
    mails = serializers.IntegerField()
    forgotten = serializers.IntegerField()


class ForcedPasswordsSerializer(serializers.Serializer[Any]):
    """`job`: where its progress is read, None for a trial."""

    numbers = PopulationNumbersSerializer(many=True)
    job = serializers.UUIDField(allow_null=True)


class SchoolPasswordsView(SchoolAct):
    @extend_schema(
        parameters=[SCHOOL],
        request=PopulationSerializer,
        responses={200: ForcedPasswordsSerializer, 202: ForcedPasswordsSerializer},
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Says how many people it is; with `dry` false, ends their passwords and sessions, by a job. It is not
        undone."""
        school = self.school(uuid)
        told = body_of(request, PopulationSerializer)
        asked = Population(
            school=school,
            scope=Scope(told["scope"]),
            profiles=frozenset(Profile(each) for each in told["profiles"]),
            apart=frozenset(told["apart"]),
            spared=told["spared"],
        )
        numbers = foresee(by=self.me, asked=asked)
        job = None if told["dry"] else password_jobs.start(by=self.me, asked=asked)
        body = ForcedPasswordsSerializer({"numbers": numbers, "job": job.uuid if job else None}).data
        return Response(body, status=status.HTTP_200_OK if job is None else status.HTTP_202_ACCEPTED)
