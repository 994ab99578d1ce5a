"""The console's addresses, part by part; one name space for all."""

from django.urls import path

from admin_console.audit.urls import urlpatterns as audit
from admin_console.classes.urls import urlpatterns as classes
from admin_console.feeds.urls import urlpatterns as feeds
from admin_console.groups.urls import urlpatterns as groups
from admin_console.school.urls import urlpatterns as school
from admin_console.season.urls import urlpatterns as season
from admin_console.users.urls import urlpatterns as users
from admin_console.users.urls_duplicates import urlpatterns as duplicates
from admin_console.views import overview

app_name = "console"
urlpatterns = [
    path("", overview.index, name="index"),
    path("ecoles/<uuid:uuid>/", overview.school, name="school"),
    *users,
    *classes,
    *feeds,
    *season,
    *duplicates,
    *groups,
    *school,
    *audit,
]
