"""Requests for help: asked, read, answered, handled; the same services as the pages."""

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from core.api import UUID_PATTERN, CursorPages, body_of
from directory.annuaire.viewer import viewer_of
from directory.rules import Standpoint
from support import querysets
from support.api_words import (
    DeskFiguresSerializer,
    TicketAnswerSerializer,
    TicketAskSerializer,
    TicketAssignSerializer,
    TicketClassifySerializer,
    TicketNoteSerializer,
    TicketPassSerializer,
    TicketSerializer,
    TicketStateSerializer,
    TicketWholeSerializer,
)
from support.browsers import in_words
from support.enums import Category, Level, State, Urgency
from support.errors import NoSuchTicket
from support.figures import figures_of
from support.helping import schools_of
from support.lines import conversation, reads_names
from support.models import Ticket
from support.rules import handles, helps, may_ask
from support.services import answer, drafts, handle
from support.services.ask import Asked, ask
from support.views.figures import PERIODS
from support.views.lists import filters_of
from support.views.requests import page_of
from support.views.ticket import page_shown


class LastMovedFirst(CursorPages):
    ordering: Any = ("-changed_at", "-pk")

    def _fits(self, position: str) -> bool:
        return querysets.instant_of(position) is not None


class TicketViewSet(GenericViewSet[Ticket]):
    """What the caller asked, and what they help with."""

    queryset = Ticket.objects.none()
    serializer_class = TicketSerializer
    pagination_class = LastMovedFirst
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if isinstance(request.user, User) and not may_ask(request.user.profile):
            raise NoSuchTicket()

    @property
    def me(self) -> Standpoint:
        return viewer_of(self.request._request).standpoint

    def get_queryset(self) -> QuerySet[Ticket, Ticket]:
        rows = querysets.visible_to(self.request.user, self.me)
        return rows.select_related("author", "assignee")

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "me": self.me}

    @extend_schema(
        parameters=[
            OpenApiParameter("box", OpenApiTypes.STR, enum=["mine", "queue", "helped"]),
            OpenApiParameter("etat", OpenApiTypes.STR, description="a state, `ended`, `toutes`"),
            OpenApiParameter("q", OpenApiTypes.STR),
        ]
    )
    def list(self, request: Request) -> Response:
        """By box: what one asked, what waits for one, all that one helps with; filters as the page's address."""
        box, filters = request.query_params.get("box", ""), filters_of(request._request)
        rows = self.get_queryset()
        if box == "mine":
            rows = querysets.asked_by(request.user)
        elif box == "queue":
            rows = querysets.found(querysets.handled_by(self.me), filters, self.me)
        elif box == "helped":
            rows = querysets.found(querysets.helped_by(self.me), filters, self.me)
        page = self.paginate_queryset(rows.select_related("author", "assignee"))
        return self.get_paginated_response(self.get_serializer(page or [], many=True).data)

    @extend_schema(responses=TicketWholeSerializer)
    def retrieve(self, request: Request, uuid: str) -> Response:
        """One request with its conversation; its author has then seen what helpers did."""
        ticket = self.get_object()
        answer.look(by=request.user, ticket=ticket)
        return self._whole(ticket)

    @extend_schema(request=TicketAskSerializer, responses={201: TicketWholeSerializer})
    def create(self, request: Request) -> Response:
        """Asks for help."""
        told = body_of(request, TicketAskSerializer)
        school = None
        if told["school"] is not None:
            school = get_object_or_404(schools_of(self.me), uuid=told["school"])
        asked = Asked(
            subject=told["subject"],
            body=told["body"],
            category=Category(told["category"]),
            application=told["application"],
            urgency=Urgency(told["urgency"]),
            school=school,
            page=page_of(told["page"]),
            browser=in_words(request.headers.get("User-Agent", "")),
        )
        with transaction.atomic():
            draft = drafts.begin(request.user, uuid4())
            drafts.join_documents(by=request.user, draft=draft, documents=told["documents"])
            made = ask(by=request.user, key=draft.uuid, asked=asked)
        return self._fresh(made, status.HTTP_201_CREATED)

    @extend_schema(request=TicketAnswerSerializer, responses=TicketWholeSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, uuid: str) -> Response:
        """Says more, as its author; answers, as whoever's turn it is."""
        ticket, told = self.get_object(), body_of(request, TicketAnswerSerializer)
        with transaction.atomic():
            draft = drafts.draft_for(request.user, ticket)
            drafts.join_documents(by=request.user, draft=draft, documents=told["documents"])
            if ticket.author_id == request.user.pk:
                answer.say_more(by=request.user, ticket=ticket, body=told["body"], key=draft.uuid)
            else:
                to = State(told["state"]) if "state" in told else None
                answer.answer(by=request.user, ticket=ticket, body=told["body"], to=to, key=draft.uuid)
        return self._fresh(ticket)

    @extend_schema(request=TicketNoteSerializer, responses=TicketWholeSerializer)
    @action(detail=True, methods=["post"])
    def note(self, request: Request, uuid: str) -> Response:
        """A note among helpers."""
        ticket = self.get_object()
        answer.note(by=request.user, ticket=ticket, body=body_of(request, TicketNoteSerializer)["body"])
        return self._fresh(ticket)

    @extend_schema(request=TicketStateSerializer, responses=TicketWholeSerializer)
    @action(detail=True, methods=["post"], url_path="state")
    def change_state(self, request: Request, uuid: str) -> Response:
        """Where it stands."""
        ticket, to = self.get_object(), State(body_of(request, TicketStateSerializer)["state"])
        if ticket.author_id == request.user.pk and to == State.CLOSED:
            answer.end(by=request.user, ticket=ticket)
        else:
            answer.change_state(by=request.user, ticket=ticket, to=to)
        return self._fresh(ticket)

    @extend_schema(request=TicketAssignSerializer, responses=TicketWholeSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, uuid: str) -> Response:
        """Who follows it; nobody, with null."""
        ticket, asked = self.get_object(), body_of(request, TicketAssignSerializer)["person"]
        to = get_object_or_404(User.objects.present(), uuid=asked) if asked else None
        handle.assign(by=request.user, ticket=ticket, to=to)
        return self._fresh(ticket)

    @extend_schema(request=TicketClassifySerializer, responses=TicketWholeSerializer)
    @action(detail=True, methods=["post"])
    def classify(self, request: Request, uuid: str) -> Response:
        """What it is about."""
        ticket, told = self.get_object(), body_of(request, TicketClassifySerializer)
        handle.classify(
            by=request.user,
            ticket=ticket,
            category=Category(told["category"]) if "category" in told else None,
            application=told.get("application"),
            urgency=Urgency(told["urgency"]) if "urgency" in told else None,
        )
        return self._fresh(ticket)

    @extend_schema(request=TicketPassSerializer, responses=TicketWholeSerializer)
    @action(detail=True, methods=["post"], url_path="pass")
    def pass_on(self, request: Request, uuid: str) -> Response:
        """To another level, with its whole conversation."""
        ticket, told = self.get_object(), body_of(request, TicketPassSerializer)
        handle.pass_on(by=request.user, ticket=ticket, to=Level[told["level"]], names=told["names"])
        return self._fresh(ticket)

    @extend_schema(
        responses=DeskFiguresSerializer,
        parameters=[OpenApiParameter("weeks", OpenApiTypes.INT, enum=[int(each) for each, _ in PERIODS])],
    )
    @action(detail=False, methods=["get"])
    def figures(self, request: Request) -> Response:
        """Volume and delays of what the caller helps with."""
        if not self.me.administers_something:
            raise NoSuchTicket()
        asked = request.query_params.get("weeks", "")
        weeks = int(asked) if asked in dict(PERIODS) else int(PERIODS[0][0])
        found = figures_of(querysets.helped_by(self.me), weeks=weeks)
        return Response(DeskFiguresSerializer(found).data)

    def _fresh(self, ticket: Ticket, code: int = status.HTTP_200_OK) -> Response:
        return self._whole(self.get_queryset().get(pk=ticket.pk), code)

    def _whole(self, ticket: Ticket, code: int = status.HTTP_200_OK) -> Response:
        desk = querysets.desk_of(ticket)
        inside = helps(self.me, desk)
        said = querysets.messages_of(ticket, inside=inside)
        turn = handles(self.me, desk)
        context = self.get_serializer_context() | {
            "said": conversation(self.me, ticket, said),
            "page": page_shown(ticket, shown=reads_names(self.me, ticket)),
            "passes_to": [each.level for each in handle.ways(ticket)] if turn and ticket.is_open else [],
        }
        return Response(TicketWholeSerializer(ticket, context=context).data, status=code)
