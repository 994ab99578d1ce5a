from django.urls import path

from home.views import apps, home, search

app_name = "home"
urlpatterns = [
    path("", home.index, name="index"),
    path("accueil/suite/", home.later, name="later"),
    path("recherche/", search.everything, name="search"),
    path("applications/", apps.index, name="apps"),
    path("applications/favori/", apps.favourite, name="app_favourite"),
]
