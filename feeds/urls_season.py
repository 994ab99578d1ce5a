"""`/api/v1/administration/season/`."""

from django.urls import path, re_path

from feeds import api_season as season

urlpatterns = [
    path("", season.SeasonSchoolsView.as_view(), name="season-list"),
    path("districts/", season.SeasonDistrictsView.as_view(), name="season-districts"),
    re_path(r"^export/(?P<form>csv|xlsx)/$", season.SeasonFileView.as_view(), name="season-export"),
    path("academies/", season.FirstDaysView.as_view(), name="season-academies"),
    path("academies/<str:code>/", season.FirstDayView.as_view(), name="season-academy"),
    path("<uuid:uuid>/", season.SeasonView.as_view(), name="season-detail"),
    path("<uuid:uuid>/items/<slug:key>/", season.SeasonItemView.as_view(), name="season-item"),
]
