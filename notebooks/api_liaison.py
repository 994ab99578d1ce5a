"""The carnet de liaison in the API: the same services as the pages."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
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
from notebooks.api_class_books import MOST, ClassBookViewSet
from notebooks.enums import Asks, WordState
from notebooks.liaison_lines import WordLine, follow_of, received_lines, word_lines
from notebooks.liaison_querysets import (
    author_classes,
    copies_of,
    liaison_books_visible_to,
    pupils_of,
    waiting,
    word_visible_to,
    words_in,
)
from notebooks.liaison_slips import slips_of
from notebooks.models import LiaisonBook, LiaisonCopy, LiaisonWord
from notebooks.services import liaison_books, liaison_signatures, liaison_words
from notebooks.services.liaison_words import WordWords
from sharing.models import Resource
from sharing.reaching import reach_in


class LiaisonBookViewSet(ClassBookViewSet):
    """Carnets de liaison, for who writes and follows words."""

    related = "liaison_book"

    def seen(self) -> QuerySet[Resource]:
        return liaison_books_visible_to(self._me, self._reach)

    def begin(self, *, title: str, school_class: SchoolClass | None, shared: bool) -> LiaisonBook:
        return liaison_books.begin_liaison_book(
            by=self._me, title=title, school_class=school_class, with_direction=shared
        )

    @extend_schema(
        methods=["get"],
        responses=words.WordSerializer(many=True),
        parameters=[OpenApiParameter("state", str, enum=WordState.values)],
    )
    @extend_schema(methods=["post"], request=words.WordWordsSerializer, responses={201: words.WordSerializer})
    @action(detail=True, methods=["get", "post"])
    def words(self, request: Request, uuid: str) -> Response:
        """Its words, the last first; posted, a draft more."""
        book = self._book(uuid)
        if request.method == "POST":
            asked = words_of(self._viewer, body_of(request, words.WordWordsSerializer))
            made = liaison_words.begin_word(by=self._me, book=book)
            made = liaison_words.write_word(by=self._me, word=made, words=asked)
            return Response(words.WordSerializer(WordLine(made, 0, 0)).data, status.HTTP_201_CREATED)
        rows = words_in(book.pk, book.resource.my_role)
        state = request.query_params.get("state")
        if state is not None:
            if state not in WordState.values:
                raise NotFound()
            rows = rows.filter(state=state)
        found = word_lines(list(rows.order_by("-changed_at", "-pk")[:MOST]))
        return Response(words.WordSerializer(found, many=True).data)


class WordViewSet(GenericViewSet[LiaisonWord]):
    """Words to relatives, for who writes and follows them."""

    queryset: QuerySet[LiaisonWord] = LiaisonWord.objects.none()
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN
    serializer_class = words.WordSerializer
    pagination_class = None

    def retrieve(self, request: Request, uuid: str) -> Response:
        return Response(self._told(self._word(uuid)))

    @extend_schema(request=words.WordWordsSerializer)
    def update(self, request: Request, uuid: str) -> Response:
        """A draft, whole; once it went, its text and deadline are corrected (`ask_again`)."""
        asked = body_of(request, words.WordWordsSerializer)
        again = asked["ask_again"]
        word = self._word(uuid)
        told = words_of(self._viewer, asked, sent=word.state != WordState.DRAFT)
        if word.state == WordState.DRAFT:
            return Response(self._told(liaison_words.write_word(by=self._me, word=word, words=told)))
        done = liaison_words.correct_word(by=self._me, word=word, words=told, ask_again=again)
        return Response(self._told(done))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """A draft, for good."""
        liaison_words.erase_word(by=self._me, word=self._word(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=words.WordPeopleSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, uuid: str) -> Response:
        """It goes to each legal relative, child by child; answers how many copies."""
        return Response({"people": liaison_words.send_word(by=self._me, word=self._word(uuid))})

    @extend_schema(request=None, responses=words.WordPeopleSerializer)
    @action(detail=True, methods=["post"])
    def newcomers(self, request: Request, uuid: str) -> Response:
        """Families that came since receive it too."""
        return Response({"people": liaison_words.send_to_newcomers(by=self._me, word=self._word(uuid))})

    @extend_schema(request=None, responses=words.WordPeopleSerializer)
    @action(detail=True, methods=["post"])
    def remind(self, request: Request, uuid: str) -> Response:
        """Those who have not signed are told, once a day at most."""
        return Response({"people": liaison_signatures.remind(by=self._me, word=self._word(uuid))})

    @extend_schema(request=None, responses=words.WordSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, uuid: str) -> Response:
        return Response(self._told(liaison_words.close_word(by=self._me, word=self._word(uuid))))

    @extend_schema(request=None, responses=words.WordSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, uuid: str) -> Response:
        return Response(self._told(liaison_words.reopen_word(by=self._me, word=self._word(uuid))))

    @extend_schema(responses=words.WordCopySerializer(many=True))
    @action(detail=True, methods=["get"])
    def copies(self, request: Request, uuid: str) -> Response:
        """Who has signed and who has not, by class and child."""
        follow = follow_of(self._word(uuid))
        found = [each for family in follow.families for each in family.copies]
        return Response(words.WordCopySerializer(found, many=True).data)

    @extend_schema(request=words.WordPaperSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def paper(self, request: Request, uuid: str) -> Response:
        """A slip came back signed."""
        asked = body_of(request, words.WordPaperSerializer)
        word = self._word(uuid)
        copy = get_object_or_404(LiaisonCopy.objects.filter(word=word), uuid=asked["copy"])
        liaison_signatures.note_paper(by=self._me, copy=copy, signed=asked["signed"], answer=asked["answer"])
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
        parameters=[OpenApiParameter("everybody", bool)],
    )
    @action(detail=True, methods=["get"])
    def slips(self, request: Request, uuid: str) -> HttpResponse:
        """Slips to cut: for those without a screen, or all who have not signed."""
        word = self._word(uuid)
        liaison_words.require_change(self._me, word)
        drawn = slips_of(word, everybody="everybody" in request.query_params)
        return HttpResponse(
            drawn, content_type="application/pdf", headers={"Cache-Control": "private, no-store"}
        )

    @property
    def _viewer(self) -> Viewer:
        return viewer_of(self.request._request)

    @property
    def _me(self) -> User:
        return self._viewer.person

    def _word(self, uuid: str) -> LiaisonWord:
        key = uuid_of(uuid)
        found = key and word_visible_to(self._me, reach_in(self.request._request), key)
        if not found:
            raise NotFound()
        return found

    def _told(self, word: LiaisonWord) -> Any:
        return words.WordSerializer(word_lines([word])[0]).data


class ReceivedWordViewSet(GenericViewSet[LiaisonCopy]):
    """Words as relatives hold them, child by child; with `waiting`, those to sign."""

    queryset: QuerySet[LiaisonCopy] = LiaisonCopy.objects.none()
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN
    serializer_class = words.ReceivedWordSerializer
    pagination_class = None

    @extend_schema(
        responses=words.ReceivedWordSerializer(many=True), parameters=[OpenApiParameter("waiting", bool)]
    )
    def list(self, request: Request) -> Response:
        rows = copies_of(self._me)
        if "waiting" in request.query_params:
            rows = waiting(rows)
        found = received_lines(rows.order_by("-sent_at", "-pk")[:MOST])
        return Response(words.ReceivedWordSerializer(found, many=True).data)

    def retrieve(self, request: Request, uuid: str) -> Response:
        """To read it is to have read it."""
        copy = self._copy(uuid)
        liaison_signatures.open_copy(by=self._me, copy=copy)
        return Response(words.ReceivedWordSerializer(received_lines([copy])[0]).data)

    @extend_schema(request=words.WordAnswerSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, uuid: str) -> Response:
        """« Lu et signé », or yes or no."""
        asked = body_of(request, words.WordAnswerSerializer)
        liaison_signatures.sign(by=self._me, copy=self._copy(uuid), answer=asked["answer"])
        return Response(words.ReceivedWordSerializer(received_lines([self._copy(uuid)])[0]).data)

    @property
    def _me(self) -> User:
        return viewer_of(self.request._request).person

    def _copy(self, uuid: str) -> LiaisonCopy:
        found: LiaisonCopy = get_object_or_404(copies_of(self._me), uuid=uuid_of(uuid))
        return found


def words_of(viewer: Viewer, asked: dict[str, Any], *, sent: bool = False) -> WordWords:
    """What the services take. Raises NotFound for a class or a pupil that is not the caller's to write for."""
    named_classes: set[UUID] = set(asked["classes"])
    named: set[UUID] = set(asked["pupils"])
    classes, pupils = [], []
    if not sent and (named_classes or named):
        mine = author_classes(viewer.standpoint)
        classes = [each for each in mine if each.uuid in named_classes]
        known = {pupil.uuid: pupil for pupil, _ in pupils_of([each.pk for each in mine])} if named else {}
        pupils = [known[each] for each in sorted(named & set(known))]
        if len(classes) != len(named_classes) or len(pupils) != len(named):
            raise NotFound()
    return WordWords(
        title=asked["title"],
        body=asked["body"],
        asks=Asks(asked["asks"]),
        due_on=asked["due_on"],
        classes=classes,
        pupils=pupils,
    )
