"""`/api/v1/administration/`: a school run by whoever administers it, the log."""

from django.urls import include, path

from directory import api_school as school
from directory.api_audit import AuditView
from directory.api_duplicates import DuplicateViewSet, MergeViewSet
from directory.api_passwords import SchoolPasswordsView
from documents.api_schools import PersonQuotaView, SchoolQuotasView
from feeds.api_school import SchoolFeedRowsView, SchoolFeedsView
from messaging.api_school import SchoolAlertView, SchoolMessagesView, SchoolStopView
from sharing.api_school import SchoolContentsView, SchoolContentView

AT = "administration/schools/<uuid:uuid>/"

urlpatterns = [
    path("administration/audit/", AuditView.as_view(), name="audit"),
    path("administration/season/", include("feeds.urls_season")),
    path(f"{AT}settings/", school.SchoolSettingsView.as_view(), name="school-settings"),
    path(f"{AT}logo/", school.SchoolLogoView.as_view(), name="school-logo"),
    path(f"{AT}blocks/", school.SchoolBlocksView.as_view(), name="school-blocks"),
    path(f"{AT}blocks/<slug:profile>/", school.SchoolBlockView.as_view(), name="school-block"),
    path(f"{AT}applications/", school.SchoolApplicationsView.as_view(), name="school-applications"),
    path(f"{AT}administrators/", school.SchoolAdministratorsView.as_view(), name="school-administrators"),
    path(
        "administration/administrators/<int:key>/", school.AdministratorView.as_view(), name="administrator"
    ),
    path(f"{AT}quotas/", SchoolQuotasView.as_view(), name="school-quotas"),
    path("administration/people/<uuid:uuid>/quota/", PersonQuotaView.as_view(), name="person-quota"),
    path("administration/duplicates/", DuplicateViewSet.as_view({"get": "list"}), name="duplicates-list"),
    path(
        "administration/duplicates/dismiss/",
        DuplicateViewSet.as_view({"post": "dismiss"}),
        name="duplicates-dismiss",
    ),
    path(
        "administration/merges/",
        MergeViewSet.as_view({"get": "list", "post": "create"}),
        name="merges-list",
    ),
    path(
        "administration/merges/<uuid:uuid>/undo/", MergeViewSet.as_view({"post": "undo"}), name="merges-undo"
    ),
    path(f"{AT}passwords/", SchoolPasswordsView.as_view(), name="school-passwords"),
    path(f"{AT}messages/", SchoolMessagesView.as_view(), name="school-messages"),
    path(f"{AT}messages/alerts/<uuid:alert>/", SchoolAlertView.as_view(), name="school-messages-alert"),
    path(f"{AT}messages/stops/<uuid:stop>/", SchoolStopView.as_view(), name="school-messages-stop"),
    path(f"{AT}contents/", SchoolContentsView.as_view(), name="school-contents"),
    path(f"{AT}contents/<uuid:thing>/", SchoolContentView.as_view(), name="school-content"),
    path(f"{AT}feeds/", SchoolFeedsView.as_view(), name="school-feeds"),
    path(f"{AT}feeds/<uuid:run>/", SchoolFeedRowsView.as_view(), name="school-feed-rows"),
]
