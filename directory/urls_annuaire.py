from django.urls import include, path

from directory.views import annuaire, annuaire_class, annuaire_group, annuaire_person, favourites, school_logo

app_name = "annuaire"
urlpatterns = [
    path("", annuaire_class.index, name="index"),
    path("recherche/", annuaire.search, name="search"),
    path("classe/<uuid:uuid>/", annuaire_class.school_class, name="class"),
    path("", include("directory.urls_class_access")),
    path("ecole/", annuaire.schools, name="schools"),
    path("ecole/<uuid:uuid>/", annuaire.school, name="school"),
    path("ecole/<uuid:uuid>/logo/", school_logo.logo, name="school_logo"),
    path("personne/<uuid:uuid>/", annuaire_person.card, name="person"),
    path("personne/<uuid:uuid>/photo/", annuaire_person.photo, name="photo"),
    path("personne/<uuid:uuid>/retirer/", annuaire_person.take_away, name="card_take_away"),
    path("groupe/<uuid:uuid>/", annuaire_group.card, name="group"),
    path("favoris/", favourites.mine, name="favourites"),
    path("favoris/<uuid:uuid>/", favourites.favourite, name="favourite"),
    path("favoris/<uuid:uuid>/ajouter/", favourites.add, name="favourite_add"),
    path("favoris/<uuid:uuid>/retirer/", favourites.remove, name="favourite_remove"),
    path("favoris/<uuid:uuid>/renommer/", favourites.rename, name="favourite_rename"),
    path("favoris/<uuid:uuid>/supprimer/", favourites.delete, name="favourite_delete"),
    path("personne/<uuid:uuid>/favoris/", favourites.person, name="favourite_person"),
    path("groupe/<uuid:uuid>/favoris/", favourites.group, name="favourite_group"),
]
