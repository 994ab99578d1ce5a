"""A school's rules of communication, and whom a person reaches, in the API: what the console's pages do."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import sessions
from accounts.models import User
from core.api import body_of
from core.text import uuid_of
from directory.communication import CELLS, Key
from directory.communication_words import change_sentence, sentence
from directory.enums import Extent, Party
from directory.querysets import people_administered_by, schools_administered_by
from directory.querysets.communication import matrix_of
from directory.reach import ReachTold, reach_told, why_reaches
from directory.services import communication as service
from schools.models import School


class CellSerializer(serializers.Serializer[Any]):
    """How far one party reaches another in the school; `choices` is what it may be changed to."""

    who = serializers.ChoiceField(choices=Party.choices)
    whom = serializers.ChoiceField(choices=Party.choices)
    extent = serializers.ChoiceField(choices=Extent.choices)
    default = serializers.ChoiceField(choices=Extent.choices, read_only=True)
    choices = serializers.ListField(child=serializers.CharField(), read_only=True)
    why = serializers.CharField(read_only=True)
    sentence = serializers.CharField(read_only=True)


class CellsSerializer(serializers.Serializer[Any]):
    """Cells of the rules; with `dry`, what they would change is told and nothing is done."""

    cells = CellSerializer(many=True)
    dry = serializers.BooleanField(default=False, write_only=True)


class RuleChangeSerializer(serializers.Serializer[Any]):
    """A cell that changed, or would."""

    who = serializers.CharField()
    whom = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    sentence = serializers.CharField()


class ChangesSerializer(serializers.Serializer[Any]):
    """The cells that changed, or would."""

    changes = RuleChangeSerializer(many=True)


class ReasonSerializer(serializers.Serializer[Any]):
    """Whom, and why."""

    who = serializers.CharField()
    why = serializers.CharField()


class ReachedGroupSerializer(serializers.Serializer[Any]):
    """A group that the person may write to, and why."""

    uuid = serializers.UUIDField(source="group.uuid")
    label = serializers.CharField(source="group.label")
    why = serializers.ListField(child=serializers.CharField())


class TestSerializer(serializers.Serializer[Any]):
    """Whether the person may write to another."""

    reached = serializers.BooleanField()
    why = serializers.ListField(child=serializers.CharField())


class ReachSerializer(serializers.Serializer[Any]):
    """To whom a person may write, and why; `closed` names the schools that a block closes to them."""

    people = ReasonSerializer(many=True)
    groups = ReachedGroupSerializer(many=True)
    more_groups = serializers.BooleanField(source="more")
    closed = serializers.ListField(child=serializers.CharField())


class CommunicationView(APIView):
    """The rules of communication of a school that the caller administers."""

    @extend_schema(operation_id="communication_read", responses=CellsSerializer)
    def get(self, request: Request, uuid: str) -> Response:
        """Every cell, as it stands."""
        return Response({"cells": _cells(self._school(uuid))})

    @extend_schema(operation_id="communication_change", request=CellsSerializer, responses=ChangesSerializer)
    def patch(self, request: Request, uuid: str) -> Response:
        """Changes cells, all or none; they hold at the next request of everybody."""
        school = self._school(uuid)
        given = body_of(request, CellsSerializer)
        cells: dict[Key, Extent] = {
            (Party(each["who"]), Party(each["whom"])): Extent(each["extent"]) for each in given["cells"]
        }
        if given["dry"]:
            return Response(_told(service.foresee(school=school, cells=cells)))
        sessions.require_full_assurance(request)
        return Response(_told(service.change(by=request.user, school=school, cells=cells)))

    @extend_schema(operation_id="communication_reset", responses=ChangesSerializer)
    def delete(self, request: Request, uuid: str) -> Response:
        """Back to the rules by default."""
        school = self._school(uuid)
        sessions.require_full_assurance(request)
        return Response(_told(service.reset(by=request.user, school=school)))

    def _school(self, uuid: str) -> School:
        return get_object_or_404(schools_administered_by(self.request.user), uuid=uuid)


class PersonReachView(APIView):
    """Whom a person of the caller's scope may write to."""

    @extend_schema(
        operation_id="people_reach",
        parameters=[
            OpenApiParameter("to", description="The UUID of someone of the scope: may they write to them?")
        ],
        responses=ReachSerializer,
    )
    def get(self, request: Request, uuid: str) -> Response:
        """Kinds of people and groups with the reason of each; with `to`, one person alone."""
        people = people_administered_by(request.user)
        person = get_object_or_404(people, uuid=uuid)
        asked = request.query_params.get("to", "")
        told: ReachTold | dict[str, Any]
        if asked:
            other: User = get_object_or_404(people, uuid=uuid_of(asked))
            why = why_reaches(person, other)
            return Response(TestSerializer({"reached": bool(why), "why": why}).data)
        told = reach_told(person)
        return Response(ReachSerializer(told).data)


def _cells(school: School) -> list[dict[str, Any]]:
    matrix = matrix_of(school)
    return [
        {
            "who": cell.who,
            "whom": cell.whom,
            "extent": matrix[key],
            "default": cell.default,
            "choices": list(cell.choices),
            "why": cell.why,
            "sentence": sentence(key, matrix[key]),
        }
        for key, cell in CELLS.items()
    ]


def _told(changes: list[service.Change]) -> dict[str, Any]:
    return {
        "changes": [
            {
                "who": each.key[0],
                "whom": each.key[1],
                "before": each.before,
                "after": each.after,
                "sentence": change_sentence(each.key, each.before, each.after),
            }
            for each in changes
        ]
    }
