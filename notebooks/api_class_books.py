"""Books of a class in the API: a cahier de textes and a carnet de liaison are listed, begun and settled alike."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from core.api import UUID_PATTERN, body_of
from core.text import uuid_of
from directory.annuaire.viewer import Viewer, viewer_of
from directory.models import SchoolClass
from notebooks import api_words as words
from notebooks.models.class_book import ClassBook
from notebooks.places import classes_of
from notebooks.services import class_books
from sharing.models import Resource
from sharing.reaching import reach_in
from sharing.rules import Reach

MOST = 200


class ClassBookViewSet(GenericViewSet[Resource]):
    """`related` is the attribute of a resource that is its book."""

    queryset: QuerySet[Resource] = Resource.objects.none()
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN
    serializer_class = words.NotebookBookSerializer
    pagination_class = None
    related = ""

    def seen(self) -> QuerySet[Resource]:
        """The books that the caller sees: the gate."""
        raise NotImplementedError

    def begin(self, *, title: str, school_class: SchoolClass | None, shared: bool) -> ClassBook:
        """A new one, of the caller's."""
        raise NotImplementedError

    @extend_schema(responses=words.NotebookBookSerializer(many=True))
    def list(self, request: Request) -> Response:
        found = self.seen().order_by("-changed_at", "-pk")
        return Response(self._told(list(found[:MOST]), many=True))

    def retrieve(self, request: Request, uuid: str) -> Response:
        return Response(self._told(self._resource(uuid)))

    @extend_schema(request=words.NewNotebookSerializer, responses={201: words.NotebookBookSerializer})
    def create(self, request: Request) -> Response:
        asked = body_of(request, words.NewNotebookSerializer)
        made = self.begin(
            title=asked["title"],
            school_class=class_named(self._viewer, asked["school_class"]),
            shared=asked["share"],
        )
        return Response(self._told(self._resource(str(made.resource.uuid))), status.HTTP_201_CREATED)

    @extend_schema(request=words.NotebookSettingsSerializer)
    def update(self, request: Request, uuid: str) -> Response:
        asked = body_of(request, words.NotebookSettingsSerializer)
        book = self._book(uuid)
        class_books.settle(
            by=self._me,
            book=book,
            title=asked["title"],
            school_class=class_named(self._viewer, asked["school_class"], book.school_class),
        )
        return Response(self._told(self._resource(uuid)))

    @property
    def _viewer(self) -> Viewer:
        return viewer_of(self.request._request)

    @property
    def _me(self) -> User:
        return self._viewer.person

    @property
    def _reach(self) -> Reach:
        return reach_in(self.request._request)

    def _resource(self, uuid: str) -> Resource:
        # What was just made is seen by a reach read anew: its owner sees it whatever the groups.
        found: Resource = get_object_or_404(self.seen(), uuid=uuid_of(uuid))
        return found

    def _book(self, uuid: str) -> Any:
        resource = self._resource(uuid)
        book = getattr(resource, self.related)
        book.resource = resource
        return book

    def _told(self, found: Any, *, many: bool = False) -> Any:
        return words.NotebookBookSerializer(found, many=many, context={"book": self.related}).data


def class_named(viewer: Viewer, asked: Any, there: SchoolClass | None = None) -> SchoolClass | None:
    """A class for which the caller may begin a notebook, or that which it has (`there`). Raises NotFound."""
    if asked is None:
        return None
    if there is not None and there.uuid == asked:
        return there
    found = classes_of(viewer.standpoint).filter(uuid=asked).first()
    if found is None:
        raise NotFound()
    return found
