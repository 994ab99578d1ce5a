"""Addresses, room by room. A room's own `urls.py` says the rest."""

from django.urls import include, path

from ent import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("ent.api")),
    path("", include("directory.urls_account")),
    path("annuaire/", include("directory.urls_annuaire")),
    path("partages/", include("sharing.urls")),
    path("documents/", include("documents.urls")),
    path("pieces/", include("documents.urls_pieces")),
    path("messagerie/", include("messaging.urls")),
    path("blog/", include("blog.urls")),
    path("cahiers/", include("notebooks.urls")),
    path("assistance/", include("support.urls")),
    path("nouveautes/", include("timeline.urls")),
    path("actualites/", include("home.urls_notices")),
    path("changement-d-annee/", include("rollover.urls")),
    path("administration/", include("admin_console.urls")),
    path("", include("home.urls")),
    path("", include("ui.urls")),
]
