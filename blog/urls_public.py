"""Blogs that anybody reads, and the pages where administrators look after them."""

from django.urls import path

from blog.views import public, public_acts

urlpatterns = [
    path("pub/<str:address>/", public.page, name="public"),
    path("pub/<str:address>/page/<int:number>/", public.page, name="public_page"),
    path("pub/<str:address>/atom.xml", public.feed, name="public_atom"),
    path("pub/<str:address>/apercu.png", public.card, name="public_card"),
    path("pub/<str:address>/document/<uuid:uuid>/", public.document, name="public_document"),
    path("adresse/", public_acts.address, name="public_address"),
    path("<uuid:uuid>/public/", public_acts.settings, name="public_settings"),
    path("<uuid:uuid>/public/ouvrir/", public_acts.open_, name="public_open"),
    path("<uuid:uuid>/public/hors-ligne/", public_acts.offline, name="public_offline"),
    path("<uuid:uuid>/public/en-ligne/", public_acts.online, name="public_online"),
    path("<uuid:uuid>/public/prive/", public_acts.private, name="public_private"),
    path("<uuid:uuid>/public/affiche/", public_acts.poster, name="public_poster"),
    path("<uuid:uuid>/public/affiche.pdf", public_acts.poster_file, name="public_poster_file"),
    path("billet/<uuid:uuid>/rappel/", public_acts.remind, name="public_remind"),
]
