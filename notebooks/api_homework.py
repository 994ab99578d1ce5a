"""The cahier de textes in the API: the same services as the pages."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.enums import Profile
from accounts.models import User
from core import clock
from core.api import UUID_PATTERN, body_of
from core.text import day_of, uuid_of
from directory.annuaire.viewer import viewer_of
from directory.models import SchoolClass
from documents.pieces import pieces_of
from notebooks import api_words as words
from notebooks import homework_rules as rules
from notebooks.api_class_books import MOST, ClassBookViewSet, class_named
from notebooks.books import books_visible_to as every_book
from notebooks.books import lines_of
from notebooks.homework_querysets import books_visible_to, entries_within, entry_visible_to, ticked
from notebooks.homework_reading import Homework, homework_of, works_in
from notebooks.models import HomeworkBook, HomeworkEntry
from notebooks.services import homework_books, homework_calendars, homework_copies, homework_ticks
from notebooks.services import homework_entries as entries
from sharing.models import Resource
from sharing.reaching import reach_in
from sharing.rules import Reach

DAYS = [OpenApiParameter("since", date), OpenApiParameter("until", date)]


class NotebookViewSet(GenericViewSet[Resource]):
    """Every notebook that one sees, whatever its kind, those that changed last first."""

    queryset: QuerySet[Resource] = Resource.objects.none()
    serializer_class = words.NotebookSerializer
    pagination_class = None

    @extend_schema(responses=words.NotebookSerializer(many=True))
    def list(self, request: Request) -> Response:
        me = viewer_of(request._request).person
        found = list(every_book(me, reach_in(request._request))[:MOST])
        return Response(words.NotebookSerializer(lines_of(me, found), many=True).data)


class HomeworkBookViewSet(ClassBookViewSet):
    """Cahiers de textes."""

    related = "homework_book"

    def seen(self) -> QuerySet[Resource]:
        return books_visible_to(self._me, self._reach)

    def begin(self, *, title: str, school_class: SchoolClass | None, shared: bool) -> HomeworkBook:
        return homework_books.begin_book(
            by=self._me, title=title, school_class=school_class, with_families=shared
        )

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="share-with-families")
    def share_with_families(self, request: Request, uuid: str) -> Response:
        """The pupils of its class and their relatives read it, until the year ends."""
        homework_books.share_with_families(by=self._me, book=self._book(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        methods=["get"],
        responses=words.HomeworkSerializer(many=True),
        parameters=[*DAYS, OpenApiParameter("subject", str)],
    )
    @extend_schema(
        methods=["post"], request=words.HomeworkWordsSerializer, responses={201: words.HomeworkSerializer}
    )
    @action(detail=True, methods=["get", "post"])
    def entries(self, request: Request, uuid: str) -> Response:
        """Those of the days asked, the last 200 at most; posted, one more."""
        book = self._book(uuid)
        if request.method == "POST":
            asked = body_of(request, words.HomeworkWordsSerializer)
            publish = asked.pop("publish")
            made = entries.begin(by=self._me, book=book, due_on=asked["due_on"])
            made = entries.write(by=self._me, entry=made, words=entries.Words(**asked))
            if publish:
                made = entries.publish(by=self._me, entry=made)
            return Response(told_of(self._me, made, 4), status=status.HTTP_201_CREATED)
        role = book.resource.my_role
        rows = entries_within({book.pk: role}).filter(_days(request))
        if subject := request.query_params.get("subject"):
            rows = rows.filter(subject=subject)
        found = works_in(rows.order_by("-due_on", "-pk")[:MOST], role=role, writer=self._me)
        return Response(words.HomeworkSerializer(found, many=True).data)

    @extend_schema(request=words.HomeworkWeekSerializer, responses=words.HomeworkCountSerializer)
    @action(detail=True, methods=["post"], url_path="publish-week")
    def publish_week(self, request: Request, uuid: str) -> Response:
        """All the drafts of a week."""
        asked = body_of(request, words.HomeworkWeekSerializer)
        done = entries.publish_week(by=self._me, book=self._book(uuid), monday=rules.monday_of(asked["week"]))
        return Response({"entries": done})

    @extend_schema(request=words.HomeworkWeekCopySerializer, responses=words.HomeworkCountSerializer)
    @action(detail=True, methods=["post"], url_path="copy-week")
    def copy_week(self, request: Request, uuid: str) -> Response:
        """As drafts of another week."""
        asked = body_of(request, words.HomeworkWeekCopySerializer)
        done = homework_copies.copy_week(
            by=self._me,
            book=self._book(uuid),
            source=rules.monday_of(asked["source"]),
            target=rules.monday_of(asked["target"]),
        )
        return Response({"entries": done})

    @extend_schema(request=words.HomeworkBookCopySerializer, responses={201: words.NotebookBookSerializer})
    @action(detail=True, methods=["post"])
    def copy(self, request: Request, uuid: str) -> Response:
        """A new book with all its entries, as drafts, from a first week."""
        asked = body_of(request, words.HomeworkBookCopySerializer)
        made = homework_copies.copy_book(
            by=self._me,
            source=self._book(uuid),
            title=asked["title"],
            first=asked["first"],
            school_class=class_named(self._viewer, asked["school_class"]),
            with_families=asked["share"],
        )
        return Response(self._told(self._resource(str(made.resource.uuid))), status.HTTP_201_CREATED)


class HomeworkEntryViewSet(GenericViewSet[HomeworkEntry]):
    """Homework: one's own as a pupil, or a child's (`pupil`), and each piece of it."""

    queryset: QuerySet[HomeworkEntry] = HomeworkEntry.objects.none()
    lookup_field = "uuid"
    lookup_value_regex = UUID_PATTERN
    serializer_class = words.HomeworkSerializer
    pagination_class = None

    @extend_schema(
        responses=words.HomeworkSerializer(many=True), parameters=[*DAYS, OpenApiParameter("pupil", str)]
    )
    def list(self, request: Request) -> Response:
        """What is due from today on, or from `since`: a pupil's own; for a relative, that of `pupil`."""
        days = {name: day_of(request.query_params.get(name, "")) for name in ("since", "until")}
        found = homework_of(
            self._me,
            self._pupil(request.query_params.get("pupil", "")),
            self._reach,
            since=days["since"] or clock.today(),
            until=days["until"],
            most=MOST,
            files=True,
        )
        return Response(words.HomeworkSerializer(found, many=True).data)

    def retrieve(self, request: Request, uuid: str) -> Response:
        return Response(self._told(self._entry(uuid)))

    @extend_schema(request=words.HomeworkWordsSerializer)
    def update(self, request: Request, uuid: str) -> Response:
        asked = body_of(request, words.HomeworkWordsSerializer)
        publish = asked.pop("publish")
        found = self._entry(uuid)
        done = entries.write(by=self._me, entry=found, words=entries.Words(**asked))
        if publish:
            done = entries.publish(by=self._me, entry=done)
        return Response(self._told(done, found))

    @extend_schema(responses={204: None}, parameters=[OpenApiParameter("forever", bool)])
    def destroy(self, request: Request, uuid: str) -> Response:
        """Out of its book; with `forever`, one that is out already, for good."""
        if "forever" in request.query_params:
            entries.erase(by=self._me, entry=self._entry(uuid, trashed=True))
        else:
            entries.take_out(by=self._me, entry=self._entry(uuid))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=words.HomeworkSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, uuid: str) -> Response:
        found = self._entry(uuid, trashed=True)
        return Response(self._told(entries.put_back(by=self._me, entry=found), found))

    @extend_schema(request=None, responses=words.HomeworkSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, uuid: str) -> Response:
        found = self._entry(uuid)
        return Response(self._told(entries.publish(by=self._me, entry=found), found))

    @extend_schema(request=None, responses=words.HomeworkSerializer)
    @action(detail=True, methods=["post"])
    def unpublish(self, request: Request, uuid: str) -> Response:
        found = self._entry(uuid)
        return Response(self._told(entries.unpublish(by=self._me, entry=found), found))

    @extend_schema(request=words.HomeworkTickSerializer, responses=words.HomeworkTickSerializer)
    @action(detail=True, methods=["post"])
    def tick(self, request: Request, uuid: str) -> Response:
        """« Fait », for a pupil."""
        asked = body_of(request, words.HomeworkTickSerializer)
        done = homework_ticks.tick(by=self._me, entry=self._entry(uuid), done=asked["done"])
        return Response({"done": done})

    @extend_schema(request=words.HomeworkCalendarAskedSerializer, responses=words.HomeworkCalendarSerializer)
    @action(detail=False, methods=["post"])
    def calendar(self, request: Request) -> Response:
        """The caller's own secret address of a pupil's calendar; made where there is none, renewed where asked."""
        asked = body_of(request, words.HomeworkCalendarAskedSerializer)
        pupil = self._pupil(str(asked["pupil"]))
        act = homework_calendars.renew_calendar if asked["renew"] else homework_calendars.open_calendar
        token = homework_calendars.token_of(act(by=self._me, pupil=pupil))
        path = reverse("notebooks:homework_feed", args=[token])
        return Response({"address": request.build_absolute_uri(path)})

    @property
    def _me(self) -> User:
        return viewer_of(self.request._request).person

    @property
    def _reach(self) -> Reach:
        return reach_in(self.request._request)

    def _pupil(self, asked: str) -> User:
        """Oneself, or one's child; a 404 for anybody else."""
        return pupil_named(self.request._request, asked)

    def _entry(self, uuid: str, *, trashed: bool = False) -> HomeworkEntry:
        key = uuid_of(uuid)
        found = key and entry_visible_to(self._me, self._reach, key, trashed=trashed)
        if not found:
            raise NotFound()
        return found

    def _told(self, entry: HomeworkEntry, seen: HomeworkEntry | None = None) -> Any:
        return told_of(self._me, entry, (seen or entry).my_role)  # type: ignore[attr-defined]


