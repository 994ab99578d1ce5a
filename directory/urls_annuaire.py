from django.urls import path

from directory.views import annuaire, annuaire_person

app_name = "annuaire"
urlpatterns = [
    path("", annuaire.index, name="index"),
    path("recherche/", annuaire.search, name="search"),
    path("classe/<uuid:uuid>/", annuaire.school_class, name="class"),
    path("ecole/", annuaire.schools, name="schools"),
    path("ecole/<uuid:uuid>/", annuaire.school, name="school"),
    path("personne/<uuid:uuid>/", annuaire_person.card, name="person"),
]
