"""`/administration/changement-d-annee/`."""

from django.urls import path

from admin_console.season import views

urlpatterns = [
    path("changement-d-annee/", views.index, name="turns"),
    path("changement-d-annee/ecoles/<uuid:uuid>/", views.turn, name="turn"),
    path("changement-d-annee/<uuid:uuid>/annuler/", views.turn_back, name="turn_back"),
]
