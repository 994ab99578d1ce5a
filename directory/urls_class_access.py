"""How the pupils of a class come in, for their teachers; included in the Annuaire."""

from django.urls import path

from directory.views import class_access

urlpatterns = [
    path("classe/<uuid:uuid>/connexion/", class_access.access, name="class_access"),
    path("classe/<uuid:uuid>/connexion/porte/", class_access.sheet, name="class_sheet"),
    path("classe/<uuid:uuid>/connexion/donner/", class_access.give, name="class_give"),
    path("classe/<uuid:uuid>/connexion/cartes/", class_access.cards, name="class_cards"),
    path("classe/<uuid:uuid>/connexion/images/<uuid:pupil>/", class_access.choose, name="class_pictures"),
]
