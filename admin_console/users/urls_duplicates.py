"""Addresses of « Comptes en double »."""

from django.urls import path

from admin_console.users.views import duplicates

urlpatterns = [
    path("utilisateurs/doublons/", duplicates.duplicates_found, name="duplicates"),
    path("utilisateurs/doublons/reunions/", duplicates.merges, name="merges"),
    path("utilisateurs/doublons/reunions/<uuid:uuid>/annuler/", duplicates.merge_undo, name="merge_undo"),
    path("utilisateurs/doublons/<uuid:one>/<uuid:other>/", duplicates.duplicate, name="duplicate"),
]
