"""Addresses of the list of accounts and of what is done from it."""

from django.urls import path, re_path

from admin_console.users.views import bulk, export, listing

urlpatterns = [
    path("utilisateurs/", listing.users, name="users"),
    re_path(r"^utilisateurs/comptes\.(?P<form>csv|xlsx)$", export.export, name="users_export"),
    path("utilisateurs/lot/", bulk.preview, name="users_bulk"),
    path("utilisateurs/lot/lancer/", bulk.start, name="users_bulk_start"),
    path("utilisateurs/lot/<uuid:uuid>/", bulk.follow, name="users_act"),
]
