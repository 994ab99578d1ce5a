from django.urls import include, path

from notebooks.views import index
from notebooks.views.homework import calendar

app_name = "notebooks"
urlpatterns = [
    path("", index.index, name="index"),
    path("agenda/<slug:token>.ics", calendar.feed, name="homework_feed"),
    path("textes/", include("notebooks.urls_homework")),
    path("liaison/", include("notebooks.urls_liaison")),
    path("memo/", include("notebooks.urls_memo")),
]
