"""Addresses of the list of accounts and of what is done from it."""

from django.urls import path

from admin_console.users.views import listing

urlpatterns = [
    path("utilisateurs/", listing.users, name="users"),
]