def told_of(me: User, entry: HomeworkEntry, role: int) -> Any:
    """One entry, for whoever has this role on its book."""
    work = Homework(
        entry,
        done=me.profile == Profile.PUPIL and bool(ticked([me.pk], [entry.pk])),
        changes=rules.changes(role, own=entry.author_id == me.pk),
        pieces=pieces_of(entries.SPACE, [entry.uuid])[entry.uuid],
    )
    return words.HomeworkSerializer(work).data


def pupil_named(request: HttpRequest, asked: str) -> User:
    """The caller where they are a pupil, else the child of theirs that is named. Raises NotFound."""
    viewer = viewer_of(request)
    if viewer.person.profile == Profile.PUPIL and asked in {"", str(viewer.person.uuid)}:
        return viewer.person
    children = User.objects.present().filter(pk__in=viewer.standpoint.children)
    found = children.filter(uuid=key).first() if (key := uuid_of(asked)) else None
    if found is None:
        raise NotFound()
    return found


def _days(request: Request) -> Q:
    """What the address says of days."""
    asked = Q()
    if since := day_of(request.query_params.get("since", "")):
        asked &= Q(due_on__gte=since)
    if until := day_of(request.query_params.get("until", "")):
        asked &= Q(due_on__lt=until)
    return asked
