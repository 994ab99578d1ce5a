from django.urls import path

from rollover.views import favourites, year_end

app_name = "rollover"
urlpatterns = [
    path("", year_end.mine, name="mine"),
    path("choix/", year_end.save, name="save"),
    path("choix/annuler/", year_end.undo, name="undo"),
    path("collegues/", year_end.options, name="colleagues"),
    path("favoris/<uuid:uuid>/renommer/", favourites.rename, name="rename_favourite"),
    path("favoris/<uuid:uuid>/nettoyer/", favourites.clean, name="clean_favourite"),
    path("favoris/<uuid:uuid>/supprimer/", favourites.delete, name="delete_favourite"),
]
