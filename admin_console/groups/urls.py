"""`/administration/groupes/`, a school's rules of communication, whom a person may write to."""

from django.urls import path

from admin_console.groups.views import acts, clean, members, reach, rules, show

urlpatterns = [
    path("groupes/", show.groups, name="groups"),
    path("groupes/nouveau/", acts.new, name="group_new"),
    path("groupes/nettoyer/", clean.groups, name="groups_clean"),
    path("groupes/<uuid:uuid>/", show.group, name="group"),
    path("groupes/<uuid:uuid>/membres/", members.choose, name="group_members"),
    path("groupes/<uuid:uuid>/membres/ajouter/", members.add, name="group_add"),
    path("groupes/<uuid:uuid>/membres/retirer/", members.remove, name="group_remove"),
    path("groupes/<uuid:uuid>/renommer/", acts.rename, name="group_rename"),
    path("groupes/<uuid:uuid>/ouvrir/", acts.opening, name="group_open"),
    path("groupes/<uuid:uuid>/garder/", acts.keep, name="group_keep"),
    path("groupes/<uuid:uuid>/supprimer/", acts.delete, name="group_delete"),
    path("ecoles/<uuid:uuid>/communication/", rules.rules, name="rules"),
    path("ecoles/<uuid:uuid>/communication/par-defaut/", rules.reset, name="rules_reset"),
    path("utilisateurs/<uuid:uuid>/ecrire-a/", reach.person, name="person_reach"),
]
