"""Answers kept ready, and the help centre."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, body_of
from directory.annuaire.viewer import viewer_of
from directory.rules import Standpoint
from support.api_words import (
    CannedAnswerSerializer,
    CannedAnswerWriteSerializer,
    HelpArticleSerializer,
    HelpArticleWholeSerializer,
)
from support.errors import NoSuchTicket, NotYourPlace
from support.help.reader import readable, reader_of
from support.help.search import TYPED, about, find
from support.help.search import body_of as text_of
from support.models import CannedAnswer
from support.querysets import canned_lent_to, canned_written_by
from support.services import canned

SHOWN = 200


class CannedAnswerViewSet(GenericViewSet[CannedAnswer]):
    """Those of the places that the caller administers, and those that wider places lend."""

    queryset = CannedAnswer.objects.none()
    serializer_class = CannedAnswerSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.user.is_authenticated and not self.me.administers_something:
            raise NoSuchTicket()

    @property
    def me(self) -> Standpoint:
        return viewer_of(self.request._request).standpoint

    def get_queryset(self) -> QuerySet[CannedAnswer, CannedAnswer]:
        return canned_written_by(self.me)

    def list(self, request: Request) -> Response:
        """Own ones first; 200 of each at most."""
        own = list(canned_written_by(self.me)[:SHOWN])
        return self._told([*own, *canned_lent_to(self.me)[:SHOWN]], own)

    @extend_schema(request=CannedAnswerWriteSerializer, responses={201: CannedAnswerSerializer})
    def create(self, request: Request) -> Response:
        """Keeps one."""
        told = body_of(request, CannedAnswerWriteSerializer)
        places = {each.key: each for each in canned.places_of(self.me)}
        if told["place"] not in places:
            raise NotYourPlace()
        place = places[told["place"]]
        made = canned.keep(by=request.user, place=place, title=told["title"], body=told["body"])
        return self._one(made, status.HTTP_201_CREATED)

    @extend_schema(request=CannedAnswerWriteSerializer, responses=CannedAnswerSerializer)
    def update(self, request: Request, uuid: str) -> Response:
        """Writes it anew."""
        told = body_of(request, CannedAnswerWriteSerializer)
        return self._one(
            canned.change(by=request.user, answer=self.get_object(), title=told["title"], body=told["body"])
        )

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Keeps it no more."""
        canned.delete(by=request.user, answer=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _one(self, answer: CannedAnswer, code: int = status.HTTP_200_OK) -> Response:
        context = {**self.get_serializer_context(), "own": {answer.pk}}
        return Response(CannedAnswerSerializer(answer, context=context).data, status=code)

    def _told(self, rows: Sequence[CannedAnswer], own: Sequence[CannedAnswer]) -> Response:
        context = {**self.get_serializer_context(), "own": {each.pk for each in own}}
        return Response(CannedAnswerSerializer(rows, many=True, context=context).data)


class HelpArticleViewSet(GenericViewSet[Any]):
    """The articles that are for the caller."""

    queryset = CannedAnswer.objects.none()
    serializer_class = HelpArticleSerializer
    pagination_class = None
    lookup_field = "slug"
    lookup_value_regex = "[a-z0-9-]{1,80}"

    @extend_schema(
        responses=HelpArticleSerializer(many=True),
        parameters=[
            OpenApiParameter("q", OpenApiTypes.STR, description="words looked for, the best first"),
            OpenApiParameter("topic", OpenApiTypes.STR),
        ],
    )
    def list(self, request: Request) -> Response:
        """All of them; those that say some words; those about an application."""
        reader = reader_of(request._request)
        typed, topic = request.query_params.get("q", "")[:TYPED], request.query_params.get("topic", "")
        rows = find(reader, typed) if typed.strip() else about(reader, topic) if topic else readable(reader)
        return Response(HelpArticleSerializer(rows, many=True).data)

    @extend_schema(
        responses=HelpArticleWholeSerializer,
        parameters=[OpenApiParameter("slug", OpenApiTypes.STR, OpenApiParameter.PATH)],
    )
    def retrieve(self, request: Request, slug: str) -> Response:
        """One, with its text."""
        found = next((each for each in readable(reader_of(request._request)) if each.slug == slug), None)
        if found is None:
            raise Http404
        told = dict(HelpArticleSerializer(found).data) | {"body": text_of(slug)}
        return Response(told)
