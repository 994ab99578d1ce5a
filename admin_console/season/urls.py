"""`/administration/rentree/`, `/administration/changement-d-annee/`."""

from django.urls import path, re_path

from admin_console.season import rentree, views

urlpatterns = [
    path("rentree/", rentree.season, name="season"),
    re_path(r"^rentree/rentree\.(?P<form>csv|xlsx)$", rentree.season_export, name="season_export"),
    path("rentree/<slug:key>/vu/", rentree.season_seen, name="season_seen"),
    path("rentree/<slug:key>/revoir/", rentree.season_reopened, name="season_reopened"),
    path("changement-d-annee/", views.index, name="turns"),
    path("changement-d-annee/ecoles/<uuid:uuid>/", views.turn, name="turn"),
    path("changement-d-annee/<uuid:uuid>/annuler/", views.turn_back, name="turn_back"),
]
