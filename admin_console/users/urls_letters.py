"""Letters of a first sign-in."""

from django.urls import path

from admin_console.users.views import letters

urlpatterns = [
    path("courriers/", letters.letters, name="letters"),
    path("courriers/imprimer/", letters.start, name="letters_start"),
    path("courriers/ecrire/", letters.mail, name="letters_mail"),
    path("courriers/<uuid:uuid>/", letters.follow, name="letters_job"),
    path("courriers/<uuid:uuid>/fichier/", letters.file, name="letters_file"),
]
