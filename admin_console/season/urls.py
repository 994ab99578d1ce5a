"""`/administration/rentree/`, `/administration/changement-d-annee/`."""

from django.urls import path, re_path

from admin_console.season import first_day, rentree
from admin_console.season.turns import following, school, schools, turnover

TURNS = "changement-d-annee"
FILE = r"\.(?P<form>csv|xlsx)$"
UUID = r"(?P<uuid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"

urlpatterns = [
    path("rentree/", rentree.season, name="season"),
    re_path(rf"^rentree/rentree{FILE}", rentree.season_export, name="season_export"),
    path("rentree/premier-jour/", first_day.first_day, name="first_day"),
    path("rentree/<slug:key>/vu/", rentree.season_seen, name="season_seen"),
    path("rentree/<slug:key>/revoir/", rentree.season_reopened, name="season_reopened"),
    path(f"{TURNS}/", schools.index, name="turns"),
    re_path(rf"^{TURNS}/ecoles{FILE}", schools.export, name="turns_export"),
    path(f"{TURNS}/academies/<str:code>/lancer/", schools.launch, name="turns_launch"),
    path(f"{TURNS}/academies/<str:code>/repeter/", schools.rehearse, name="turns_rehearse"),
    path(f"{TURNS}/ecoles/<uuid:uuid>/", school.turn, name="turn"),
    path(f"{TURNS}/ecoles/<uuid:uuid>/repeter/", school.rehearse, name="turn_rehearse"),
    re_path(rf"^{TURNS}/ecoles/{UUID}/apercu{FILE}", school.export, name="turn_export"),
    path(f"{TURNS}/ensemble/<uuid:run>/annuler/", turnover.run_back, name="run_back"),
    path(f"{TURNS}/suivi/<uuid:uuid>/", following.follow, name="turn_job"),
    path(f"{TURNS}/<uuid:uuid>/", turnover.report, name="turnover"),
    re_path(rf"^{TURNS}/{UUID}/compte-rendu{FILE}", turnover.export, name="turnover_export"),
    path(f"{TURNS}/<uuid:uuid>/annuler/", turnover.turn_back, name="turn_back"),
]
