"""Cahiers mémo in the API: books; the same gates and services as the pages."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.api import UUID_PATTERN, body_of
from core.storage.serve import disposition
from core.storage.services import receive
from core.text import uuid_of
from directory.querysets import classes_visible_to
from notebooks import memo_jobs
from notebooks.api_memo_words import (
    MemoBookSerializer,
    MemoBookWriteSerializer,
    MemoCopySerializer,
    MemoFileSerializer,
    MemoInNamesDoneSerializer,
    MemoInNamesSerializer,
    MemoJobSerializer,
    MemoNewPageSerializer,
    MemoPageSerializer,
)
from notebooks.memo_enums import Cover, Drawing
from notebooks.memo_reading import books_found, books_seen, covers_of, pages_in, pages_removed
from notebooks.services import memo_books, memo_pages
from notebooks.services.memo_copy import copy_book
from notebooks.services.memo_pdf import draw_book, is_long
from notebooks.services.memo_share import share_with_class
from sharing.enums import Role
from sharing.models import Resource

MOST = 200


class MemoBookViewSet(GenericViewSet[Resource]):
    """The books that the caller sees."""

    queryset = Resource.objects.none()
    serializer_class = MemoBookSerializer
    pagination_class = None
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN

    @extend_schema(
        responses=MemoBookSerializer(many=True),
        parameters=[OpenApiParameter("q", description="words of the title, or of a page")],
    )
    def list(self, request: Request) -> Response:
        """Own ones and those shared with the caller, the last changed first; 200 at most."""
        typed = request.query_params.get("q", "")
        found = books_found(request.user, typed) if typed else books_seen(request.user)
        books = list(found.filter(trashed_at__isnull=True).order_by("-changed_at", "-pk")[:MOST])
        context = {"pictures": covers_of(books)}
        return Response(MemoBookSerializer(books, many=True, context=context).data)

    def retrieve(self, request: Request, uuid: str) -> Response:
        """One book."""
        return self._told(self._book(uuid))

    @extend_schema(request=MemoBookWriteSerializer, responses={201: MemoBookSerializer})
    def create(self, request: Request) -> Response:
        """A new book, the caller's."""
        asked = body_of(request, MemoBookWriteSerializer)
        made = memo_books.begin(
            by=request.user,
            title=asked.get("title", ""),
            cover=Cover(asked.get("cover", Cover.VIOLET)),
            drawing=Drawing(asked.get("drawing", Drawing.STAR)),
            words=asked.get("words", ""),
        )
        return self._told(self._book(made.uuid), status.HTTP_201_CREATED)

    @extend_schema(request=MemoBookWriteSerializer, responses=MemoBookSerializer)
    def partial_update(self, request: Request, uuid: str) -> Response:
        """Its title and its cover, for who manages it."""
        asked = body_of(request, MemoBookWriteSerializer)
        memo_books.dress(
            by=request.user,
            book=self._book(uuid),
            title=asked.get("title"),
            cover=Cover(asked["cover"]) if "cover" in asked else None,
            drawing=Drawing(asked["drawing"]) if "drawing" in asked else None,
            words=asked.get("words"),
        )
        return self._told(self._book(uuid))

    @extend_schema(request=MemoFileSerializer, responses=MemoBookSerializer)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def picture(self, request: Request, uuid: str) -> Response:
        """A picture of one's own on the cover."""
        file = body_of(request, MemoFileSerializer)["file"]
        received = receive(file=file, name=str(file.name))
        memo_books.set_picture(by=request.user, book=self._book(uuid), blob=received.blob, name=received.name)
        return self._told(self._book(uuid))

    @extend_schema(operation_id="memo_books_picture_drop", request=None, responses={204: None})
    @picture.mapping.delete
    def drop_picture(self, request: Request, uuid: str) -> Response:
        """The drawing again."""
        memo_books.drop_picture(by=request.user, book=self._book(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        responses=MemoPageSerializer(many=True),
        parameters=[OpenApiParameter("removed", bool, description="those taken out of the book")],
    )
    @action(detail=True, methods=["get"])
    def pages(self, request: Request, uuid: str) -> Response:
        """Its pages, in order."""
        book = self._book(uuid)
        of = pages_removed if request.query_params.get("removed") == "true" else pages_in
        rows = of(book, request.user, book.my_role).select_related("book__resource")
        return Response(MemoPageSerializer(rows, many=True).data)

    @extend_schema(
        operation_id="memo_books_add_page",
        request=MemoNewPageSerializer,
        responses={201: MemoPageSerializer},
    )
    @pages.mapping.post
    def add_page(self, request: Request, uuid: str) -> Response:
        """A page at the end, the caller's; the empty one that waits there already, where it asks for no title."""
        title = body_of(request, MemoNewPageSerializer)["title"]
        made = memo_pages.add_page(by=request.user, book=self._book(uuid), title=title)
        return Response(MemoPageSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=MemoCopySerializer, responses={201: MemoJobSerializer, 202: MemoJobSerializer})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, uuid: str) -> Response:
        """A copy of the caller's own; of a large book, by a job."""
        title, book = body_of(request, MemoCopySerializer)["title"], self._book(uuid)
        if memo_jobs.is_large(book):
            job = memo_jobs.start_copy(by=request.user, book=book)
            return Response({"job": job.uuid, "book": None}, status=status.HTTP_202_ACCEPTED)
        made = copy_book(by=request.user, book=book, title=title)
        return Response({"job": None, "book": made.uuid}, status=status.HTTP_201_CREATED)

    @extend_schema(request=MemoInNamesSerializer, responses=MemoInNamesDoneSerializer)
    @action(detail=True, methods=["post"], url_path="in-names")
    def in_names(self, request: Request, uuid: str) -> Response:
        """Shares it with each pupil of a class by name: such shares outlive the school year."""
        asked = body_of(request, MemoInNamesSerializer)
        found = get_object_or_404(classes_visible_to(request.user), uuid=asked["school_class"])
        done = share_with_class(
            by=request.user,
            book=self._book(uuid),
            school_class=found,
            role=Role(asked["role"]),
            relatives=asked["relatives"],
            pages=asked["pages"],
        )
        return Response(MemoInNamesDoneSerializer(done).data)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY, 409: None})
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, uuid: str) -> HttpResponse | Response:
        """A book on paper. Of one with many pictures, 409: ask for it with a POST."""
        book = self._book(uuid)
        if is_long(book):
            return Response({"title": "Ce cahier est long."}, status=status.HTTP_409_CONFLICT)
        drawn = draw_book(by=request.user, book=book)
        headers = {"Content-Disposition": disposition(f"{book.title}.pdf", inline=False)}
        return HttpResponse(drawn, content_type="application/pdf", headers=headers)

    @extend_schema(operation_id="memo_books_pdf_start", request=None, responses={202: MemoJobSerializer})
    @pdf.mapping.post
    def start_pdf(self, request: Request, uuid: str) -> Response:
        """Has it drawn by a job; its file is given at `/cahiers/memo/taches/<job>/pdf/` for some hours."""
        job = memo_jobs.start_pdf(by=request.user, book=self._book(uuid))
        return Response({"job": job.uuid, "book": None}, status=status.HTTP_202_ACCEPTED)

    def _told(self, book: Any, code: int = status.HTTP_200_OK) -> Response:
        context = {"pictures": covers_of([book])}
        return Response(MemoBookSerializer(book, context=context).data, status=code)

    def _book(self, uuid: Any) -> Any:
        key = uuid_of(str(uuid))
        found = books_seen(self.request.user).filter(uuid=key).first() if key else None
        if found is None:
            raise NotFound()
        return found
