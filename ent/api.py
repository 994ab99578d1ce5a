"""`/api/v1/`: one router that each room's `api.py` is registered to, its schema, its errors."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import exception_handler

from accounts.api import MeViewSet
from accounts.api_leaving import MyLeavingView, TakeoutFileView, TakeoutView
from core.api import UUID_PATTERN
from core.errors import DomainError
from directory.api import ClassViewSet, GroupViewSet, PeopleViewSet, SchoolViewSet
from directory.api_account import OwnEmailView, SeenByView
from directory.api_account_acts import AdministeredPersonViewSet
from directory.api_accounts import AdministeredPeopleViewSet
from directory.api_annuaire import AnnuaireViewSet
from directory.api_class_access import TaughtClassViewSet
from directory.api_class_grid import AdministeredClassViewSet
from directory.api_communication import CommunicationView, PersonReachView
from directory.api_favourites import FavouriteViewSet
from directory.api_letters import LettersViewSet
from documents.api import DocumentViewSet
from documents.api_pieces import PieceViewSet
from ent.api_administration import urlpatterns as administration
from feeds.api import FeedRunViewSet, JobViewSet
from feeds.api_schools import WatchedSchoolViewSet
from home.api import NoticeViewSet
from home.api_afterlife import AfterlifeView
from home.api_apps import AppViewSet
from home.api_search import SearchView
from messaging.api import MessageFolderViewSet, MessageViewSet
from messaging.api_barred import BarredViewSet
from messaging.api_reports import ReportViewSet
from messaging.api_reviews import ReviewViewSet
from rollover.api import RolloverViewSet
from rollover.api_turns import SchoolTurnViewSet, TurnoverReportViewSet
from rollover.api_year_end import YearEndViewSet
from sharing.api import HandoverViewSet, ResourceViewSet
from sharing.api_bin import BinViewSet
from sharing.api_groups import AdministeredGroupViewSet
from timeline.api import NewsViewSet

router = SimpleRouter()
router.register("annuaire", AnnuaireViewSet, basename="annuaire")
router.register("me", MeViewSet, basename="me")
router.register("people", PeopleViewSet, basename="people")
router.register("schools", SchoolViewSet, basename="schools")
router.register("classes", ClassViewSet, basename="classes")
router.register("taught-classes", TaughtClassViewSet, basename="taught-classes")
router.register("groups", GroupViewSet, basename="groups")
router.register("favourites", FavouriteViewSet, basename="favourites")
router.register("resources", ResourceViewSet, basename="resources")
router.register("handovers", HandoverViewSet, basename="handovers")
router.register("bin", BinViewSet, basename="bin")
router.register("messages", MessageViewSet, basename="messages")
router.register("message-barred", BarredViewSet, basename="message-barred")
router.register("message-reviews", ReviewViewSet, basename="message-reviews")
router.register("message-folders", MessageFolderViewSet, basename="message-folders")
router.register("applications", AppViewSet, basename="applications")
router.register("notices", NoticeViewSet, basename="notices")
router.register("news", NewsViewSet, basename="news")
router.register("documents", DocumentViewSet, basename="documents")
router.register(rf"pieces/(?P<space>[\w-]+)/(?P<subject>{UUID_PATTERN})", PieceViewSet, basename="pieces")
router.register("feeds", FeedRunViewSet, basename="feeds")
router.register("administration/people", AdministeredPeopleViewSet, basename="administered-people")
router.register("administration/people", AdministeredPersonViewSet, basename="administered-person")
router.register("administration/classes", AdministeredClassViewSet, basename="administered-classes")
router.register("administration/groups", AdministeredGroupViewSet, basename="administered-groups")
router.register("administration/letters", LettersViewSet, basename="administered-letters")
router.register("administration/reports", ReportViewSet, basename="reports")
router.register("administration/schools", WatchedSchoolViewSet, basename="watched-schools")
router.register("rollovers/schools", SchoolTurnViewSet, basename="turning-schools")
router.register("rollovers/turnovers", TurnoverReportViewSet, basename="turnovers")
router.register("rollovers", RolloverViewSet, basename="rollovers")
router.register("year-end", YearEndViewSet, basename="year-end")
router.register("jobs", JobViewSet, basename="jobs")

urlpatterns = [
    path("schema/", SpectacularJSONAPIView.as_view(), name="api_schema"),
    path("search/", SearchView.as_view(), name="search"),
    path("afterlife/", AfterlifeView.as_view(), name="afterlife"),
    path("me/email/", OwnEmailView.as_view(), name="me-email"),
    path("me/seen-by/", SeenByView.as_view(), name="me-seen-by"),
    path("me/leaving/", MyLeavingView.as_view(), name="me-leaving"),
    path("me/takeout/", TakeoutView.as_view(), name="me-takeout"),
    path("me/takeout/<uuid:uuid>/", TakeoutFileView.as_view(), name="me-takeout-content"),
    *administration,
    path(
        "administration/schools/<uuid:uuid>/communication/",
        CommunicationView.as_view(),
        name="school-communication",
    ),
    path("administration/people/<uuid:uuid>/reach/", PersonReachView.as_view(), name="person-reach"),
    path("", include("blog.urls_api")),
    path("", include("notebooks.urls_api")),
    path("", include("support.urls_api")),
    path("", include(router.urls)),
]


class TooLong(APIException):
    """A body past `DATA_UPLOAD_MAX_MEMORY_SIZE`; files have their own way in."""

    status_code = 413
    default_detail = "Ce que vous envoyez est trop long. Envoyez-le en plusieurs fois."
    default_code = "too-long"


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every error of the API as RFC 9457 problem details."""
    if isinstance(error, DomainError):
        told = error.as_problem()
        return Response(told, status=error.status, content_type="application/problem+json")
    if isinstance(error, RequestDataTooBig):
        error = TooLong()
    answer = exception_handler(error, context)
    if answer is None:
        return None
    fields = answer.data if isinstance(answer.data, dict) else {"errors": answer.data}
    detail = fields.pop("detail", "")
    answer.data = {"type": "about:blank", "title": answer.status_text, "status": answer.status_code}
    answer.data |= {"detail": str(detail)} if detail else {}
    answer.data |= {"fields": fields} if fields else {}
    answer.content_type = "application/problem+json"
    return answer
