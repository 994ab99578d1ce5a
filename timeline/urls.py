from django.urls import path

from timeline.views import choices, news

app_name = "timeline"
urlpatterns = [
    path("", news.index, name="index"),
    path("cloche/", news.bell, name="bell"),
    path("lues/", news.all_read, name="all_read"),
    path("choix/", choices.choices, name="choices"),
    path("courriels/<str:token>/", choices.stop, name="stop"),
    path("<uuid:uuid>/", news.follow, name="follow"),
]
