from django.urls import path

from ui.views import afterlife, frame, install, statements, styles

app_name = "ui"
urlpatterns = [
    path("accessibilite/", statements.accessibility, name="accessibility"),
    path("mentions-legales/", statements.legal, name="legal"),
    path("donnees-personnelles/", statements.personal_data, name="personal_data"),
    path("mes-contenus/ce-qu-ils-deviennent/", afterlife.what_becomes, name="afterlife"),
    path("apparence/", frame.choose_theme, name="theme"),
    path("manifeste.webmanifest", install.manifest, name="manifest"),
    path("travailleur.js", install.worker, name="worker"),
    path("hors-connexion/", install.offline, name="offline"),
    path("plus/", frame.menu, name="menu"),
    path("styles/", styles.living_page, name="styles"),
]
